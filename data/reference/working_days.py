"""Working days between two dates, by China's official calendar of holidays and make-up days."""

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from data.reference.lists import References

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A number of working days.

    In `unknown_years` neither the list of holidays nor the calendar has the holidays, so Monday to
    Friday were counted.
    """

    days: int
    unknown_years: tuple[int, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether the holidays of every year involved were known."""
        return not self.unknown_years


def between(start: date, end: date, references: References) -> WorkingDays:
    """The working days after `start` up to and including `end`; 0 if `end` is earlier.

    The reference list `holidays` overrides the calendar for each year of which it names a day.
    """
    listed = {
        date.fromisoformat(row["day"]): row["working"] == "1"
        for row in references.lists["holidays"]
    }
    known = {day.year for day in listed}
    count, unknown = 0, set()
    for ordinal in range(start.toordinal() + 1, end.toordinal() + 1):
        day = date.fromordinal(ordinal)
        working = listed.get(day)
        if working is None:
            working = _by_calendar(day)
        if working is None:
            working = day.weekday() < SATURDAY
            if day.year not in known:
                unknown.add(day.year)
        count += working
    return WorkingDays(count, tuple(sorted(unknown)))


def after(start: date, days: int, references: References) -> date:
    """The last of `days` working days after `start`."""
    end = start
    while days:
        end += timedelta(1)
        days -= between(end - timedelta(1), end, references).days
    return end


def _by_calendar(day: date) -> bool | None:
    """Whether the calendar calls `day` a working day; None for years it does not cover."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None
