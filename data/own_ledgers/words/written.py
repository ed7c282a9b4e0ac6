"""Normalize text as offices write it: full-width forms, spaces and brackets."""

import re
import unicodedata
from collections.abc import Collection

from data.workbook.cells.value_texts import CellValue, shown

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
SPACE = re.compile(r"\s+")
OPENING, CLOSING = frozenset("([【〔{"), frozenset(")]】〕}")
BRACKETED = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
TICKS = frozenset("√✓✔☑■●v1y是")
MARKS = frozenset("○〇◯◎▲△★☆*oO")
"""Marks that say: this one, in a column that stands for one word; elsewhere they may say no."""
SEVERAL = re.compile(r"[、,;/\n]+")
LONGEST = 500
"""How many characters a cell may hold that names a day, an amount, a limit or a unit."""


def clean(value: CellValue) -> str:
    """The text of a cell without invisible characters and outer white space."""
    text = value if isinstance(value, str) else shown(value) or ""
    return INVISIBLE.sub("", text).strip()


def plain(value: CellValue) -> str:
    """The text of a cell for comparison: plain forms of characters, no white space, lower case."""
    text = unicodedata.normalize("NFKC", clean(value))
    return SPACE.sub("", text).lower()


def without_brackets(text: str) -> str:
    """A `plain` text without its parts in brackets, which are the writer's notes."""
    kept: list[str] = []
    opened: list[int] = []
    for each in text:
        if each in CLOSING and opened:
            del kept[opened.pop() :]
            continue
        if each in OPENING:
            opened.append(len(kept))
        kept.append(each)
    return "".join(kept)


def without_endings(text: str, endings: Collection[str]) -> str:
    """`text` without all of its end that is made of `endings`, one after the other.

    Takes time in proportion to the length of `text`, however the endings overlap.
    """
    longest = max(map(len, endings))
    rest = len(text)
    ends = {rest}
    at = rest
    while at > 0 and rest - at < longest:
        at -= 1
        if any(at + len(each) in ends and text.startswith(each, at) for each in endings):
            ends.add(at)
            rest = at
    return text[:rest]


def is_too_long(value: CellValue) -> bool:
    """Whether a text is longer than any that names a day, an amount, a limit or a unit."""
    return isinstance(value, str) and len(value) > LONGEST


def parts(value: CellValue) -> list[str]:
    """The pieces of a list in one cell, split at 、 , ; / and line breaks."""
    text = unicodedata.normalize("NFKC", clean(value))
    return [piece.strip() for piece in SEVERAL.split(text) if piece.strip()]


def serial_number(value: CellValue) -> int | None:
    """The whole number in a cell, also as text such as `12` or `12.`; None for other values."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if float(value).is_integer() else None
    if isinstance(value, str):
        text = plain(value).rstrip(".、")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
    return None


def is_tick(value: CellValue) -> bool:
    """Whether a cell is a tick."""
    return plain(int(value) if isinstance(value, float) and value.is_integer() else value) in TICKS


def is_mark(value: CellValue) -> bool:
    """Whether a cell is a mark of any kind except one that means no."""
    return is_tick(value) or plain(value) in MARKS
