"""Where the axis of shares begins, so that a rise or a fall is seen."""

from collections.abc import Iterable
from math import floor

STEP = 0.1


def axis_start(shares: Iterable[float | None]) -> float:
    """A full ten percent below all of `shares` (0 to 1), never below 0; 0 for no share."""
    known = [share for share in shares if share is not None]
    return max(0.0, round(floor(min(known, default=0) * 10 - 0.2) * STEP, 1))
