"""Fair ranking: ties share a rank, small samples are listed unranked, missing data comes last."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import sqrt
from operator import attrgetter

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

    def attention(entry: Entry) -> tuple[int, float, Fraction, str]:
        value = sign * (entry.value or Fraction(0))
        # Floats compare quickly; fractions, slowly, only where their floats are equal.
        return order.index(entry.basis), float(value), value, entry.code

    ordered = sorted(entries, key=attention)
    ranked = [entry for entry in ordered if entry.basis is Basis.RANKED]
    others = (Place(entry.code, entry.basis) for entry in ordered[len(ranked) :])
    return [*_ranked(ranked), *others]


def _ranked(worst_first: Sequence[Entry]) -> Iterator[Place]:
    """The places of entries that can be ranked, in their order."""
    better = len(worst_first)
    for _, group in groupby(worst_first, key=attrgetter("value")):
        tied = list(group)
        better -= len(tied)
        for entry in tied:
            yield Place(entry.code, entry.basis, 1 + better, len(tied) > 1)


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
