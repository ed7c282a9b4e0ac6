"""The change of a figure between two days, and whether it is for the better."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_FLOOR
from fractions import Fraction

from data.figures.catalogue import Better, Quantity, Way
from data.figures.reading import Reading, money_text, rounded

MEANS = (Way.MEAN, Way.AGE_MEAN, Way.RATIO_MEAN)
WITHOUT_MEETING = timedelta(30)
"""How far back to compare where there was no earlier meeting."""


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two readings: `amount` is signed, and `text` is written with its sign.

    With `points`, the text counts percentage points. `good` is None where nothing changed or
    neither direction is better.
    """

    amount: Fraction
    text: str
    points: bool
    good: bool | None


def change(now: Reading, before: Reading) -> Change | None:
    """The change from `before` to `now`; None if either is "—".

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
    return Change(amount, f"{sign}{size}", share, good)


def weight(now: Reading, before: Reading) -> Fraction:
    """How far a figure moved, to put the largest change first; 0 if either is "—".

    A share is weighed by its percentage points, 4 points as 4/100, so that shares stand in the
    order of the changes that are displayed; any other figure by what it was before. From nothing to
    something counts as a doubling.
    """
    new, old = _written(now), _written(before)
    if new is None or old is None or new == old:
        return Fraction(0)
    if now.figure.way is Way.SHARE:
        return abs(new - old) / 100
    return abs(new - old) / abs(old) if old else Fraction(1)


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
