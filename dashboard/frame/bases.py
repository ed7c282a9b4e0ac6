"""The base of comparison: the last meeting, a day relative to the day of the figures, or a fixed
day.

The base stands in the address under `since`: nothing for the last meeting, a word for a day that
moves with the day of the figures, else a day.
"""

from datetime import date
from enum import StrEnum

from models.days import month_ends, year_before


class Base(StrEnum):
    """A base, as it stands in the address."""

    MEETING = ""
    MONTH_END = "month-end"
    YEAR_AGO = "last-year"
    DAY = "day"


def moving(text: str | None, as_of: date) -> tuple[Base, date] | None:
    """The base that the address names by a word, and its day; None for a day or for nothing."""
    if text == Base.MONTH_END:
        return Base.MONTH_END, month_ends(as_of, 1)[0]
    if text == Base.YEAR_AGO:
        return Base.YEAR_AGO, year_before(as_of)
    return None
