"""Periods of collection: in each month units send files about the month before."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from models.kept import Setting
from models.kinds import EARLIEST, LATEST
from models.text import N_, TellingError

DUE_DAY = "collection.due_day"
"""The name of the setting that says by which day of the next month files must be in."""
USUALLY_DUE = 10
WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})")
NO_PERIOD = N_("“{text}” is no month. Enter it like 2026-03.")


class NoPeriodError(TellingError):
    """A text is not a month; `sentence` says so."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month that files are about."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def after(self) -> "Period":
        """The next month."""
        return Period(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def before(self) -> "Period":
        """The month before."""
        return Period(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    def due_on(self, due_day: int = USUALLY_DUE) -> date:
        """The day by which files are due: day `due_day` of the next month, or its last day."""
        later = self.after
        return date(later.year, later.month, min(due_day, later.last_day.day))


def collected_on(day: date) -> Period:
    """The period collected on `day`: the month before."""
    return month_of(day).before


def month_of(day: date) -> Period:
    """The month of `day`."""
    return Period(day.year, day.month)


def parse(text: str) -> Period:
    """The period in `text`, such as 2026-03; raises `NoPeriodError` for other texts."""
    found = WRITTEN.fullmatch(text.strip())
    if found:
        year, month = int(found[1]), int(found[2])
        if EARLIEST.year <= year <= LATEST.year and 1 <= month <= 12:
            return Period(year, month)
    raise NoPeriodError(NO_PERIOD, text=text[:40])


def due_day(connection: Connection) -> int:
    """The day of the next month by which files are due."""
    kept = connection.scalar(select(col(Setting.value)).where(col(Setting.name) == DUE_DAY))
    return int(kept) if kept else USUALLY_DUE
