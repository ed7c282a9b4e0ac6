"""The chance that a time limit will be missed, learnt from past limits.

A limit is compared with past ones that were open, in the same state, the same number of days before
their day. The share of all of these that were missed is the base rate. The limits of the same type
have their own share, shrunk towards the base rate the more, the fewer they are (Beta-binomial);
those that also share the next property have a share shrunk towards that of the type; and so on down
to the whole group.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import inf, lgamma
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from models.rules.limits import Wait

LEARNT_DAYS = 730
"""Limits that passed at most this many days before the forecast are learnt from."""
FURTHEST = 90
"""Limits further away are treated as this many days away."""
PRIOR_CASES = 2.0
"""The weight of the share over all days, in cases, which matters on days with few cases."""
STRENGTHS = (4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 1024.0, inf)
"""Weights, in cases, that the level above may have against a group's own cases; infinite where a
property tells nothing, so that it is left out."""
DOUBT = 2.0
"""Half the 95 % quantile of chi-squared with one degree of freedom: log-likelihoods closer than
this count as equal."""
STRENGTH_AT = (0, 15, 30, 60, 90)
"""Days before the limit at which the strengths are compared."""

Counts = npt.NDArray[np.float64]
Days = npt.NDArray[np.int64]
Name = TypeVar("Name")


class Chance(NamedTuple):
    """The chance, 0 to 1, that a limit will be missed.

    `own` is that of the group, from `cases` limits; `base` that of all, from `of_all`.
    """

    own: float
    base: float
    cases: int
    of_all: int


@dataclass(frozen=True, slots=True)
class Waits:
    """Many waits as arrays of numbers, days as ordinals; `groups` and `states` explain the
    codes."""

    groups: dict[tuple[str, ...], int]
    states: dict[str, int]
    group: Days
    state: Days
    starts: Days
    ends: Days
    due: Days
    went_over: Days

    def where(self, chosen: npt.NDArray[np.bool_] | Days) -> "Waits":
        """Only the waits that are `chosen`, or those at these places in their order."""
        return Waits(
            self.groups,
            self.states,
            self.group[chosen],
            self.state[chosen],
            self.starts[chosen],
            self.ends[chosen],
            self.due[chosen],
            self.went_over[chosen],
        )

    def joined(self, others: "Waits") -> "Waits":
        """These waits and then the `others`."""
        groups, states = dict(self.groups), dict(self.states)
        of_group = [groups.setdefault(each, len(groups)) for each in others.groups]
        of_state = [states.setdefault(each, len(states)) for each in others.states]
        return Waits(
            groups,
            states,
            np.concatenate([self.group, np.array(of_group, dtype=np.int64)[others.group]]),
            np.concatenate([self.state, np.array(of_state, dtype=np.int64)[others.state]]),
            np.concatenate([self.starts, others.starts]),
            np.concatenate([self.ends, others.ends]),
            np.concatenate([self.due, others.due]),
            np.concatenate([self.went_over, others.went_over]),
        )

    def numbered_as_they_come(self) -> "Waits":
        """The same waits, with groups and states numbered in the order of their first wait.

        Sums of fractions depend on that order, so the same waits must have the same numbers.
        """
        groups, group = _numbered_as_they_come(self.groups, self.group)
        states, state = _numbered_as_they_come(self.states, self.state)
        return replace(self, groups=groups, states=states, group=group, state=state)


def _numbered_as_they_come(names: Mapping[Name, int], codes: Days) -> tuple[dict[Name, int], Days]:
    """New numbers for those of `names` that `codes` uses, and `codes` in the new numbers."""
    first = np.full(len(names), len(codes))
    # Of several places for a code the last one written stays: written backwards, the first.
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    in_order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(codes))]
    new = np.zeros(max(1, len(names)), dtype=np.int64)
    new[in_order] = np.arange(len(in_order))
    by_code = list(names)
    return {by_code[code]: number for number, code in enumerate(in_order.tolist())}, new[codes]


def as_columns(waits: Iterable[Wait]) -> Waits:
    """The waits as arrays."""
    groups: dict[tuple[str, ...], int] = {}
    states: dict[str, int] = {}
    rows = [
        (
            groups.setdefault(each.group, len(groups)),
            states.setdefault(each.state, len(states)),
            each.starts_on.toordinal(),
            each.ends_on.toordinal(),
            each.due.toordinal(),
            each.went_over,
        )
        for each in waits
    ]
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 6).T
    return Waits(groups, states, *columns)


@dataclass(frozen=True, eq=False, slots=True)
class Level:
    """What was learnt of groups by their first properties; `groups` numbers those combinations.

    The tables have a row for each group and state, and a column for 0 to FURTHEST days before the
    limit. `shares` are those missed, shrunk towards the level above with the weight of `strength`
    cases.
    """

    groups: dict[tuple[str, ...], int]
    cases: Counts
    passed: Counts
    shares: Counts
    strength: float


@dataclass(frozen=True, eq=False, slots=True)
class Cohorts:
    """What was learnt by a day: `levels` go from all limits together down to whole groups."""

    states: dict[str, int]
    levels: tuple[Level, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there was no past limit to learn from."""
        return not self.levels[0].cases.any()

    def chance(self, group: tuple[str, ...], state: str, days_left: int) -> Chance | None:
        """The chance that a limit `days_left` away will be missed; None if nothing was learnt."""
        if self.is_empty:
            return None
        at = max(0, min(days_left, FURTHEST))
        of_state = self.states.get(state)
        whole = self.levels[0]
        if of_state is None:
            share = float(whole.passed.sum() / whole.cases.sum())
            return Chance(share, share, 0, 0)
        base, own, cases = float(whole.shares[of_state, at]), 0.0, 0
        for depth, level in enumerate(self.levels):
            place = level.groups.get(group[:depth])
            cases = 0
            if place is not None:
                row = place * len(self.states) + of_state
                own, cases = float(level.shares[row, at]), int(level.cases[row, at])
        return Chance(own, base, cases, int(whole.cases[of_state, at]))

    def shares(self, waits: Waits, days_left: Days) -> tuple[Counts, Counts]:
        """The chances `own` and `base` of many limits, by the groups and states of `waits`.

        The states must be ones that were learnt from, and something must have been learnt.
        """
        at = np.clip(days_left, 0, FURTHEST)
        known = np.array([self.states[state] for state in waits.states], dtype=np.int64)
        state = known[waits.state]
        base = self.levels[0].shares[state, at]
        own = base.copy()
        for depth, level in enumerate(self.levels[1:], start=1):
            places = np.array(
                [level.groups.get(group[:depth], -1) for group in waits.groups], dtype=np.int64
            )[waits.group]
            there = places >= 0
            rows = places[there] * len(self.states) + state[there]
            own[there] = level.shares[rows, at[there]]
        return own, base


def learn(waits: Waits, day: date) -> Cohorts:
    """Learn from those of `waits` whose limit passed in the two years before `day`."""
    today = day.toordinal()
    closed = waits.where((waits.due < today) & (waits.due >= today - LEARNT_DAYS))
    first = np.minimum(closed.due - closed.starts, FURTHEST)
    last = np.maximum(closed.due - closed.ends + 1, 0)
    counted = first >= last
    rows = (closed.group * len(waits.states) + closed.state)[counted]
    size = max(1, len(waits.groups)) * max(1, len(waits.states))
    cases = _by_days(rows, first[counted], last[counted], np.ones(rows.size), size)
    passed = _by_days(rows, first[counted], last[counted], closed.went_over[counted] * 1.0, size)
    states = max(1, len(waits.states))
    levels = [_whole(cases, passed, states)]
    for depth in range(1, 1 + max(map(len, waits.groups), default=0)):
        levels.append(_level(levels[-1], waits.groups, depth, cases, passed))
    return Cohorts(waits.states, tuple(levels))


def _whole(cases: Counts, passed: Counts, states: int) -> Level:
    """The level of all limits together, whose shares are the base rates."""
    of_all, over = (
        table.reshape(-1, states, FURTHEST + 1).sum(axis=0) for table in (cases, passed)
    )
    return Level({(): 0}, of_all, over, _base(of_all, over), 0.0)


def _level(
    above: Level,
    groups: Mapping[tuple[str, ...], int],
    depth: int,
    cases: Counts,
    passed: Counts,
) -> Level:
    """The level of the first `depth` properties; `cases` and `passed` are those of whole groups."""
    states = len(above.cases) // len(above.groups)
    parts: dict[tuple[str, ...], int] = {}
    part_of = np.array([parts.setdefault(group[:depth], len(parts)) for group in groups])
    of_part, over = (
        _added(table.reshape(-1, states, FURTHEST + 1), part_of, len(parts))
        for table in (cases, passed)
    )
    parents = [above.groups[part[: depth - 1]] for part in parts]
    drawn_to = above.shares.reshape(-1, states, FURTHEST + 1)[parents].reshape(of_part.shape)
    strength = _strength(of_part, over, drawn_to)
    shares = (
        drawn_to.copy() if strength == inf else (over + strength * drawn_to) / (of_part + strength)
    )
    return Level(parts, of_part, over, shares, strength)


def _added(table: Counts, part_of: Days, parts: int) -> Counts:
    """The sums of the rows of `table` that belong to each part."""
    sums = np.zeros((parts, *table.shape[1:]))
    for part, rows in zip(part_of.tolist(), table, strict=True):
        sums[part] += rows
    return sums.reshape(-1, FURTHEST + 1)


def _by_days(rows: Days, first: Days, last: Days, weight: Counts, size: int) -> Counts:
    """Count each case with its weight on every day before its limit from `first` down to `last`."""
    width = FURTHEST + 2
    begun, over = (
        np.bincount(rows * width + day, weight, minlength=size * width) for day in (last, first + 1)
    )
    counts: Counts = np.cumsum((begun - over).reshape(size, width), axis=1)[:, : FURTHEST + 1]
    return counts


def _base(of_all: Counts, over: Counts) -> Counts:
    """The base rates by state and day; where cases are few, the share over all days counts too."""
    whole = over.sum() / of_all.sum() if of_all.any() else 0.0
    one_case = FURTHEST + 1
    by_state = (over.sum(axis=1) + one_case * whole) / (of_all.sum(axis=1) + one_case)
    shares: Counts = (over + PRIOR_CASES * by_state[:, None]) / (of_all + PRIOR_CASES)
    return shares


def _strength(cases: Counts, passed: Counts, drawn_to: Counts) -> float:
    """The greatest of STRENGTHS whose likelihood hardly differs from the greatest likelihood."""
    at = list(STRENGTH_AT)
    n, k, share = cases[:, at], passed[:, at], drawn_to[:, at]
    told = (n > 0) & (share > 0) & (share < 1)
    likely = _likelihoods(n[told], k[told], share[told]) / len(at)
    enough = likely >= likely.max() - DOUBT
    return max(each for each, is_enough in zip(STRENGTHS, enough, strict=True) if is_enough)


def _likelihoods(cases: Counts, passed: Counts, share: Counts) -> Counts:
    """By each of STRENGTHS, whose last is infinite, the Beta-binomial log-likelihood, without the
    terms that do not depend on the strength."""
    # All strengths at once, a row each: single ones would take many calls for few numbers.
    strengths = np.array(STRENGTHS[:-1])[:, None]
    over, within = strengths * share, strengths * (1 - share)
    logs = log_gamma(over + passed) + log_gamma(within + cases - passed)
    of_strengths = np.array([[lgamma(each)] for each in STRENGTHS[:-1]])
    logs += of_strengths - log_gamma(strengths + cases) - log_gamma(over) - log_gamma(within)
    without = passed * np.log(share) + (cases - passed) * np.log1p(-share)
    return np.append(logs.sum(axis=1), without.sum())


def log_gamma(x: Counts) -> Counts:
    """The logarithm of the gamma function for numbers above 0, by Stirling's series."""
    # The series needs arguments of 8 or more: Γ(x) = Γ(x + 8) / (x (x + 1) … (x + 7)).
    product = np.ones_like(x)
    for step in range(8):
        product = product * (x + step)
    y = x + 8
    series = (y - 0.5) * np.log(y) - y + 0.5 * np.log(2 * np.pi)
    series += 1 / (12 * y) - 1 / (360 * y**3) + 1 / (1260 * y**5)
    logs: Counts = series - np.log(product)
    return logs
