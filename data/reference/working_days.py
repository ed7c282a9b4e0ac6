"""Working days between two dates, by the official calendar of holidays and made-up days."""

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from data.reference.lists import References

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A number of working days; `unknown_years` are those counted as Monday to Friday because
    neither the list of holidays nor the calendar says anything of them."""

    days: int
    unknown_years: tuple[int, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether holidays of every year were known."""
        return not self.unknown_years


def between(start: date, end: date, references: References) -> WorkingDays:
    """The working days after `start` up to `end`, which counts; none when it lies before.

    The list `holidays` comes before the calendar; a year of which it names a day is known.
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
    """The day on which `days` working days after `start` are over."""
    end = start
    while days:
        end += timedelta(1)
        days -= between(end - timedelta(1), end, references).days
    return end


def _by_calendar(day: date) -> bool | None:
    """What the calendar says; None for a year that was not announced when it was made."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None
