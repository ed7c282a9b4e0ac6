"""Checks of data quality: units without entries; missing, odd and late rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, exists, func, select
from sqlmodel import col

from data.figures.reading import alive
from data.figures.units import shows
from data.scope import Scope
from data.store.ordering import by_bytes
from models.grid import Unit
from models.kept import KeptFact
from models.ledger import Ledger
from models.rectification import Action, Finding, RectificationEvent
from models.report import Report, ReportScore
from models.rules.light import Light
from models.text import N_

MOST = 200


@dataclass(frozen=True, slots=True)
class Odd:
    """A row found by a check: its unit, and the ledger columns that identify it."""

    unit: str
    unit_name: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """A check and its result: its code in addresses, title, why it matters, the number of rows
    found, the first of them."""

    code: str
    title: str
    why: str
    count: int
    rows: tuple[Odd, ...]
    ledger: type[Ledger]


Rows = Select[*tuple[Any, ...]]
Find = Callable[[Scope], Rows]
"""A function from a scope to a query with the columns `unit`, `unit_name` and columns of the
ledger, named by their ids."""


def checks(connection: Connection, scope: Scope) -> tuple[Check, ...]:
    """Every check, applied to the data of `scope` as of its day."""
    made = []
    for code, title, why, find, ledger in CHECKS:
        wanted = find(scope)
        count = connection.scalar(select(func.count()).select_from(wanted.subquery())) or 0
        rows = connection.execute(wanted.limit(MOST)).mappings() if count else ()
        made.append(Check(code, title, why, count, tuple(map(_odd, rows)), ledger))
    return tuple(made)


def counts(connection: Connection, scope: Scope) -> Mapping[str, int]:
    """By code of a check, the number of rows that it finds in the data of `scope` on its day."""
    return {
        code: connection.scalar(select(func.count()).select_from(find(scope).subquery())) or 0
        for code, _title, _why, find, _ledger in CHECKS
    }


def _odd(row: RowMapping) -> Odd:
    values = dict(row)
    return Odd(values.pop("unit"), values.pop("unit_name"), values)


def _of_unit(*columns: Any) -> Rows:
    """The columns that every check selects: the unit's code and name, then `columns` of the row."""
    return select(col(Unit.code).label("unit"), col(Unit.name).label("unit_name"), *columns)


def _silent(scope: Scope) -> Rows:
    return (
        _of_unit(col(Unit.code))
        .join(KeptFact, col(KeptFact.unit) == col(Unit.code))
        .where(shows(Light.GREY, scope))
        .order_by(by_bytes(Unit.code))
    )


def _unplaced(scope: Scope) -> Rows:
    return (
        _of_unit(col(Unit.code))
        .where(col(Unit.subdistrict).is_(None), scope.holds())
        .order_by(by_bytes(Unit.code))
    )


def _findings(scope: Scope, *conditions: ColumnElement[bool]) -> Rows:
    return (
        _of_unit(col(Finding.code), col(Finding.title))
        .join(Unit, col(Unit.code) == col(Finding.unit))
        .where(scope.holds(), col(Finding.issued_on) <= scope.as_of, *conditions)
        .order_by(by_bytes(Finding.code))
    )


def _without_source(scope: Scope) -> Rows:
    return _findings(scope, col(Finding.project).is_(None))


def _without_item(scope: Scope) -> Rows:
    return _findings(scope, col(Finding.item).is_(None))


def _closed_at_once(scope: Scope) -> Rows:
    return _findings(
        scope,
        exists().where(
            col(RectificationEvent.finding) == col(Finding.code),
            col(RectificationEvent.action) == Action.CLOSE,
            col(RectificationEvent.on_date) == col(Finding.issued_on),
        ),
    )


def _often_moved(scope: Scope) -> Rows:
    moved = (
        select(col(RectificationEvent.finding))
        .where(
            col(RectificationEvent.action) == Action.EXTEND,
            col(RectificationEvent.on_date) <= scope.as_of,
        )
        .group_by(col(RectificationEvent.finding))
        .having(func.count() > 2)
    )
    return _findings(scope, col(Finding.code).in_(moved))


def _closed_without_money(scope: Scope) -> Rows:
    money = (
        select(func.coalesce(func.sum(col(RectificationEvent.amount)), 0))
        .where(
            col(RectificationEvent.finding) == col(Finding.code),
            col(RectificationEvent.on_date) <= scope.as_of,
        )
        .scalar_subquery()
    )
    closed = select(col(KeptFact.key)).where(
        col(KeptFact.measure) == "rectified", alive(scope.as_of)
    )
    return _findings(
        scope, col(Finding.amount) > 0, col(Finding.code).in_(closed), money < col(Finding.amount)
    )


def _unscored(scope: Scope) -> Rows:
    return (
        _of_unit(col(Report.kind), col(Report.year), col(Report.number), col(Report.submitted_on))
        .join(Unit, col(Unit.code) == col(Report.unit))
        .where(
            scope.holds(),
            col(Report.submitted_on) <= scope.as_of,
            ~exists().where(
                col(ReportScore.unit) == col(Report.unit),
                col(ReportScore.year) == col(Report.year),
                col(ReportScore.kind) == col(Report.kind),
                col(ReportScore.number) == col(Report.number),
                col(ReportScore.scored_on) <= scope.as_of,
            ),
        )
        .order_by(by_bytes(Unit.code), col(Report.year), by_bytes(Report.kind), col(Report.number))
    )


CHECKS: tuple[tuple[str, str, str, Find, type[Ledger]], ...] = (
    (
        "silent",
        N_("Units that have not reported anything"),
        N_("Nothing has come in from them; they are grey, never green."),
        _silent,
        Unit,
    ),
    (
        "unplaced",
        N_("Units without a subdistrict"),
        N_("They are missing on the map."),
        _unplaced,
        Unit,
    ),
    (
        "no-project",
        N_("Findings without a project"),
        N_("They count under the source “other”."),
        _without_source,
        Finding,
    ),
    (
        "no-item",
        N_("Findings without a content item"),
        N_("They cannot be set beside the coverage of the items."),
        _without_item,
        Finding,
    ),
    (
        "closed-at-once",
        N_("Findings closed on the day they were issued"),
        N_("Possible for what is rectified at once; otherwise a date is wrong."),
        _closed_at_once,
        Finding,
    ),
    (
        "often-moved",
        N_("Findings extended more than twice"),
        N_("A time limit that is always moved is none."),
        _often_moved,
        Finding,
    ),
    (
        "money-left",
        N_("Closed findings whose amount is not all rectified"),
        N_("The rate by number and the rate by amount drift apart here."),
        _closed_without_money,
        Finding,
    ),
    (
        "unscored",
        N_("Submitted reports without a score"),
        N_("They are left out of the report quality."),
        _unscored,
        Report,
    ),
)
"""For each check: its code, title, why it matters, how rows are found, and their ledger."""
