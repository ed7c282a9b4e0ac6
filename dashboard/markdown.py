"""Escape text for Markdown, as which Streamlit shows nearly every text."""

import re
from collections.abc import Iterable

MARKUP = re.compile(r"([\\`*_{}\[\]()#+.!:$~|<>&-])")
FOUND_LATER = re.compile(
    r"(?<=www)(?=\.)|(?<=:)(?=//|[\w+-]+:|material/)|(?<=@)(?=[\w-])|(?<=[-<>~])(?=[-=>])",
    re.IGNORECASE,
)
"""Where Streamlit finds addresses, symbols and arrows even if every character is escaped."""
DOT = "\u00a0·\u00a0"
"""Between the parts of a line: it neither begins nor ends a line of a narrow screen."""
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
JOINER = "\u2060"
"""An invisible character that keeps its neighbours from being read together."""


def dotted(parts: Iterable[str]) -> str:
    """Markdown of `parts` on one line with a dot between them; none of their days is broken."""
    return DAY.sub(rf"\1{JOINER}-{JOINER}\2{JOINER}-{JOINER}\3", DOT.join(parts))


def literal(text: str) -> str:
    """Markdown that shows `text` exactly as it is written.

    All text from ledgers that is drawn as Markdown must pass through it.
    """
    return MARKUP.sub(r"\\\1", FOUND_LATER.sub(JOINER, text))
