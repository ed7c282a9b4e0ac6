"""Escape text for Markdown, as which Streamlit shows nearly every text."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from numbers import Number

from dashboard.i18n import say
from models.text import Label, Sentence

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


def told(sentence: Sentence) -> str:
    """Markdown of a sentence from `data` or `models` in the language in use.

    Only the message itself may hold markup: its values, which may come from a ledger, a file or the
    address, are shown as they are written.
    """
    return say(_with_literal_values(sentence))


def _with_literal_values(sentence: Sentence) -> Sentence:
    values = {name: _literal_value(value) for name, value in sentence.values.items()}
    return replace(sentence, values=values)


def _literal_value(value: object) -> object:
    match value:
        case Sentence():
            return _with_literal_values(value)
        case Label():
            return Label(literal(value.zh), literal(value.en))
        case None | Number() | date() | time():
            return value
    return literal(str(value))
