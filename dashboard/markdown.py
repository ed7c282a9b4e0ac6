"""Words of ledgers and of people within Markdown, which Streamlit makes of nearly every text."""

import re

MARKUP = re.compile(r"([\\`*_{}\[\]()#+.!:$~|<>&-])")
FOUND_LATER = re.compile(
    r"(?<=www)(?=\.)|(?<=:)(?=//|[\w+-]+:|material/)|(?<=@)(?=[\w-])|(?<=[-<>~])(?=[-=>])",
    re.IGNORECASE,
)
"""Where addresses, symbols and arrows are found in texts although every sign of them is escaped."""
JOINER = "\u2060"
"""Nothing to be seen, but it keeps two signs from being read together."""


def literal(text: str) -> str:
    """Words from a ledger as Markdown that shows them as they were written.

    Nothing else draws words of a ledger as Markdown.
    """
    return MARKUP.sub(r"\\\1", FOUND_LATER.sub(JOINER, text))
