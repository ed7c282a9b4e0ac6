"""The chance that a time limit will be passed, learnt from limits whose day has come.

A limit is compared with those that stood open, in the same state, as many days before their own
day. Of these so many went over: the base rate. The group that shares type, severity and so on has
a share of its own, drawn towards the base rate the more, the fewer cases it has (Beta-binomial).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import lgamma
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.rules.limits import Wait

LEARNT_DAYS = 730
"""Days before the day of the forecast in which a limit must have passed to be learnt from."""
FURTHEST = 90
"""A limit that is further away is judged like one that is so many days away."""
PRIOR_CASES = 2.0
"""The weight, in cases, of the share over all days when there are few cases on one."""
STRENGTHS = (4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 1024.0)
"""How many cases of the whole may weigh as much as the cases of a group; the likeliest is taken."""
DOUBT = 2.0
"""Likelihoods whose logarithms differ by less than this tell nothing (19 in 20)."""
STRENGTH_AT = (0, 15, 30, 60, 90)
"""Days before the limit at which the strengths are compared."""

Counts = npt.NDArray[np.float64]
Days = npt.NDArray[np.int64]


class Chance(NamedTuple):
    """The chance, 0 to 1, that a limit will be passed.

    `own` is that of the group, `base` that of all; `cases` of the group stand behind `own`,
    `of_all` behind `base`.
    """

    own: float
    base: float
    cases: int
    of_all: int


@dataclass(frozen=True, slots=True)
class Waits:
    """Many waits as columns of numbers, days as ordinals; `groups` and `states` name the codes."""

    groups: dict[tuple[str, ...], int]
    states: dict[str, int]
    group: Days
    state: Days
    starts: Days
    ends: Days
    due: Days
    went_over: Days

    def where(self, chosen: npt.NDArray[np.bool_]) -> "Waits":
        """Those waits only."""
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


def as_columns(waits: Iterable[Wait]) -> Waits:
    """The same waits as columns."""
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
class Cohorts:
    """What was learnt by a day: cases and limits passed by group and state, days before the limit.

    `cases` and `passed` are tables of (group and state) × (0 to FURTHEST days).
    """

    groups: dict[tuple[str, ...], int]
    states: dict[str, int]
    cases: Counts
    passed: Counts
    base: Counts
    strength: float

    @property
    def is_empty(self) -> bool:
        """Whether no limit has passed from which something could be learnt."""
        return not self.cases.any()

    def chance(self, group: tuple[str, ...], state: str, days_left: int) -> Chance | None:
        """The chance of going over a limit that is `days_left` away; None if nothing was learnt."""
        if self.is_empty:
            return None
        at = max(0, min(days_left, FURTHEST))
        states = len(self.states)
        of_state = self.states.get(state)
        if of_state is None:
            share = float(self.passed.sum() / self.cases.sum())
            return Chance(share, share, 0, 0)
        base = float(self.base[of_state, at])
        of_all = int(self.cases[of_state::states, at].sum())
        of_group = self.groups.get(group)
        if of_group is None:
            return Chance(base, base, 0, of_all)
        row = of_group * states + of_state
        cases, passed = float(self.cases[row, at]), float(self.passed[row, at])
        own = (passed + self.strength * base) / (cases + self.strength)
        return Chance(own, base, int(cases), of_all)


def learn(waits: Waits, day: date) -> Cohorts:
    """What `waits` teach by `day`: of the limits that passed in the two years before it."""
    today = day.toordinal()
    closed = waits.where((waits.due < today) & (waits.due >= today - LEARNT_DAYS))
    first = np.minimum(closed.due - closed.starts, FURTHEST)
    last = np.maximum(closed.due - closed.ends + 1, 0)
    counted = first >= last
    rows = (closed.group * len(waits.states) + closed.state)[counted]
    size = max(1, len(waits.groups) * len(waits.states))
    cases = _by_days(rows, first[counted], last[counted], np.ones(rows.size), size)
    passed = _by_days(rows, first[counted], last[counted], closed.went_over[counted] * 1.0, size)
    base = _base(cases, passed, max(1, len(waits.states)))
    return Cohorts(waits.groups, waits.states, cases, passed, base, _strength(cases, passed, base))


def _by_days(rows: Days, first: Days, last: Days, weight: Counts, size: int) -> Counts:
    """Each case counted on every day before its limit from `first` down to `last`."""
    changes = np.zeros((size, FURTHEST + 2))
    np.add.at(changes, (rows, last), weight)
    np.add.at(changes, (rows, first + 1), -weight)
    return np.cumsum(changes, axis=1)[:, : FURTHEST + 1]


def _base(cases: Counts, passed: Counts, states: int) -> Counts:
    """The share of all groups by state and day; with few cases that of all days counts too."""
    of_all, over = (
        table.reshape(-1, states, FURTHEST + 1).sum(axis=0) for table in (cases, passed)
    )
    whole = over.sum() / of_all.sum() if of_all.any() else 0.0
    one_case = FURTHEST + 1
    by_state = (over.sum(axis=1) + one_case * whole) / (of_all.sum(axis=1) + one_case)
    shares: Counts = (over + PRIOR_CASES * by_state[:, None]) / (of_all + PRIOR_CASES)
    return shares


def _strength(cases: Counts, passed: Counts, base: Counts) -> float:
    """The greatest strength under which what came is about as likely as under the likeliest."""
    seen = [
        (float(cases[row, at]), float(passed[row, at]), float(base[row % len(base), at]))
        for row in range(len(cases))
        for at in STRENGTH_AT
        if cases[row, at] and 0 < base[row % len(base), at] < 1
    ]
    likely = {each: _likelihood(seen, each) / len(STRENGTH_AT) for each in STRENGTHS}
    return max(each for each in STRENGTHS if likely[each] >= max(likely.values()) - DOUBT)


def _likelihood(seen: Sequence[tuple[float, float, float]], strength: float) -> float:
    """The logarithm of the Beta-binomial likelihood, without what does not depend on `strength`."""
    total = 0.0
    for cases, passed, share in seen:
        over, within = strength * share, strength * (1 - share)
        total += lgamma(over + passed) + lgamma(within + cases - passed)
        total += lgamma(strength) - lgamma(strength + cases) - lgamma(over) - lgamma(within)
    return total
