"""Major public funds: projects on a day, the age of unspent money, monthly flows, open warnings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Connection, Subquery, func, or_, select
from sqlmodel import col

from data.figures.breakdown import totals_by_day
from data.figures.catalogue import Figure, money
from data.figures.catalogue.figure import buckets_by
from data.figures.reading import Readings, alive, facts_of_scope, readings, totals_on
from data.scope import Scope
from models.fund import FundFlow, FundKind, FundProject, Stage
from models.grid import Unit
from models.kept import KeptFact
from models.rules.fund import AGES, unspent_by_age
from models.warning import Level

SPLIT = ("fund_approved", "fund_disbursed", "fund_spent", "fund_idle")
RATES = ("disbursement_rate", "spending_rate")
BY_KIND: tuple[Figure, ...] = tuple(
    figure.with_buckets(buckets_by(FundKind))
    for figure in money.FIGURES
    if figure.id in SPLIT + RATES
)
"""Figures that the catalogue has only as a whole, with buckets by kind of fund added here."""


@dataclass(frozen=True, slots=True)
class FundLine:
    """A project on a day, money in 分; `lying` is the unspent money in each span of AGES."""

    code: str
    name: str
    kind: FundKind
    unit: str
    unit_name: str
    approved: int
    approved_on: date
    finish_on: date | None
    disbursed: int
    spent: int
    lying: tuple[int, ...]

    @property
    def unspent(self) -> int:
        """The money disbursed and not yet spent."""
        return sum(self.lying)

    @property
    def idle(self) -> int:
        """The unspent money that was disbursed at least 90 days ago."""
        return sum(self.lying[1:])

    @property
    def overspent(self) -> int:
        """The money spent beyond what was disbursed; 0 if none."""
        return max(0, self.spent - self.disbursed)

    @property
    def overdrawn(self) -> int:
        """The money disbursed beyond what was approved; 0 if none."""
        return max(0, self.disbursed - self.approved)

    @property
    def judged_by(self) -> tuple[int, int]:
        """The two sums by which the project is judged: spent and disbursed of an overspent one,
        disbursed and approved of an overdrawn one, else spent and approved."""
        if self.overspent:
            return self.spent, self.disbursed
        return (self.disbursed if self.overdrawn else self.spent), self.approved

    def past_finish(self, day: date) -> bool:
        """Whether the planned completion is past and some of the approved money is unspent."""
        return self.finish_on is not None and self.finish_on < day and self.spent < self.approved


@dataclass(frozen=True, slots=True)
class FundFilter:
    """The filters of the list of projects; empty ones do not filter.

    `text` is a part of name, code or unit.
    """

    text: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Projects:
    """The projects on a day: how many, the age of their unspent money, and the first by each order.

    `lying` sums each span of AGES. `worst` starts with projects that exceed their approval or
    disbursement, then by idle money; `beyond` has all the former; `largest` is ordered by approval.
    `same_names` are the names that several of the projects have.
    """

    count: int
    lying: tuple[int, ...]
    past_finish: int
    worst: tuple[FundLine, ...]
    largest: tuple[FundLine, ...]
    beyond: tuple[FundLine, ...]
    same_names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Month:
    """Money disbursed and spent after `since` and up to `until`, in 分."""

    since: date
    until: date
    disbursed: int
    spent: int


@dataclass(frozen=True, slots=True)
class FundWarning:
    """An open warning about a project on a day: its rule, its level, since when it is open."""

    rule: str
    level: Level
    since: date
    project: FundLine


@dataclass(frozen=True, slots=True)
class FundWarnings:
    """The number of open warnings about projects by rule, and a list, red and oldest first."""

    counted: Mapping[str, int]
    lines: tuple[FundWarning, ...]


def by_kind(connection: Connection, scope: Scope) -> Readings:
    """The sums and rates of funds and of each kind, by figure and bucket ("fund_idle:TWO_NEW")."""
    return readings(totals_on(connection, scope), scope, BY_KIND, unknown=())


def projects(connection: Connection, scope: Scope, wanted: FundFilter, most: int) -> Projects:
    """The projects approved by the day that meet `wanted`, at most `most` in each order."""
    lines = list(_lines(connection, scope, _approved(scope, wanted)))
    beyond = sorted((line for line in lines if _beyond(line)), key=lambda line: -_beyond(line))
    return Projects(
        len(lines),
        tuple(sum(line.lying[place] for line in lines) for place in range(len(AGES))),
        sum(line.past_finish(scope.as_of) for line in lines),
        tuple(sorted(lines, key=_worst_first)[:most]),
        tuple(sorted(lines, key=lambda line: (-line.approved, line.code))[:most]),
        tuple(beyond[:most]),
        frozenset(
            name for name, times in Counter(line.name for line in lines).items() if times > 1
        ),
    )


def monthly(connection: Connection, scope: Scope, days: Sequence[date]) -> tuple[Month, ...]:
    """The money disbursed and spent between each of `days`, which are ascending, and the next."""
    measures = {"disbursed": "fund_disbursed", "spent": "fund_spent"}
    totals = totals_by_day(connection, scope, days, frozenset(measures.values()))
    sums = {
        day: {
            name: totals_of_day.get((measure, ""), (0, 0))[1] for name, measure in measures.items()
        }
        for day, totals_of_day in totals.items()
    }
    return tuple(
        Month(since, until, **{name: sums[until][name] - sums[since][name] for name in measures})
        for since, until in pairwise(sums)
    )


def warnings(connection: Connection, scope: Scope, most: int) -> FundWarnings:
    """The open warnings about fund projects of `scope`; at most `most` are listed."""
    rows: Iterable[Any] = connection.execute(
        select(col(KeptFact.bucket), col(KeptFact.starts_on), col(KeptFact.key)).where(
            col(KeptFact.measure) == "warning_open",
            col(KeptFact.ledger) == FundProject.id(),
            alive(scope.as_of),
            facts_of_scope(scope),
        )
    )
    open_facts = [(str(bucket), since, str(key)) for bucket, since, key in rows]
    codes = {key for _bucket, _since, key in open_facts}
    warned = col(FundProject.code).in_(codes)
    lines = {line.code: line for line in _lines(connection, scope, [warned])} if codes else {}
    found = sorted(
        (_warning(bucket, since, lines[key]) for bucket, since, key in open_facts if key in lines),
        key=_gravest_first,
    )
    counted: dict[str, int] = {}
    for warning in found:
        counted[warning.rule] = counted.get(warning.rule, 0) + 1
    return FundWarnings(counted, tuple(found[:most]))


def _approved(scope: Scope, wanted: FundFilter) -> list[ColumnElement[bool]]:
    """The SQL conditions for the projects of `scope` approved by its day that meet `wanted`."""
    conditions = [col(FundProject.approved_on) <= scope.as_of, scope.holds()]
    if wanted.kind:
        conditions.append(col(FundProject.kind) == wanted.kind)
    if wanted.text.strip():
        columns = (FundProject.name, FundProject.code, Unit.name, Unit.code)
        text = wanted.text.strip()
        conditions.append(or_(*(col(each).icontains(text, autoescape=True) for each in columns)))
    return conditions


def _lines(
    connection: Connection, scope: Scope, conditions: Sequence[ColumnElement[bool]]
) -> Iterator[FundLine]:
    disbursed = _disbursed(connection, scope, conditions)
    spent = _spent(scope)
    rows: Iterable[Any] = connection.execute(
        select(
            col(FundProject.code),
            col(FundProject.name),
            col(FundProject.kind),
            col(FundProject.unit),
            col(Unit.name).label("unit_name"),
            col(FundProject.approved),
            col(FundProject.approved_on),
            col(FundProject.finish_on),
            func.coalesce(spent.c.amount, 0).label("spent"),
        )
        .join(Unit, col(Unit.code) == col(FundProject.unit))
        .outerjoin(spent, spent.c.project == col(FundProject.code))
        .where(*conditions)
    )
    for row in rows:
        own, used = disbursed.get(row.code, ()), int(row.spent)
        yield FundLine(
            row.code,
            row.name,
            FundKind(row.kind),
            row.unit,
            row.unit_name,
            row.approved,
            row.approved_on,
            row.finish_on,
            disbursed=sum(amount for _, amount in own),
            spent=used,
            lying=unspent_by_age(own, used, scope.as_of),
        )


def _disbursed(
    connection: Connection, scope: Scope, conditions: Sequence[ColumnElement[bool]]
) -> Mapping[str, list[tuple[date, int]]]:
    """By project, the days and amounts of its disbursements up to the scope's day."""
    rows = connection.execute(
        select(col(FundFlow.project), col(FundFlow.on_date), col(FundFlow.amount))
        .join(FundProject, col(FundProject.code) == col(FundFlow.project))
        .join(Unit, col(Unit.code) == col(FundProject.unit))
        .where(*_by(scope, Stage.DISBURSED), *conditions)
    )
    payments_by_project: dict[str, list[tuple[date, int]]] = {}
    for project, on_date, amount in rows:
        payments_by_project.setdefault(project, []).append((on_date, amount))
    return payments_by_project


def _spent(scope: Scope) -> Subquery:
    """By project, the money spent up to the scope's day."""
    return (
        select(col(FundFlow.project), func.sum(col(FundFlow.amount)).label("amount"))
        .where(*_by(scope, Stage.SPENT))
        .group_by(col(FundFlow.project))
        .subquery()
    )


def _by(scope: Scope, stage: Stage) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(FundFlow.on_date) <= scope.as_of, col(FundFlow.stage) == stage


def _beyond(line: FundLine) -> int:
    return max(line.overspent, line.overdrawn)


def _worst_first(line: FundLine) -> tuple[int, int, int, str]:
    return -_beyond(line), -line.idle, -line.unspent, line.code


def _warning(bucket: str, since: date, project: FundLine) -> FundWarning:
    parts = bucket.split("/")
    rule = next(part for part in parts if part.startswith("rule="))
    return FundWarning(rule.removeprefix("rule="), Level(parts[0]), since, project)


def _gravest_first(warning: FundWarning) -> tuple[int, date, str, str]:
    return list(Level).index(warning.level), warning.since, warning.rule, warning.project.code
