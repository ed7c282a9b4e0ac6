"""Disposals (清理盘活) on a day: sums by kind and by method, and a list with the worst first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select
from sqlmodel import col

from data.ledgers.rows import ids
from data.scope import Scope
from data.store.ordering import by_bytes
from models.disposal import Disposal, DisposalKind, DisposalState, Method
from models.grid import Unit
from models.kinds import EARLIEST, LATEST
from models.rules.disposal import disposal_state


@dataclass(frozen=True, slots=True)
class KindSums:
    """The sums of one kind of disposal: numbers found, done and late, and the money recovered in
    分.

    `quantity` counts posts for idle posts, and items for the others.
    """

    found: int = 0
    done: int = 0
    late: int = 0
    quantity_found: int = 0
    quantity_done: int = 0
    value_open: int = 0
    recovered: int = 0

    @property
    def ongoing(self) -> int:
        """The number of disposals that are neither done nor late."""
        return self.found - self.done - self.late

    def __add__(self, other: "KindSums") -> "KindSums":
        names = self.__dataclass_fields__
        return KindSums(*(getattr(self, name) + getattr(other, name) for name in names))


@dataclass(frozen=True, slots=True)
class MethodSums:
    """The number of disposals done by one method, and the money they recovered in 分."""

    done: int
    recovered: int


@dataclass(frozen=True, slots=True)
class DisposalLine:
    """A disposal on a day: `days` past its limit, 0 if it is not late; money in 分."""

    code: str
    name: str
    kind: DisposalKind
    unit: str
    unit_name: str
    quantity: int
    value: int | None
    found_on: date
    due_on: date
    done_on: date | None
    method: Method | None
    recovered: int | None
    state: DisposalState
    days: int


@dataclass(frozen=True, slots=True)
class DisposalFilter:
    """The filters of the list of disposals; empty ones do not filter.

    `text` is a part of name, code or unit; `method` selects only disposals that are done.
    """

    text: str = ""
    kind: str = ""
    state: str = ""
    method: str = ""


def by_kind(connection: Connection, scope: Scope) -> Mapping[DisposalKind, KindSums]:
    """By kind, the sums of the disposals found in units of `scope` by its day."""
    done, late = _done(scope.as_of), _late(scope.as_of)
    quantity, value = col(Disposal.quantity), col(Disposal.value)
    rows = connection.execute(
        _disposals(
            scope,
            col(Disposal.kind),
            func.count(),
            _sum(done, 1),
            _sum(late, 1),
            func.sum(quantity),
            _sum(done, quantity),
            _sum(~done, func.coalesce(value, 0)),
            _sum(done, func.coalesce(col(Disposal.recovered), 0)),
        ).group_by(col(Disposal.kind))
    )
    sums_by_kind = {kind: KindSums(*map(int, sums)) for kind, *sums in rows}
    return {kind: sums_by_kind.get(kind, KindSums()) for kind in DisposalKind}


def by_method(connection: Connection, scope: Scope) -> Mapping[Method, MethodSums]:
    """By method, the disposals done by the day; the most frequent method first."""
    recovered = func.coalesce(func.sum(func.coalesce(col(Disposal.recovered), 0)), 0)
    rows = connection.execute(
        _disposals(scope, col(Disposal.method), func.count(), recovered)
        .where(_done(scope.as_of), col(Disposal.method).is_not(None))
        .group_by(col(Disposal.method))
        .order_by(func.count().desc(), by_bytes(Disposal.method))
    )
    return {Method(method): MethodSums(int(done), int(money)) for method, done, money in rows}


def count(connection: Connection, scope: Scope, wanted: DisposalFilter) -> int:
    """The number of disposals that meet `wanted`."""
    return connection.scalar(_narrowed(_disposals(scope, func.count()), scope, wanted)) or 0


def lines(
    connection: Connection, scope: Scope, wanted: DisposalFilter, most: int
) -> tuple[DisposalLine, ...]:
    """At most `most` disposals that meet `wanted`: the longest late, then open ones by limit.

    Those done come last, the latest first.
    """
    done, late = _done(scope.as_of), _late(scope.as_of)
    statement = _disposals(
        scope,
        *(getattr(Disposal, name) for name in ids(Disposal)),
        col(Unit.name).label("unit_name"),
    )
    ordered = _narrowed(statement, scope, wanted).order_by(
        case((late, 0), (done, 2), else_=1),
        case((done, LATEST), else_=col(Disposal.due_on)),
        case((done, col(Disposal.done_on)), else_=EARLIEST).desc(),
        by_bytes(Disposal.code),
    )
    return tuple(_line(row, scope.as_of) for row in connection.execute(ordered.limit(most)))


def _disposals(scope: Scope, *columns: Any) -> Select[Any]:
    """The query for `columns` of the disposals found in units of `scope` by its day."""
    return (
        select(*columns)
        .select_from(Disposal)
        .join(Unit, col(Unit.code) == col(Disposal.unit))
        .where(col(Disposal.found_on) <= scope.as_of, scope.holds())
    )


def _narrowed(statement: Select[Any], scope: Scope, wanted: DisposalFilter) -> Select[Any]:
    done, late = _done(scope.as_of), _late(scope.as_of)
    states = {
        DisposalState.DONE: done,
        DisposalState.LATE: late,
        DisposalState.ONGOING: and_(~done, ~late),
    }
    if wanted.kind:
        statement = statement.where(col(Disposal.kind) == wanted.kind)
    if wanted.state:
        statement = statement.where(states[DisposalState(wanted.state)])
    if wanted.method:
        statement = statement.where(done, col(Disposal.method) == wanted.method)
    if text := wanted.text.strip():
        columns = (Disposal.name, Disposal.code, Unit.name, Unit.code)
        says = (col(column).icontains(text, autoescape=True) for column in columns)
        statement = statement.where(or_(*says))
    return statement


def _done(day: date) -> ColumnElement[bool]:
    # `done_on` may be NULL, which would make both the condition and its negation NULL.
    return and_(col(Disposal.done_on).is_not(None), func.coalesce(Disposal.done_on, LATEST) <= day)


def _late(day: date) -> ColumnElement[bool]:
    return and_(~_done(day), col(Disposal.due_on) < day)


def _sum(condition: ColumnElement[bool], value: Any) -> Any:
    return func.sum(case((condition, value), else_=0))


def _line(row: Any, day: date) -> DisposalLine:
    state = disposal_state(row.due_on, row.done_on, day)
    done = state is DisposalState.DONE
    return DisposalLine(
        row.code,
        row.name,
        DisposalKind(row.kind),
        row.unit,
        row.unit_name,
        row.quantity,
        row.value,
        row.found_on,
        row.due_on,
        row.done_on if done else None,
        Method(row.method) if done and row.method else None,
        row.recovered if done else None,
        state,
        (day - row.due_on).days if state is DisposalState.LATE else 0,
    )
