"""Escape text for Markdown, as which Streamlit shows nearly every text."""

import re

MARKUP = re.compile(r"([\\`*_{}\[\]()#+.!:$~|<>&-])")
FOUND_LATER = re.compile(
    r"(?<=www)(?=\.)|(?<=:)(?=//|[\w+-]+:|material/)|(?<=@)(?=[\w-])|(?<=[-<>~])(?=[-=>])",
    re.IGNORECASE,
)
"""Where Streamlit finds addresses, symbols and arrows even if every character is escaped."""
DOT = "\u00a0·\u00a0"
"""Between the parts of a line: it neither begins nor ends a line of a narrow screen."""
JOINER = "\u2060"
"""An invisible character that keeps its neighbours from being read together."""


def literal(text: str) -> str:
    """Markdown that shows `text` exactly as it is written.

    All text from ledgers that is drawn as Markdown must pass through it.
    """
    return MARKUP.sub(r"\\\1", FOUND_LATER.sub(JOINER, text))
