"""Reads the ledger rows that count for some units, each with the little it borrows from others."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, FromClause, Select, bindparam, select

from data.ledgers.belonging import names_unit, owner_of, referred_ledger
from data.ledgers.rows import ids, key_ids, table_of
from models.declarations import Referred
from models.grid import Unit
from models.ledger import Column, Ledger
from models.registry import BY_ID, LEDGERS
from models.rules.unit import UnitRows, borrowed_name

AT_ONCE = 100
"""Units read together: enough to keep queries few, few enough to keep memory small."""
OWNER = "row_owner"
UNITS = "row_owners"
"""The parameter that holds the codes of the units."""


def rows_of(connection: Connection, units: Sequence[str]) -> Iterator[UnitRows]:
    """The rows of each of `units`, in their order; a unit that is not kept is left out."""
    for first in range(0, len(units), AT_ONCE):
        yield from _chunk(connection, units[first : first + AT_ONCE])


def _chunk(connection: Connection, units: Sequence[str]) -> Iterator[UnitRows]:
    asked = {UNITS: list(units)}
    kept_units = cast(Iterable[Unit], connection.execute(_statement(Unit), asked))
    by_code = {unit.code: UnitRows(unit) for unit in kept_units}
    for ledger in LEDGERS:
        if ledger is Unit or ledger.owner() is None:
            continue
        # Plain rows carry the ledger's attribute names and cost a tenth of its objects.
        for row in connection.execute(_statement(ledger), asked).all():
            by_code[row[-1]].add(ledger, row)
    yield from (by_code[unit] for unit in units if unit in by_code)


@cache
def _statement(ledger: type[Ledger]) -> Select[Any]:
    """The rows of `ledger` that count for the units of the parameter `UNITS`: its columns, what it
    borrows, the unit.

    Made once for each ledger: that takes as long as to ask for the rows of a few units.
    """
    joined = _Joined(ledger)
    unit = joined.unit(owner_of(ledger))
    borrowed = [
        joined.referred(each, outer=True).label(borrowed_name(each)) for each in ledger.BORROWS
    ]
    columns = [joined.table.c[each] for each in ids(ledger)]
    return (
        select(*columns, *borrowed, unit.label(OWNER))
        .select_from(joined.all)
        .where(unit.in_(bindparam(UNITS, expanding=True)))
    )


class _Joined:
    """The table of a ledger with those that its references lead to."""

    def __init__(self, ledger: type[Ledger]) -> None:
        self._ledger = ledger
        self.table = table_of(ledger)
        self.all: FromClause = self.table
        self._targets: dict[str, Any] = {}

    def unit(self, owner: Column) -> Any:
        """The column with the unit for which a row counts."""
        table, path = self.table, owner.id
        while not names_unit(owner):
            table = self._join(table, owner, path, outer=False)
            owner = owner_of(BY_ID[str(referred_ledger(owner))])
            path = f"{path}_{owner.id}"
        return table.c[owner.id]

    def referred(self, referred: Referred, *, outer: bool) -> Any:
        """A column of the row that a reference names."""
        reference = self._ledger.column(referred.by)
        return self._join(self.table, reference, referred.by, outer=outer).c[referred.column]

    def _join(self, table: Any, reference: Column, name: str, *, outer: bool) -> Any:
        if name in self._targets:
            return self._targets[name]
        ledger = BY_ID[str(referred_ledger(reference))]
        target = self._targets[name] = table_of(ledger).alias(f"of_{name}")
        [key] = key_ids(ledger)
        on = table.c[reference.id] == target.c[key]
        self.all = self.all.join(target, on, isouter=outer)
        return target
