"""Estimate chances on a day from the past, and test them on past months.

Both cover the whole district, so that a finding has the same chance whoever looks at it. They hold
only shares and sums; rows of units are read under a scope, in `data.outlook.expected`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from data.outlook.histories import FindingHistories, Histories, Known, ReportHistories
from models.days import month_ends
from models.rules import forecast_record
from models.rules.forecast_record import Case, Score
from models.rules.outlook import FURTHEST, Chance, Cohorts, Counts, Days, learn

MONTHS = 24
DAY_NUMBERS = date.max.toordinal() + 1
Answers = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Judged:
    """The forecasts made at the end of `month` for limits that have passed since, as columns.

    `items` and `units` are numbers; `due` are days as ordinals; `came` says which limits were
    missed.
    """

    month: date
    items: Days
    units: Days
    due: Days
    chances: Counts
    bases: Counts
    came: Answers


@dataclass(frozen=True, eq=False)
class Method:
    """What was learnt up to `day`, and the forecasts it would have made at the past `months`.

    `judged` has them by month; `items` and `units` are the names of its numbers.
    The months `by_date` lie before the first entry (`known_since`), so what was known then cannot
    be told: their forecasts use the dates of events as if each had been entered at once.
    """

    day: date
    cohorts: Cohorts
    months: tuple[date, ...]
    by_date: tuple[date, ...]
    known_since: date | None
    judged: tuple[Judged, ...]
    items: Sequence[str]
    units: Sequence[str]

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The forecasts that were made, in the order of the months."""
        return tuple(
            Case(
                each.month,
                self.items[item],
                self.units[unit],
                date.fromordinal(due),
                chance,
                base,
                came,
            )
            for each in self.judged
            for item, unit, due, chance, base, came in zip(
                each.items.tolist(),
                each.units.tolist(),
                each.due.tolist(),
                each.chances.tolist(),
                each.bases.tolist(),
                each.came.tolist(),
                strict=True,
            )
        )

    @cached_property
    def score(self) -> Score:
        """How good the forecasts for the whole district were.

        It is that of `cases`, of which there are too many in a city to be made for it.
        """
        if not self.judged:
            return forecast_record.score([])
        limits = np.concatenate([_limits(each.items, each.due) for each in self.judged])
        chances, bases, came = (
            np.concatenate(columns).tolist()
            for columns in zip(*((j.chances, j.bases, j.came) for j in self.judged), strict=True)
        )
        return forecast_record.score_of(len(np.unique(limits)), chances, bases, came)

    def shown(self, chance: Chance) -> float:
        """The chance to display: the group's if the record shows it is better, else the base."""
        return chance.own if self.score.is_better else chance.base


def of_findings(connection: Connection, day: date) -> Method:
    """The method for findings missing their time limits."""
    return _method(FindingHistories(connection), day)


def of_reports(connection: Connection, day: date) -> Method:
    """The method for reports being late."""
    return _method(ReportHistories(connection), day)


def _method(histories: Histories, day: date) -> Method:
    months = month_ends(day, MONTHS)[:-1]
    since = histories.known_since
    by_date = [each for each in months if since is None or each < since]
    now = histories.waits(day, as_known_then=False)
    missed = _Missed(now)
    judged = []
    for month in months:
        then = histories.waits(month, as_known_then=month not in by_date)
        learnt = learn(then.waits, month)
        if not learnt.is_empty:
            judged.append(_judged(then, learnt, month, day, missed))
    return Method(
        day,
        learn(now.waits, day),
        tuple(months),
        tuple(by_date),
        since,
        tuple(judged),
        histories.items,
        tuple(histories.units),
    )


def _limits(items: Days, due: Days) -> Days:
    """Items, and the days by which they were due, as one number each."""
    return items * DAY_NUMBERS + due


class _Missed:
    """Which limits were missed; of several waits for a limit the last one tells."""

    def __init__(self, known: Known) -> None:
        limits = _limits(known.items, known.waits.due)
        self._limits, from_the_end = np.unique(limits[::-1], return_index=True)
        self._went_over = known.waits.went_over[::-1][from_the_end].astype(np.bool_)

    def of(self, items: Days, due: Days) -> Answers:
        """Whether each limit was missed; one that is not known was not."""
        limits = _limits(items, due)
        if not len(self._limits):
            return np.zeros(len(limits), dtype=np.bool_)
        places = np.minimum(np.searchsorted(self._limits, limits), len(self._limits) - 1)
        came: Answers = self._went_over[places] & (self._limits[places] == limits)
        return came


def _judged(then: Known, learnt: Cohorts, month: date, day: date, missed: _Missed) -> Judged:
    """The forecasts made at the end of `month` for limits that have passed by `day`."""
    at, waits = month.toordinal(), then.waits
    days_left = waits.due - at
    ahead = (waits.starts <= at) & (at < waits.ends) & (days_left >= 0) & (days_left < FURTHEST)
    judged = then.where(ahead & (waits.due < day.toordinal()))
    items, due = judged.items, judged.waits.due
    own, base = learnt.shares(judged.waits, due - at)
    return Judged(month, items, judged.units, due, own, base, missed.of(items, due))


def complete(months: Sequence[date], horizon: int, day: date) -> list[date]:
    """Those of `months` for which the `horizon` days after the forecast have passed by `day`."""
    return [month for month in months if month + timedelta(horizon) <= day]
