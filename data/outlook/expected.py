"""Forecasts for a node: time limits that will be missed, the money at stake, late reports."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import nsmallest
from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlmodel import col

from data.findings.lines import FindingLine, lines
from data.outlook.method import Method, complete
from data.outlook.open_limits import OpenLimit, open_limits
from data.scope import Scope
from models.grid import Unit
from models.report import Report
from models.rules import forecast_record
from models.rules.expected import Expected, counted, summed
from models.rules.forecast_record import Said, Score
from models.rules.limits import OWED, group_of_finding
from models.rules.outlook import Chance

Alike = tuple[tuple[str, ...], str, int]
"""What the chance of a limit depends on: its group, its state and the days to it."""
HORIZONS = (30, 90)
"""The numbers of days ahead for which there are forecasts."""
DRIVING = 50
"""The number of findings that are named as the likeliest to miss their limit."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """An open finding whose limit is ahead, with its chance of missing it (None if unknown).

    `shown` is the chance to display: that of its group or the base rate.
    """

    line: FindingLine
    chance: Chance | None
    shown: float | None

    @property
    def at_stake(self) -> int:
        """The money in it not yet put right, in 分."""
        return (self.line.finding.amount or 0) - (self.line.put_right or 0)


class _Likely(NamedTuple):
    """An open finding whose limit is ahead, and its chance to display (None if unknown)."""

    limit: OpenLimit
    shown: float | None


@dataclass(frozen=True, slots=True)
class Horizon:
    """The forecast for the next `days`; None where there was nothing to learn from.

    `findings` and `reports` are pairs: the expected number of missed limits, and the number of
    limits that fall into these days. `money` is in 分.
    """

    days: int
    findings: Expected | None
    money: Expected | None
    reports: Expected | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The forecasts for a node, and the findings most likely to miss their limit.

    `driving` are the likeliest of `with_chance` findings that have a chance and whose limit falls
    into the days ahead.
    """

    horizons: tuple[Horizon, ...]
    driving: tuple[Ahead, ...]
    with_chance: int


@dataclass(frozen=True, slots=True)
class Record:
    """Past forecasts for a node against what happened: the ranges by horizon, and the scores."""

    said: dict[int, tuple[Said, ...]]
    score: Score


def outlook(
    connection: Connection, scope: Scope, findings: Method, reports: Method, most: int = DRIVING
) -> Outlook:
    """The forecast for `scope`, by the methods learnt for findings and reports up to its day.

    `most` is the greatest number of findings in `driving`; 0 reads no whole finding.
    """
    until = scope.as_of + timedelta(max(HORIZONS))
    limits = open_limits(connection, scope, until)
    ahead = list(_with_chances(limits, scope.as_of, findings))
    owed = _owed_reports(connection, scope, reports)
    horizons = tuple(_horizon(scope.as_of, days, ahead, owed) for days in HORIZONS)
    driving = [each for each in ahead if each.shown is not None]
    codes = [each.limit.code for each in nsmallest(most, driving, key=_likeliest)]
    whole = lines(connection, codes, scope.as_of)
    likeliest = tuple(chance_of(line, scope.as_of, findings) for line in whole)
    return Outlook(horizons, likeliest, len(driving))


def _with_chances(limits: Iterable[OpenLimit], day: date, method: Method) -> Iterator[_Likely]:
    shown: dict[Alike, float | None] = {}
    for limit in limits:
        alike = limit.group, limit.state, (limit.due - day).days
        yield _Likely(limit, _shown_once(shown, alike, method))


def _likeliest(each: _Likely) -> tuple[object, ...]:
    return -(each.shown or 0), -each.limit.at_stake, each.limit.due, each.limit.code


def chance_of(line: FindingLine, day: date, method: Method) -> Ahead:
    """The chance that an open finding, whose limit is ahead of `day`, misses it."""
    finding, standing = line.finding, line.standing
    group = group_of_finding(finding.rect_type, finding.severity, line.unit_kind, line.extended)
    chance = method.cohorts.chance(group, standing.state, (standing.due - day).days)
    return Ahead(line, chance, None if chance is None else method.shown(chance))


def record(connection: Connection, scope: Scope, method: Method) -> Record:
    """How well forecasts by `method` have done for the units of `scope`."""
    units = set(connection.scalars(select(col(Unit.code)).where(scope.holds())))
    cases = [case for case in method.cases if case.unit in units]
    said = {
        days: tuple(
            forecast_record.ranges_said(
                cases,
                complete(method.months, days, method.day),
                days,
                by_base=not method.score.is_better,
            )
        )
        for days in HORIZONS
    }
    return Record(said, forecast_record.score(cases))


def _owed_reports(
    connection: Connection, scope: Scope, method: Method
) -> list[tuple[date, float | None]]:
    """The due days of reports not yet in, each with its chance of being late."""
    until = scope.as_of + timedelta(max(HORIZONS))
    found = connection.execute(
        select(col(Report.due_on), col(Report.kind), col(Unit.kind), col(Report.submitted_on))
        .join(Unit, col(Unit.code) == col(Report.unit))
        .where(scope.holds(), col(Report.due_on) >= scope.as_of, col(Report.due_on) < until)
    )
    shown: dict[Alike, float | None] = {}
    owed: list[tuple[date, float | None]] = []
    for due_on, kind, unit_kind, submitted_on in found:
        if submitted_on is not None and submitted_on <= scope.as_of:
            continue
        alike = (kind, unit_kind), OWED, (due_on - scope.as_of).days
        owed.append((due_on, _shown_once(shown, alike, method)))
    return owed


def _shown_once(shown: dict[Alike, float | None], alike: Alike, method: Method) -> float | None:
    """The chance to display of all limits that are `alike`, kept in `shown`; None if unknown."""
    if alike not in shown:
        chance = method.cohorts.chance(*alike)
        shown[alike] = None if chance is None else method.shown(chance)
    return shown[alike]


def _horizon(
    day: date, days: int, ahead: Sequence[_Likely], owed: Sequence[tuple[date, float | None]]
) -> Horizon:
    until = day + timedelta(days)
    falling = [each for each in ahead if each.limit.due < until]
    chances = _all_known([each.shown for each in falling])
    of_reports = _all_known([chance for due_on, chance in owed if due_on < until])
    amounts = [each.limit.at_stake for each in falling]
    return Horizon(
        days,
        None if chances is None else counted(chances),
        None if chances is None else summed(chances, amounts),
        None if of_reports is None else counted(of_reports),
    )


def _all_known(chances: Sequence[float | None]) -> list[float] | None:
    known = [chance for chance in chances if chance is not None]
    return known if len(known) == len(chances) else None
