"""Targets of figures: the share to reach, from which day, and who agreed on it."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR
from fractions import Fraction

from data.figures.catalogue import Better
from data.figures.reading import Reading, rounded
from data.reference.lists import References


@dataclass(frozen=True, slots=True)
class Target:
    """A share to be reached: `percent` applies from `from_on`; `agreed_by` is free text."""

    percent: Fraction
    from_on: date
    agreed_by: str

    @property
    def share(self) -> float:
        """The target from 0 to 1, as charts need it."""
        return float(self.percent / 100)

    @property
    def text(self) -> str:
        """The target as displayed, such as "95%" or "97.5%"."""
        return f"{rounded(self.percent, 2):f}".rstrip("0").rstrip(".") + "%"


def target(references: References, figure: str, day: date) -> Target | None:
    """The target of a figure in force on `day`; None if none has begun."""
    # Freezes made before this list existed do not hold it.
    begun = [
        Target(Fraction(row["value"]), date.fromisoformat(row["from"]), row["agreed_by"])
        for row in references.lists.get("targets", ())
        if row["figure"] == figure and date.fromisoformat(row["from"]) <= day
    ]
    return max(begun, key=lambda each: each.from_on, default=None)


def points_short(reading: Reading, wanted: Target) -> Fraction | None:
    """By how many percentage points the displayed share misses its target.

    0 if it is reached; None if the reading is "—".
    """
    if reading.exact is None:
        return None
    written = Fraction(rounded(reading.exact * 100, 1, ROUND_FLOOR))
    lower = reading.figure.better is Better.LOWER
    short = written - wanted.percent if lower else wanted.percent - written
    return max(short, Fraction(0))
