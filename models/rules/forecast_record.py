"""The record of forecasts: what was said at the end of each month against what came."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from models.rules.expected import Expected, counted

LEAST_CASES = 50
"""With fewer cases nothing is said about how good the chances are."""
BANDS = 10
"""Bands of equal width into which chances are sorted to be compared with what came."""


class Case(NamedTuple):
    """One limit ahead on `said_on`: the chance given, the base rate then, and if it was passed."""

    said_on: date
    item: str
    unit: str
    due: date
    chance: float
    base: float
    came: bool


class Score(NamedTuple):
    """How good the chances were: Brier scores, the mean squared miss, of which less is better.

    `limits` is the number of different limits behind them; a limit is judged at several months'
    ends. The scores are None without any.
    """

    limits: int
    brier: float | None
    brier_base: float | None

    @property
    def is_enough(self) -> bool:
        """Whether enough cases stand behind the scores to judge by them."""
        return self.limits >= LEAST_CASES

    @property
    def is_better(self) -> bool:
        """Whether the chances may be shown: enough cases, and better than the base rate."""
        if self.brier is None or self.brier_base is None:
            return False
        return self.is_enough and self.brier < self.brier_base


class Said(NamedTuple):
    """A range that was given on a day for the days after it, and what came of it."""

    said_on: date
    expected: Expected
    came: int

    @property
    def held(self) -> bool:
        """Whether what came lay within the range."""
        return self.expected.holds(self.came)


class Band(NamedTuple):
    """The chances from `low` until below `high`: how many, their mean, and the share that came."""

    low: float
    high: float
    cases: int
    said: float
    came: float


def score(cases: Sequence[Case]) -> Score:
    """The scores of `cases`."""
    if not cases:
        return Score(0, None, None)
    limits = len({(case.item, case.due) for case in cases})
    own = sum((case.chance - case.came) ** 2 for case in cases) / len(cases)
    base = sum((case.base - case.came) ** 2 for case in cases) / len(cases)
    return Score(limits, own, base)


def ranges_said(
    cases: Iterable[Case], days: Iterable[date], horizon: int, *, by_base: bool = False
) -> Iterator[Said]:
    """The range that was given on each of `days` for `horizon` days, by the base rate if asked for.

    `cases` are in the order of the days on which they were said.
    """
    by_day = {day: list(own) for day, own in groupby(cases, key=attrgetter("said_on"))}
    for day in days:
        until = day + timedelta(horizon)
        own = [case for case in by_day.get(day, ()) if case.due < until]
        chances = [case.base if by_base else case.chance for case in own]
        yield Said(day, counted(chances), sum(case.came for case in own))


def calibration(cases: Iterable[Case]) -> tuple[Band, ...]:
    """What came against what was said, for every band in which there are cases."""
    sorted_in: dict[int, list[Case]] = {}
    for case in cases:
        sorted_in.setdefault(min(int(case.chance * BANDS), BANDS - 1), []).append(case)
    return tuple(
        Band(
            at / BANDS,
            (at + 1) / BANDS,
            len(own),
            sum(case.chance for case in own) / len(own),
            sum(case.came for case in own) / len(own),
        )
        for at, own in sorted(sorted_in.items())
    )
