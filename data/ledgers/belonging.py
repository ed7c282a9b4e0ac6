"""The units to which a row belongs and the rows to which it refers, as its class declares."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, false, or_, select

from data.ledgers.rows import fetch_by, key_ids, table_of
from models.declarations import Referred
from models.grid import Unit
from models.kinds import Refers
from models.ledger import Column, Ledger
from models.registry import BY_ID, LEDGERS
from models.rules.fact import NO_UNIT

Row = Mapping[str, Any]
"""A row of a ledger by column id."""


class Reference(NamedTuple):
    """Columns of `ledger` that hold the key of a row of `target`.

    A `loose` reference may also hold text that is no key.
    """

    ledger: type[Ledger]
    columns: tuple[Column, ...]
    target: str
    loose: bool = False

    def key(self, row: Row) -> tuple[Any, ...]:
        """The key that `row` refers to, a value for each key column of the target."""
        return tuple(row[column.id] for column in self.columns)


def references_of(ledger: type[Ledger]) -> Iterator[Reference]:
    """The references of `ledger`: those of one column in their order, then the composite ones."""
    for column in ledger.columns:
        if target := referred_ledger(column):
            yield Reference(ledger, (column,), target)
        elif column.may_refer:
            yield Reference(ledger, (column,), column.may_refer, loose=True)
    for composite in ledger.COMPOSITE:
        columns = tuple(map(ledger.column, composite.columns))
        yield Reference(ledger, columns, composite.ledger)


def references_to(target: str) -> Iterator[Reference]:
    """The references of all ledgers to `target`."""
    for ledger in LEDGERS:
        for reference in references_of(ledger):
            if reference.target == target:
                yield reference


def referred_ledger(column: Column) -> str | None:
    """The id of the ledger to which `column` refers."""
    return column.kind.ledger if isinstance(column.kind, Refers) else None


def owner_of(ledger: type[Ledger]) -> Column:
    """The column that says for which unit a row of `ledger` counts; `ValueError` if none does."""
    owner = ledger.owner()
    if owner is None:
        raise ValueError(f"rows of {ledger.id()} count for no unit")
    return owner


def unit_columns(ledger: type[Ledger]) -> tuple[Column, ...]:
    """The columns of `ledger` by which a row is assigned to units."""
    return tuple(column for column in ledger.columns if column.owner or column.party)


def names_unit(column: Column) -> bool:
    """Whether the values of a column of `unit_columns` are units, not rows that belong to one."""
    return referred_ledger(column) in (None, Unit.id())


def borrowers_of(ledger: type[Ledger]) -> Iterator[tuple[type[Ledger], Referred]]:
    """The ledgers that borrow columns from `ledger`, each with what it borrows."""
    for other in LEDGERS:
        for referred in other.BORROWS:
            if referred_ledger(other.column(referred.by)) == ledger.id():
                yield other, referred


def belongs_to(ledger: type[Ledger], units: Select[Any]) -> ColumnElement[bool]:
    """The SQL condition that a row of `ledger` belongs to one of `units`, a query of their
    codes."""
    table = table_of(ledger)
    conditions = (
        table.c[column.id].in_(units if names_unit(column) else _keys_of(column, units))
        for column in unit_columns(ledger)
    )
    return or_(false(), *conditions)


def _keys_of(column: Column, units: Select[Any]) -> Select[Any]:
    """The keys of the rows to which `column` refers and which belong to `units`."""
    target = BY_ID[str(referred_ledger(column))]
    [key] = key_ids(target)
    return select(table_of(target).c[key]).where(belongs_to(target, units))


def units_of(
    connection: Connection, ledger: type[Ledger], rows: Sequence[Row]
) -> list[frozenset[str]]:
    """The units to which each of `rows` of `ledger` belongs; `NO_UNIT` is the district."""
    district = {NO_UNIT} if ledger.COUNTS_FOR_DISTRICT else set()
    units_of_rows = [district.copy() for _ in rows]
    for column in unit_columns(ledger):
        keys = {row[column.id] for row in rows if row[column.id] is not None}
        units = _units_by_key(connection, column, keys)
        for row, own in zip(rows, units_of_rows, strict=True):
            own |= units.get(row[column.id], frozenset())
    return list(map(frozenset, units_of_rows))


def _units_by_key(
    connection: Connection, column: Column, keys: Collection[Any]
) -> dict[Any, frozenset[str]]:
    """By value of `column`, the units to which it leads."""
    if names_unit(column):
        return {key: frozenset([key]) for key in keys}
    target = BY_ID[str(referred_ledger(column))]
    [key] = key_ids(target)
    columns = (key, *(each.id for each in unit_columns(target)))
    rows = [
        dict(zip(columns, values, strict=True))
        for values in fetch_by(connection, target, columns, key, keys)
    ]
    units = units_of(connection, target, rows)
    return {row[key]: own for row, own in zip(rows, units, strict=True)}
