"""Estimate chances on a day from the past, and test them on past months.

Both cover the whole district, so that a finding has the same chance whoever looks at it. They hold
only shares and sums; rows of units are read under a scope, in `data.outlook.expected`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import Connection

from data.outlook.histories import FindingHistories, Histories, Known, ReportHistories
from models.days import month_ends
from models.rules import forecast_record
from models.rules.forecast_record import Case, Score
from models.rules.outlook import FURTHEST, Chance, Cohorts, learn

MONTHS = 24


@dataclass(frozen=True, eq=False)
class Method:
    """What was learnt up to `day`, and the forecasts it would have made at the past `months`.

    The months `by_date` lie before the first entry (`known_since`), so what was known then cannot
    be told: their forecasts use the dates of events as if each had been entered at once.
    """

    day: date
    cohorts: Cohorts
    months: tuple[date, ...]
    by_date: tuple[date, ...]
    known_since: date | None
    cases: tuple[Case, ...]

    @cached_property
    def score(self) -> Score:
        """How good the forecasts for the whole district were."""
        return forecast_record.score(self.cases)

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
    missed = _missed(now)
    cases: list[Case] = []
    for month in months:
        then = histories.waits(month, as_known_then=month not in by_date)
        cases += _cases(then, learn(then.waits, month), month, day, missed)
    return Method(day, learn(now.waits, day), tuple(months), tuple(by_date), since, tuple(cases))


Limit = tuple[str, int]
"""An item, and the number of the day by which it was due."""


def _missed(known: Known) -> dict[Limit, bool]:
    """By limit, whether it was missed; of several waits for a limit the last one tells."""
    waits = known.waits
    limits = zip(known.items, waits.due.tolist(), strict=True)
    return dict(zip(limits, map(bool, waits.went_over.tolist()), strict=True))


def _cases(
    then: Known, learnt: Cohorts, month: date, day: date, missed: Mapping[Limit, bool]
) -> Iterator[Case]:
    """The forecasts made at the end of `month` for limits that have passed by `day`."""
    if learnt.is_empty:
        return
    at, waits = month.toordinal(), then.waits
    days_left = waits.due - at
    ahead = (waits.starts <= at) & (at < waits.ends) & (days_left >= 0) & (days_left < FURTHEST)
    judged = then.where(ahead & (waits.due < day.toordinal()))
    own, base = learnt.shares(judged.waits, judged.waits.due - at)
    for item, unit, due, chance, base_rate in zip(
        judged.items,
        judged.units,
        judged.waits.due.tolist(),
        own.tolist(),
        base.tolist(),
        strict=True,
    ):
        passed = missed.get((item, due), False)
        yield Case(month, item, unit, date.fromordinal(due), chance, base_rate, passed)


def complete(months: Sequence[date], horizon: int, day: date) -> list[date]:
    """Those of `months` for which the `horizon` days after the forecast have passed by `day`."""
    return [month for month in months if month + timedelta(horizon) <= day]
