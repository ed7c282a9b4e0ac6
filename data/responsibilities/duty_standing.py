"""Duties by item over the last year, and lists of those overdue and upcoming."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select
from sqlmodel import col

from data.scope import Scope
from data.store.ordering import by_bytes
from models.days import YEAR
from models.duty import Duty
from models.grid import Unit

AHEAD_DAYS = 30
"""How far ahead duties are listed."""


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """The duties of one item due in the last year; `done` includes those `on_time`."""

    item: str
    due: int
    done: int
    on_time: int

    @property
    def late(self) -> int:
        """The number done after their due day."""
        return self.done - self.on_time

    @property
    def missing(self) -> int:
        """The number not done."""
        return self.due - self.done


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """A duty not done by the day; `days` since its due day are negative while that is ahead."""

    unit: str
    unit_name: str
    item: str
    due_on: date
    days: int


@dataclass(frozen=True, slots=True)
class OpenDuties:
    """The number of open duties, and the listed ones."""

    number: int
    shown: tuple[OpenDuty, ...]


def by_item(
    connection: Connection, scope: Scope, items: tuple[str, ...]
) -> tuple[ItemStanding, ...]:
    """The counts of each of `items` with a duty due in the last year, in the order of `items`."""
    done = _done(scope)
    on_time = and_(done, col(Duty.done_on) <= col(Duty.due_on))
    found = connection.execute(
        select(col(Duty.item), func.count(), _number(done), _number(on_time))
        .join(Unit, col(Unit.code) == col(Duty.unit))
        .where(
            scope.holds(),
            col(Duty.due_on) <= scope.as_of,
            col(Duty.due_on) > scope.as_of - timedelta(YEAR),
        )
        .group_by(col(Duty.item))
    )
    standing = {row[0]: ItemStanding(*row) for row in found}
    return tuple(standing[item] for item in items if item in standing)


def overdue(
    connection: Connection, scope: Scope, items: tuple[str, ...], *, first: int, most: int
) -> OpenDuties:
    """Duties of `items` due in the last year and not done, the oldest first, from place `first`."""
    return _open(
        connection,
        scope,
        items,
        scope.as_of - timedelta(YEAR - 1),
        scope.as_of,
        first=first,
        most=most,
    )


def upcoming(
    connection: Connection, scope: Scope, items: tuple[str, ...], *, first: int, most: int
) -> OpenDuties:
    """Duties of `items` due within AHEAD_DAYS and not done, the next first, from place `first`."""
    after = scope.as_of + timedelta(AHEAD_DAYS + 1)
    return _open(connection, scope, items, scope.as_of, after, first=first, most=most)


def _open(
    connection: Connection,
    scope: Scope,
    items: tuple[str, ...],
    from_on: date,
    before: date,
    *,
    first: int,
    most: int,
) -> OpenDuties:
    wanted: Select[str, str, str, date] = (
        select(col(Unit.code), col(Unit.name), col(Duty.item), col(Duty.due_on))
        .join(Duty, col(Duty.unit) == col(Unit.code))
        .where(
            scope.holds(),
            col(Duty.item).in_(items),
            col(Duty.due_on) >= from_on,
            col(Duty.due_on) < before,
            or_(col(Duty.done_on).is_(None), col(Duty.done_on) > scope.as_of),
        )
    )
    number = connection.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    ordered = wanted.order_by(col(Duty.due_on), by_bytes(Unit.code), by_bytes(Duty.item))
    return OpenDuties(
        number,
        tuple(
            OpenDuty(unit, name, item, due_on, (scope.as_of - due_on).days)
            for unit, name, item, due_on in connection.execute(ordered.offset(first).limit(most))
        ),
    )


def _done(scope: Scope) -> ColumnElement[bool]:
    return and_(col(Duty.done_on).is_not(None), col(Duty.done_on) <= scope.as_of)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """The SQL count of rows that meet `condition`."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
