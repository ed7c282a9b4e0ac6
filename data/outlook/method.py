"""How chances are worked out on a day, and the record of those that would have been given before.

Both are of the whole district, so that a finding has the same chance whoever looks at it. They hold
shares and sums only; rows of units come in with the scope of `data.outlook.expected`.
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
    """What was learnt by `day`, and the forecasts at the `months` before it with what came.

    Of `by_date`, the first of the months, what was known is not kept: the first entry is of
    `known_since`. Those forecasts are told by the dates of what happened, as if entered at once.
    """

    day: date
    cohorts: Cohorts
    months: tuple[date, ...]
    by_date: tuple[date, ...]
    known_since: date | None
    cases: tuple[Case, ...]

    @cached_property
    def score(self) -> Score:
        """How good the chances of the whole district were."""
        return forecast_record.score(self.cases)

    def shown(self, chance: Chance) -> float:
        """The chance to show: that of the group where the record bears it out, else the base."""
        return chance.own if self.score.is_better else chance.base


def of_findings(connection: Connection, day: date) -> Method:
    """The method for the time limits of findings."""
    return _method(FindingHistories(connection), day)


def of_reports(connection: Connection, day: date) -> Method:
    """The method for reports that are due."""
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
    """The months of which the `horizon` days after the forecast are over on `day`."""
    return [month for month in months if month + timedelta(horizon) <= day]
