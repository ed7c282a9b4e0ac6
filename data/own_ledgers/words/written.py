"""Normalize text as offices write it: full-width forms, spaces and brackets."""

import re
import unicodedata

from data.workbook.cells.value_texts import CellValue, shown

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
SPACE = re.compile(r"\s+")
BRACKETED = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
TICKS = frozenset("√✓✔☑■●v1y是")
MARKS = frozenset("○〇◯◎▲△★☆*oO")
"""Marks that say: this one, in a column that stands for one word; elsewhere they may say no."""
SEVERAL = re.compile(r"[、,;/\n]+")


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
    before = None
    while before != text:
        before, text = text, BRACKETED.sub("", text)
    return text


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
