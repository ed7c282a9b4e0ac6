"""How far a figure can be trusted: how many of the units that owe have entered its ledger."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.choice import Choice
from models.days import YEAR


class Trust(Choice):
    """How complete the ledger behind a figure is."""

    COMPLETE = "COMPLETE", "完整", "Complete"
    PARTIAL = "PARTIAL", "部分", "Partial"
    UNKNOWN = "UNKNOWN", "未录入", "Not known"

    @property
    def sign(self) -> str:
        """One character that stands beside a figure."""
        return {Trust.COMPLETE: "●", Trust.PARTIAL: "◐", Trust.UNKNOWN: "○"}[self]


@dataclass(frozen=True, slots=True)
class Entered:
    """What units entered in one ledger.

    `owing` counts the units that stand in the grid on the day, `ever` those of them that have a
    row by the day, `in_last_year` those whose latest entry is of the year before it. `latest` is
    the day of the latest entry of any unit, None where no row is kept; `waiting` rows are not.
    """

    owing: int
    ever: int
    in_last_year: int
    latest: date | None
    waiting: int = 0

    @property
    def trust(self) -> Trust:
        """Complete only where every unit has entered in the last year and no row waits."""
        if not self.owing or self.latest is None:
            return Trust.UNKNOWN
        if self.in_last_year == self.owing and not self.waiting:
            return Trust.COMPLETE
        return Trust.PARTIAL


def is_of_last_year(entered_on: date | None, day: date) -> bool:
    """Whether an entry is no older than a year on `day`; a later one tells of `day` as well."""
    return entered_on is not None and entered_on > day - timedelta(YEAR)
