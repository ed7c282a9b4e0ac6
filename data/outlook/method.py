"""Estimate chances on a day from the past, and test them on past months.

Both cover the whole district, so that a finding has the same chance whoever looks at it. They hold
only shares and sums; rows of units are read under a scope, in `data.outlook.expected`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import Connection

from data.outlook.histories import FindingHistories, Histories, ReportHistories
from models.days import month_ends
from models.rules import forecast_record
from models.rules.forecast_record import Case, Score
from models.rules.outlook import FURTHEST, Chance, Cohorts, as_columns, learn

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
    came = {(wait.item, wait.due): wait.went_over for wait in now}
    cases: list[Case] = []
    for month in months:
        then = histories.waits(month, as_known_then=month not in by_date)
        cohorts = learn(as_columns(then), month)
        for wait in then:
            days_left = (wait.due - month).days
            ahead = wait.starts_on <= month < wait.ends_on and 0 <= days_left < FURTHEST
            chance = cohorts.chance(wait.group, wait.state, days_left) if ahead else None
            if chance is None or wait.due >= day:
                continue
            passed = came.get((wait.item, wait.due), False)
            cases.append(
                Case(month, wait.item, wait.unit, wait.due, chance.own, chance.base, passed)
            )
    return Method(
        day, learn(as_columns(now), day), tuple(months), tuple(by_date), since, tuple(cases)
    )


def complete(months: Sequence[date], horizon: int, day: date) -> list[date]:
    """Those of `months` for which the `horizon` days after the forecast have passed by `day`."""
    return [month for month in months if month + timedelta(horizon) <= day]
