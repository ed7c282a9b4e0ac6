"""The base of comparison: the last meeting, a day relative to the day of the figures, or a fixed
day.

It is kept in the address as `since`: absent for the last meeting, a word for a relative day, or a
date.
"""

from datetime import date
from enum import StrEnum

from models.days import month_ends, year_before


class Base(StrEnum):
    """A kind of base; the value is its word in the address."""

    MEETING = ""
    MONTH_END = "month-end"
    YEAR_AGO = "last-year"
    DAY = "day"


def moving(text: str | None, as_of: date) -> tuple[Base, date] | None:
    """Return the relative base named by `text`, with its day; None for a date or no text."""
    if text == Base.MONTH_END:
        return Base.MONTH_END, month_ends(as_of, 1)[0]
    if text == Base.YEAR_AGO:
        return Base.YEAR_AGO, year_before(as_of)
    return None
