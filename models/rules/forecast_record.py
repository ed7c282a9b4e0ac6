"""The record of forecasts: those made at the end of each month against what happened."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from models.rules.expected import Expected, counted

LEAST_CASES = 50
"""With fewer cases the chances are not judged."""
BANDS = 10
"""Bands of equal width into which chances are sorted to be compared with what came."""


class Case(NamedTuple):
    """A limit ahead on `said_on`: its chance, the base rate then, and whether it was missed."""

    said_on: date
    item: str
    unit: str
    due: date
    chance: float
    base: float
    came: bool


class Score(NamedTuple):
    """How good chances were: Brier scores, the mean squared error; lower is better.

    `limits` is the number of different limits; each may be judged at several month ends. The scores
    are None without cases.
    """

    limits: int
    brier: float | None
    brier_base: float | None

    @property
    def is_enough(self) -> bool:
        """Whether there are enough cases for a judgement."""
        return self.limits >= LEAST_CASES

    @property
    def is_better(self) -> bool:
        """Whether chances may be displayed: enough cases, and a better score than the base rate."""
        if self.brier is None or self.brier_base is None:
            return False
        return self.is_enough and self.brier < self.brier_base


class Said(NamedTuple):
    """A range that was forecast on a day, and what happened."""

    said_on: date
    expected: Expected
    came: int

    @property
    def held(self) -> bool:
        """Whether the actual number lay in the range."""
        return self.expected.holds(self.came)


class Band(NamedTuple):
    """The chances from `low` to below `high`: their number, their mean, the share that came
    true."""

    low: float
    high: float
    cases: int
    said: float
    came: float


def score(cases: Sequence[Case]) -> Score:
    """The scores of `cases`."""
    limits = len({(case.item, case.due) for case in cases})
    came = [case.came for case in cases]
    return score_of(limits, [case.chance for case in cases], [case.base for case in cases], came)


def score_of(
    limits: int, chances: Sequence[float], bases: Sequence[float], came: Sequence[bool]
) -> Score:
    """The scores of cases about so many different `limits`: their chances, base rates, and whether
    each was missed, in one order."""
    if not came:
        return Score(0, None, None)
    return Score(limits, _brier(chances, came), _brier(bases, came))


def _brier(said: Sequence[float], came: Sequence[bool]) -> float:
    return sum((chance - each) ** 2 for chance, each in zip(said, came, strict=True)) / len(came)


def ranges_said(
    cases: Iterable[Case], days: Iterable[date], horizon: int, *, by_base: bool = False
) -> Iterator[Said]:
    """The ranges forecast on each of `days` for `horizon` days, with `by_base` from the base rate.

    `cases` must be ordered by the day of the forecast.
    """
    by_day = {day: list(own) for day, own in groupby(cases, key=attrgetter("said_on"))}
    for day in days:
        until = day + timedelta(horizon)
        own = [case for case in by_day.get(day, ()) if case.due < until]
        chances = [case.base if by_base else case.chance for case in own]
        yield Said(day, counted(chances), sum(case.came for case in own))


def calibration(cases: Iterable[Case]) -> tuple[Band, ...]:
    """Forecast and actual shares for every band with cases."""
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
