"""The chance of each group, its record and what is expected, computed independently.

The shares of groups are drawn towards those of the larger groups, one case after the other.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from math import inf, lgamma, log
from typing import NamedTuple

from tests.oracle.outlook import FURTHEST, Limit, ahead, base, learnt

STRENGTHS = (4, 8, 16, 32, 64, 128, 256, 1024, inf)
COMPARED_AT = (0, 15, 30, 60, 90)
ENOUGH = 50

Share = Callable[[tuple[str, ...], str, int], float]
Chance = Callable[[Limit], float | None]


class Score(NamedTuple):
    """The limits judged, and the mean squared errors of chances and of base rates."""

    limits: int
    brier: float | None
    brier_base: float | None

    @property
    def is_better(self) -> bool:
        """Whether the chances of groups stand rather than base rates."""
        if self.brier is None or self.brier_base is None:
            return False
        return self.limits >= ENOUGH and self.brier < self.brier_base


def chances(told: Sequence[Limit], day: date) -> Chance:
    """The chance of a limit ahead, according to what was `told` by `day`."""
    cohort = learnt(told, day)
    depth = max((len(each.group) for each in cohort), default=0)

    @cache
    def stood_open(state: str, left: int) -> list[Limit]:
        return [
            each
            for each in cohort
            if each.state == state and each.first <= each.due - timedelta(left) < each.after
        ]

    def counts(group: tuple[str, ...], state: str, left: int) -> tuple[int, int]:
        own = [e for e in stood_open(state, left) if e.group[: len(group)] == group]
        return len(own), sum(each.passed for each in own)

    @cache
    def share(group: tuple[str, ...], state: str, left: int) -> float:
        if not group:
            whole = base(told, day, _ahead(state, day + timedelta(left)))
            assert whole
            return whole.rate
        drawn_to, strength = share(group[:-1], state, left), strengths[len(group)]
        if strength == inf:
            return drawn_to
        cases, passed = counts(group, state, left)
        return (passed + strength * drawn_to) / (cases + strength)

    def strength_of(size: int) -> float:
        told_of = [
            (*counts(group, state, left), share(group[:-1], state, left))
            for group in sorted({each.group[:size] for each in cohort})
            for state in sorted({each.state for each in cohort})
            for left in COMPARED_AT
        ]
        seen = [(n, k, drawn_to) for n, k, drawn_to in told_of if n and 0 < drawn_to < 1]
        likely = {
            each: sum(_log_likelihood(*one, each) for one in seen) / len(COMPARED_AT)
            for each in STRENGTHS
        }
        return max(each for each in STRENGTHS if likely[each] >= max(likely.values()) - 2)

    strengths: dict[int, float] = {}
    for size in range(1, depth + 1):
        strengths[size] = strength_of(size)

    def chance(one: Limit) -> float | None:
        whole = base(told, day, one)
        if whole is None or one.state not in {each.state for each in told}:
            return whole and whole.rate
        return share(one.group, one.state, min((one.due - day).days, FURTHEST))

    return chance


def _ahead(state: str, due: date) -> Limit:
    return Limit("", (), state, date.min, date.max, due, False)


def _log_likelihood(cases: int, passed: int, drawn_to: float, strength: float) -> float:
    """Of `passed` of the cases, if their share is spread around `drawn_to` (Beta-binomial)."""
    kept = cases - passed
    if strength == inf:
        return passed * log(drawn_to) + kept * log(1 - drawn_to)
    over, within = strength * drawn_to, strength * (1 - drawn_to)
    spread = lgamma(over + passed) + lgamma(within + kept) - lgamma(strength + cases)
    return spread - (lgamma(over) + lgamma(within) - lgamma(strength))


def score(told_by_month: Mapping[date, Sequence[Limit]], now: Sequence[Limit], day: date) -> Score:
    """What would have been said at month ends, against what came by `day`."""
    came = {(each.item, each.due): each.passed for each in now}
    judged, own, by_base = set(), [], []
    for month, told in told_by_month.items():
        chance = chances(told, month)
        for each in ahead(told, month):
            whole = base(told, month, each) if (each.due - month).days < FURTHEST else None
            said = chance(each)
            if whole is None or said is None or each.due >= day:
                continue
            passed = came.get((each.item, each.due), False)
            judged.add((each.item, each.due))
            own.append((said - passed) ** 2)
            by_base.append((whole.rate - passed) ** 2)
    return Score(len(judged), _mean(own), _mean(by_base))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def number_expected(chances: Sequence[float]) -> tuple[float, int, int]:
    """The mean number of chances that come true, and its 10 % and 90 % points."""
    of_number = [1.0]
    for chance in chances:
        without = [*(each * (1 - chance) for each in of_number), 0.0]
        of_number = [w + b * chance for w, b in zip(without, [0.0, *of_number], strict=True)]
    low, high = _points(list(enumerate(of_number)))
    return sum(chances), low, high


def sum_expected(chances: Sequence[float], amounts: Sequence[int]) -> tuple[float, int, int]:
    """The same of the sum of the `amounts` whose chances come true."""
    of_sum = {0: 1.0}
    for chance, amount in zip(chances, amounts, strict=True):
        after: dict[int, float] = {}
        for known, likely in of_sum.items():
            after[known] = after.get(known, 0.0) + likely * (1 - chance)
            after[known + amount] = after.get(known + amount, 0.0) + likely * chance
        of_sum = after
    low, high = _points(sorted(of_sum.items()))
    return sum(c * a for c, a in zip(chances, amounts, strict=True)), low, high


def _points(likely: Sequence[tuple[int, float]]) -> tuple[int, int]:
    """The first values up to which 10 % and 90 % lie, but for errors of rounding."""
    below = list(accumulate(each for _value, each in likely))
    low, high = (
        next((v for (v, _), b in zip(likely, below, strict=True) if b >= p - 1e-9), likely[-1][0])
        for p in (0.1, 0.9)
    )
    return low, high
