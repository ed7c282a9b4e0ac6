"""Days of the demonstration: working days, and yearly days."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

SATURDAY = 5


def plus(day: date, days: int) -> date:
    """The day `days` days later, or earlier if negative."""
    return day + timedelta(days)


def weekday(day: date) -> date:
    """`day`, or the Friday before a weekend."""
    return day - timedelta(max(0, day.weekday() - SATURDAY + 1))


def years_before(day: date, years: int) -> date:
    """The first of the month of `day`, `years` years earlier."""
    return date(day.year - years, day.month, 1)


def yearly(first: date, last: date, days: Iterable[tuple[int, int]]) -> Iterator[date]:
    """Each (month, day) of every year from `first` to `last`, in order."""
    ordered = sorted(days)
    for year in range(first.year, last.year + 1):
        for month, number in ordered:
            if first <= (day := date(year, month, number)) <= last:
                yield day
