"""The ends of a share axis, chosen so that small differences remain visible."""

from collections.abc import Iterable
from math import ceil, floor

STEP = 0.1
FINE = 20
"""The steps of 0.05 in the whole of an axis that is cut at both ends."""


def axis_start(shares: Iterable[float | None]) -> float:
    """Return the highest multiple of 0.1 at least 0.02 below all `shares` (0 to 1), but not below
    0.

    0 if no share is known.
    """
    known = [share for share in shares if share is not None]
    return max(0.0, round(floor(min(known, default=0) * 10 - 0.2) * STEP, 1))


def axis_ends(shares: Iterable[float | None]) -> tuple[float, float]:
    """Return the closest multiples of 0.05 at least 0.02 below and above all `shares` (0 to 1), but
    within 0 and 1, for an axis of dots.

    0 and 1 if no share is known.
    """
    known = [share for share in shares if share is not None]
    if not known:
        return 0.0, 1.0
    low, high = floor((min(known) - 0.02) * FINE), ceil((max(known) + 0.02) * FINE)
    return max(0, low) / FINE, min(FINE, high) / FINE
