"""The value of a cell, whatever its column: as words, as digits, as displayed."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from data.workbook.cells.look_alikes import INVISIBLE, PLAIN_FORMS

CellValue = str | float | bool | date | datetime | time | timedelta
"""What the reader gives for a cell; the empty text for an empty one."""
Reader = Callable[[CellValue], object]
"""A function from the value of a cell to its stored form, None (empty) or a `Sentence` (wrong)."""
Clean = Callable[[str], str]
"""A function from a text as it was entered to the part of it that counts."""

# White space as Unicode has it. Python's own `strip` would also drop four control characters.
WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
FULL_WIDTH_WORDS = {code: half for code, half in FULL_WIDTH.items() if chr(half).isalnum()}
IN_WORDS: dict[int, int | None] = {**INVISIBLE, **FULL_WIDTH_WORDS}
IN_SIGNS: dict[int, int | None] = {**INVISIBLE, **FULL_WIDTH}
IN_NAMES: dict[int, int | str | None] = {**PLAIN_FORMS, **IN_WORDS}
SIGNIFICANT = ".15g"
LONGEST_SHOWN = 21


def words(text: str) -> str:
    """`text` without invisible characters and outer white space, with half-width letters and
    digits."""
    return (text if text.isascii() else text.translate(IN_WORDS)).strip(WHITE_SPACE)


def signs(text: str) -> str:
    """Like `words`, with every full-width character made half-width; for dates and numbers."""
    return (text if text.isascii() else text.translate(IN_SIGNS)).strip(WHITE_SPACE)


def plain_name(text: str) -> str:
    """Like `words`, with look-alike characters in their plain form; for codes, choices, references
    and names.

    Two texts that look the same become equal.
    """
    return (text if text.isascii() else text.translate(IN_NAMES)).strip(WHITE_SPACE)


def digits(number: float) -> str:
    """A finite number to 15 significant digits, as Excel stores it, without an exponent."""
    return f"{Decimal(format(number, SIGNIFICANT)) + 0:f}"


def decimal_text(value: int, places: int) -> str:
    """`value` divided by 10 to the power `places`, exactly, without trailing zeros."""
    text = f"{Decimal(value).scaleb(-places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: CellValue) -> str | None:
    """The value as displayed in the sheet; None for an empty cell."""
    match value:
        case bool():
            return str(value).upper()
        case float():
            short = format(value, SIGNIFICANT)
            plain = digits(value) if isfinite(value) else short
            return plain if len(plain) <= LONGEST_SHOWN else short.upper()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case str():
            return value or None
        case _:
            return str(value)
