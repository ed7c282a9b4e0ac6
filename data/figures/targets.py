"""Targets of figures: what share the district wants to reach, from which day, agreed by whom."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR
from fractions import Fraction

from data.figures.catalogue import Better
from data.figures.reading import Reading, rounded
from data.reference.lists import References


@dataclass(frozen=True, slots=True)
class Target:
    """`percent` is to be reached from `from_on`; `agreed_by` is written as it was entered."""

    percent: Fraction
    from_on: date
    agreed_by: str

    @property
    def share(self) -> float:
        """The same from 0 to 1, as charts draw it."""
        return float(self.percent / 100)

    @property
    def text(self) -> str:
        """The percentage as it is written, as "95%" or "97.5%"."""
        return f"{rounded(self.percent, 2):f}".rstrip("0").rstrip(".") + "%"


def target(references: References, figure: str, day: date) -> Target | None:
    """The target of a figure on `day`: the one that began last; None where none has begun."""
    # A freeze of an earlier version of the program knows no such list.
    begun = [
        Target(Fraction(row["value"]), date.fromisoformat(row["from"]), row["agreed_by"])
        for row in references.lists.get("targets", ())
        if row["figure"] == figure and date.fromisoformat(row["from"]) <= day
    ]
    return max(begun, key=lambda each: each.from_on, default=None)


def points_short(reading: Reading, wanted: Target) -> Fraction | None:
    """How many percentage points a share as it is written stays behind its target.

    0 where it is reached; None of a "—".
    """
    if reading.exact is None:
        return None
    written = Fraction(rounded(reading.exact * 100, 1, ROUND_FLOOR))
    lower = reading.figure.better is Better.LOWER
    short = written - wanted.percent if lower else wanted.percent - written
    return max(short, Fraction(0))
