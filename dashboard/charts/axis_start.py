"""The start of a share axis, chosen so that small rises and falls remain visible."""

from collections.abc import Iterable
from math import floor

STEP = 0.1


def axis_start(shares: Iterable[float | None]) -> float:
    """Return the highest multiple of 0.1 at least 0.02 below all `shares` (0 to 1), but not below
    0.

    0 if no share is known.
    """
    known = [share for share in shares if share is not None]
    return max(0.0, round(floor(min(known, default=0) * 10 - 0.2) * STEP, 1))
