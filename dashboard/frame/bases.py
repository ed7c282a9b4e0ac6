"""The base of comparison: the last meeting, a day relative to that of the figures, or a fixed day.

The address has it in `since`: missing for the last meeting, a word for a relative day, else a date.
"""

from datetime import date
from enum import StrEnum

from models.days import month_ends, year_before


class Base(StrEnum):
    """A kind of base, with its word in the address."""

    MEETING = ""
    MONTH_END = "month-end"
    YEAR_AGO = "last-year"
    DAY = "day"


def moving(text: str | None, as_of: date) -> tuple[Base, date] | None:
    """The relative base named by `text`, and its day; None for a date or no text."""
    if text == Base.MONTH_END:
        return Base.MONTH_END, month_ends(as_of, 1)[0]
    if text == Base.YEAR_AGO:
        return Base.YEAR_AGO, year_before(as_of)
    return None
