"""The ledgers that some units entered in the last year, but not all."""

from collections.abc import Callable, Set
from functools import lru_cache, partial

from sqlalchemy import ColumnElement, Connection, Select, exists, select
from sqlmodel import col

from data.coverage.entries import OWED, codes_of, day_of, unit_of, waiting_rows
from data.figures.units import in_grid
from data.ledgers.belonging import names_unit, owner_of, referred_ledger
from data.ledgers.rows import key_ids, table_of
from data.scope import Scope
from data.store import bulk
from models.grid import Unit
from models.kept import Import
from models.ledger import Ledger
from models.registry import BY_ID
from models.rules.trust import Trust, trust_of_entered, year_before

Units = Set[str]
"""Codes of units."""


def partly_entered(connection: Connection, scope: Scope) -> tuple[str, ...]:
    """The ledgers in `OWED` that some units of `scope`, but not all, entered in the last year."""
    owing = set(connection.scalars(select(col(Unit.code)).where(in_grid(scope))))
    waiting = waiting_rows(connection, scope, OWED)
    named_in = lru_cache(maxsize=None)(partial(_named_in, connection))

    def is_partial(ledger: str) -> bool:
        if not _has_rows(connection, scope, ledger):
            return False
        waiting_here = sum(waiting.get(ledger, {}).values())
        every_unit = not waiting_here and _all_entered(connection, scope, ledger, owing, named_in)
        trust = trust_of_entered(every_unit=every_unit, waiting=waiting_here)
        return trust is Trust.PARTIAL

    return tuple(ledger for ledger in OWED if is_partial(ledger)) if owing else ()


def _has_rows(connection: Connection, scope: Scope, ledger_id: str) -> bool:
    """Whether a unit of `scope` has a row dated by the scope's day."""
    ledger = BY_ID[ledger_id]
    unit, rows = unit_of(ledger, table_of(ledger))
    dated, rows = day_of(ledger, rows)
    found = select(unit).select_from(rows).where(dated <= scope.as_of, unit.in_(codes_of(scope)))
    return connection.scalar(found.limit(1)) is not None


def _all_entered(
    connection: Connection,
    scope: Scope,
    ledger_id: str,
    owing: Units,
    named_in: Callable[[str], Units],
) -> bool:
    """Whether each unit in `owing` has a row entered in the last year and dated by the scope's day.

    `named_in` tells which units the rows of a ledger name.
    """
    ledger = BY_ID[ledger_id]
    owner = owner_of(ledger)
    begins_with_owner = key_ids(ledger)[0] == owner.id and isinstance(ledger.DATED_BY, str)
    if names_unit(owner) and begins_with_owner:
        return owing <= _entered_by_unit(connection, scope, ledger)
    # A unit that no row names has entered none; one without findings has no events of any either.
    naming = ledger_id if names_unit(owner) else str(referred_ledger(owner))
    if not owing <= named_in(naming):
        return False
    entered = _entered_by_unit if begins_with_owner else _entered_by_row
    return owing <= entered(connection, scope, ledger)


def _entered_lately(scope: Scope, ledger: type[Ledger]) -> ColumnElement[bool]:
    """The SQL condition for rows that were entered in the year before the scope's day, or later."""
    recent = select(col(Import.number)).where(col(Import.day) > year_before(scope.as_of))
    return table_of(ledger).c.import_number.in_(recent)


def _named_in(connection: Connection, ledger_id: str) -> Units:
    """The units that rows of a ledger name, whatever their day."""
    ledger = BY_ID[ledger_id]
    return _codes(connection, select(table_of(ledger).c[owner_of(ledger).id]).distinct())


def _entered_by_row(connection: Connection, scope: Scope, ledger: type[Ledger]) -> Units:
    """The units with a row entered in the last year and dated by the scope's day, from all rows."""
    unit, rows = unit_of(ledger, table_of(ledger))
    dated, rows = day_of(ledger, rows)
    statement = select(unit).select_from(rows).where(dated <= scope.as_of)
    return _codes(connection, statement.where(_entered_lately(scope, ledger)).distinct())


def _entered_by_unit(connection: Connection, scope: Scope, ledger: type[Ledger]) -> Units:
    """The same units of `scope`, for a ledger whose key begins with the unit, or with the row that
    names it: of each unit or such row only the first row is looked up."""
    owner, table = owner_of(ledger), table_of(ledger)
    assert isinstance(ledger.DATED_BY, str), "its rows have days of their own"
    target = Unit if names_unit(owner) else BY_ID[str(referred_ledger(owner))]
    named, [key] = table_of(target), key_ids(target)
    unit = named.c.code if target is Unit else named.c[owner_of(target).id]
    with_row = exists().where(
        table.c[owner.id] == named.c[key],
        table.c[ledger.DATED_BY] <= scope.as_of,
        _entered_lately(scope, ledger),
    )
    return _codes(connection, select(unit).where(with_row, unit.in_(codes_of(scope))).distinct())


def _codes(connection: Connection, statement: Select[tuple[str]]) -> Units:
    """The codes of units that a query names, fetched at once: another thread is at work."""
    [codes] = bulk.fetch_columns(connection, statement)
    return set(codes)
