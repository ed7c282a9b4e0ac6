"""How far a figure can be trusted: how many units that owe rows of its ledger have entered them."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.choice import Choice
from models.days import YEAR


class Trust(Choice):
    """The completeness of the ledger behind a figure."""

    COMPLETE = "COMPLETE", "完整", "Complete"
    PARTIAL = "PARTIAL", "部分", "Partial"
    UNKNOWN = "UNKNOWN", "未录入", "Not known"

    @property
    def sign(self) -> str:
        """A character to be shown beside a figure."""
        return {Trust.COMPLETE: "●", Trust.PARTIAL: "◐", Trust.UNKNOWN: "○"}[self]


@dataclass(frozen=True, slots=True)
class Entered:
    """The entries of units in one ledger.

    `owing` counts the units in the grid on the day, `ever` those of them with a row by the day,
    `in_last_year` those whose latest entry is at most a year old. `latest` is the day of the latest
    entry of any unit, None without rows; `waiting` counts rows set aside.
    """

    owing: int
    ever: int
    in_last_year: int
    latest: date | None
    waiting: int = 0

    @property
    def trust(self) -> Trust:
        """The completeness: complete if every unit entered in the last year and no row waits."""
        if not self.owing or self.latest is None:
            return Trust.UNKNOWN
        return trust_of_entered(every_unit=self.in_last_year == self.owing, waiting=self.waiting)


def trust_of_entered(*, every_unit: bool, waiting: int) -> Trust:
    """The completeness of a ledger with rows: `every_unit` that owes them entered some in the last
    year; `waiting` counts rows set aside."""
    return Trust.COMPLETE if every_unit and not waiting else Trust.PARTIAL


def is_of_last_year(entered_on: date | None, day: date) -> bool:
    """Whether an entry is at most a year old on `day`; a later entry counts, as it covers `day`."""
    return entered_on is not None and entered_on > year_before(day)


def year_before(day: date) -> date:
    """The last day that is more than a year before `day`: entries after it are of the last year."""
    return day - timedelta(YEAR)
