"""How a figure moved between two days, and whether that is for the better."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_FLOOR
from fractions import Fraction

from data.figures.catalogue import Better, Quantity, Way
from data.figures.reading import Reading, money_text, rounded

MEANS = (Way.MEAN, Way.AGE_MEAN, Way.RATIO_MEAN)
WITHOUT_MEETING = timedelta(30)
"""The days to compare back where no meeting is known."""


@dataclass(frozen=True, slots=True)
class Change:
    """A difference: `amount` has its sign, `text` is written with it.

    `points` says that the text counts percentage points. `good` is None where neither way is
    better, and where nothing moved.
    """

    amount: Fraction
    text: str
    points: bool
    good: bool | None


def change(now: Reading, before: Reading) -> Change | None:
    """The change from `before` to `now`, computed from the values as displayed, so that the three
    agree; None if either is "—"."""
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


def _written(reading: Reading) -> Fraction | None:
    """The value as displayed: a share in percent (cut to one decimal), a mean (rounded to one
    decimal), else the exact value."""
    exact = reading.exact
    if exact is None:
        return None
    if reading.figure.way is Way.SHARE:
        return Fraction(rounded(exact * 100, 1, ROUND_FLOOR))
    return Fraction(rounded(exact, 1)) if reading.figure.way in MEANS else exact


def _is_good(amount: Fraction, better: Better) -> bool:
    return (amount > 0) == (better is Better.HIGHER)
