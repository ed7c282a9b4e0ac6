"""Fair ranking: ties share a rank, small samples are listed unranked, missing data comes last."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from models.choice import Choice

ENOUGH = 5
"""The least denominator for a rank; below it a share mostly reflects chance."""
NINETY_FIVE_PERCENT = 1.959964
"""How many standard deviations a 95 % interval reaches to either side."""


class Basis(Choice):
    """Whether an entry can be ranked, the best basis first."""

    RANKED = "RANKED", "参加排名", "Ranked"
    FEW = "FEW", "样本较少", "Few cases"
    NOTHING = "NOTHING", "无数据", "No data"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be ranked: its `value` (None if nothing was reported), and its `sample`.

    `sample` is the number of cases behind a share, None for a plain number.
    """

    code: str
    value: Fraction | None
    sample: int | None = None

    @property
    def basis(self) -> Basis:
        """Whether the entry can be ranked."""
        if self.value is None or self.sample == 0:
            return Basis.NOTHING
        if self.sample is not None and self.sample < ENOUGH:
            return Basis.FEW
        return Basis.RANKED


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a ranking: the best has rank 1, and ties share a rank (1, 2, 2, 4)."""

    code: str
    basis: Basis
    rank: int | None = None
    tied: bool = False


def places(entries: Iterable[Entry], *, higher_is_better: bool) -> list[Place]:
    """All `entries` ordered for attention: the worst first, then small samples, then no data."""
    sign = 1 if higher_is_better else -1
    order = list(Basis)

    def attention(entry: Entry) -> tuple[int, Fraction, str]:
        return order.index(entry.basis), sign * (entry.value or Fraction(0)), entry.code

    ordered = sorted(entries, key=attention)
    # In ascending order, since the worst come first.
    values = [sign * _value(entry) for entry in ordered if entry.basis is Basis.RANKED]
    return [_place(entry, values, sign) for entry in ordered]


def _place(entry: Entry, values: Sequence[Fraction], sign: int) -> Place:
    if entry.basis is not Basis.RANKED:
        return Place(entry.code, entry.basis)
    value = sign * _value(entry)
    first, after = bisect_left(values, value), bisect_right(values, value)
    return Place(entry.code, entry.basis, 1 + len(values) - after, after - first > 1)


def _value(entry: Entry) -> Fraction:
    assert entry.value is not None, "what is ranked has a value"
    return entry.value


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Wilson's 95 % confidence interval of the share `part` / `whole`, each bound from 0 to 1.

    Unlike the normal approximation it also holds for few cases and for shares near 0 or 1.
    """
    if not 0 <= part <= whole or whole == 0:
        raise ValueError(f"{part} of {whole} is no share")
    share, z = part / whole, NINETY_FIVE_PERCENT
    middle = share + z * z / (2 * whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    # Rounding errors must not put a share of 0 or 1 outside its own interval.
    low = min(share, max(0.0, (middle - reach) / scale))
    high = max(share, min(1.0, (middle + reach) / scale))
    return low, high
