"""Expected numbers and sums from single chances, with a range that holds in 4 of 5 cases."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

RANGE = 0.8
"""The probability with which the actual value lies in the range."""
STEPS = 4_000
"""Sums of money are computed in steps of this fraction of the whole."""
AT_ONCE = 64
"""The most parts whose sums are computed one after the other."""


class Expected(NamedTuple):
    """The expected part of `out_of`: the mean, and a range from `low` to `high`, both included."""

    mean: float
    low: int
    high: int
    out_of: int

    def holds(self, came: int) -> bool:
        """Whether the actual number `came` lies in the range."""
        return self.low <= came <= self.high


def counted(chances: Sequence[float]) -> Expected:
    """How many of independent `chances` come true (Poisson binomial, computed exactly)."""
    low, high = _range(_of_sums(chances, [1] * len(chances)))
    return Expected(sum(chances), low, high, len(chances))


def summed(chances: Sequence[float], amounts: Sequence[int]) -> Expected:
    """The sum of those `amounts` whose chances come true; `out_of` is the sum of all amounts."""
    whole = sum(amounts)
    if not whole:
        return Expected(0.0, 0, 0, 0)
    step = max(1, -(-whole // STEPS))
    # Carry the rounding error over to the next amount, so that the parts add up to the whole.
    parts, carried = [], 0
    for amount in amounts:
        part = (amount + carried + step // 2) // step
        carried += amount - part * step
        parts.append(max(0, part))
    low, high = _range(_of_sums(chances, parts))
    mean = sum(chance * amount for chance, amount in zip(chances, amounts, strict=True))
    return Expected(mean, min(low * step, whole), min(high * step, whole), whole)


def _of_sums(chances: Sequence[float], parts: Sequence[int]) -> npt.NDArray[np.float64]:
    """The probability of each sum of `parts`, by index from 0 on."""
    if len(parts) > AT_ONCE:
        half = len(parts) // 2
        # Two long halves are put together much faster than part by part.
        return np.convolve(
            _of_sums(chances[:half], parts[:half]), _of_sums(chances[half:], parts[half:])
        )
    sums = np.zeros(sum(parts) + 1)
    sums[0], reached = 1.0, 0
    for chance, part in zip(chances, parts, strict=True):
        if not part:
            continue
        coming_true = chance * sums[: reached + 1]
        sums[: reached + 1] *= 1 - chance
        sums[part : reached + part + 1] += coming_true
        reached += part
    return sums


def _range(sums: npt.NDArray[np.float64]) -> tuple[int, int]:
    """The 10 % and 90 % quantiles of the sums, whose probabilities are `sums`."""
    below = np.cumsum(sums)
    outside = (1 - RANGE) / 2
    # Allow for rounding errors in the sums of floats.
    low = int(np.searchsorted(below, outside - 1e-9))
    high = int(np.searchsorted(below, 1 - outside - 1e-9))
    return low, min(high, len(sums) - 1)
