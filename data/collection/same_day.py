"""The day of an earlier month with which a day of collection is compared."""

from datetime import date

from data.collection.periods import Period
from data.reference import working_days
from data.reference.lists import References


def in_earlier_month(earlier: Period, period: Period, day: date, references: References) -> date:
    """The day on which files of the month `earlier` had been awaited for as many working days as
    those of `period` have on `day`."""
    awaited = working_days.between(period.last_day, day, references).days
    return working_days.after(earlier.last_day, awaited, references)
