"""The change of a figure between two days, and whether it is for the better."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_FLOOR
from enum import StrEnum
from fractions import Fraction

from data.figures.catalogue import Better, Quantity, Way
from data.figures.reading import Reading, money_text, rounded
from models.rules import worsening

AGES = (Way.AGE_MEAN, Way.AGE_MAX)
"""The ways of counting whose values are days since a limit, which rise by one a day."""
MEANS = (Way.MEAN, Way.AGE_MEAN, Way.RATIO_MEAN)
"""The ways of counting whose values are means, compared to one decimal."""
WITHOUT_MEETING = timedelta(30)
"""How far back to compare where there was no earlier meeting."""


class Reason(StrEnum):
    """Why a change that looks like one for the worse is not: what is due on the day itself counts
    as due (DUE_TODAY), or days have passed (TIME)."""

    DUE_TODAY = "due today"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two readings: `amount` is signed, and `text` is written with its sign.

    With `points`, the text counts percentage points. `good` is None where nothing changed or
    neither direction is better. `grave` is true of a change for the worse that is red
    (models/rules/worsening.py). With a `reason` it is neither better nor worse.
    """

    amount: Fraction
    text: str
    points: bool
    good: bool | None
    grave: bool
    reason: Reason | None = None

    def because(self, reason: Reason) -> "Change":
        """This change, as neither better nor worse for a reason."""
        return replace(self, good=None, grave=False, reason=reason)


def change(now: Reading, before: Reading, days: int = 0) -> Change | None:
    """The change from `before` to `now`, with `days` between them; None if either is "—".

    Days since a limit that rose by no more than the days between are not for the worse: nobody did
    anything, or left it undone, but let time pass.
    Computed from the values as displayed, so that the two and their difference agree on screen.
    """
    new, old = _written(now), _written(before)
    if new is None or old is None:
        return None
    figure = now.figure
    share = figure.way is Way.SHARE
    amount = new - old
    if share or figure.way in MEANS:
        size = str(rounded(abs(amount), 1))
    elif figure.quantity is Quantity.MONEY:
        size = money_text(abs(amount))
    else:
        size = str(abs(int(amount)))
    nothing = amount == 0 or size == "0.0"
    good = None if nothing or figure.better is Better.NEITHER else _is_good(amount, figure.better)
    sign = "" if nothing else "+" if amount > 0 else "−"
    grave = good is False and worsening.is_grave(new, old, is_share=share)
    moved = Change(amount, f"{sign}{size}", share, good, grave)
    is_time = good is False and figure.way in AGES and amount <= days
    return moved.because(Reason.TIME) if is_time else moved


def weight(now: Reading, before: Reading) -> Fraction:
    """How far a figure moved, as displayed (`worsening.weight`); 0 if either is "—"."""
    new, old = _written(now), _written(before)
    if new is None or old is None:
        return Fraction(0)
    return worsening.weight(new, old, is_share=now.figure.way is Way.SHARE)


def how_far(now: Reading, before: Reading) -> Fraction:
    """How far a figure moved, as displayed, as a multiple of a grave change; 0 if either is
    "—"."""
    new, old = _written(now), _written(before)
    if new is None or old is None:
        return Fraction(0)
    return worsening.how_far(new, old, is_share=now.figure.way is Way.SHARE)


def _written(reading: Reading) -> Fraction | None:
    """The value as displayed: shares in percent cut, means rounded to one decimal, others exact."""
    exact = reading.exact
    if exact is None:
        return None
    if reading.figure.way is Way.SHARE:
        return Fraction(rounded(exact * 100, 1, ROUND_FLOOR))
    return Fraction(rounded(exact, 1)) if reading.figure.way in MEANS else exact


def _is_good(amount: Fraction, better: Better) -> bool:
    return (amount > 0) == (better is Better.HIGHER)
