"""Find the units whose facts may change through an import."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from data.intake.checks.arriving import sound
from data.intake.checks.prospect import Prospect
from data.ledgers.belonging import (
    borrowers_of,
    names_unit,
    owner_of,
    referred_ledger,
    unit_columns,
    units_of,
)
from data.ledgers.rows import by_column, fetch_by, ids, key_ids
from models.ledger import Column, Ledger
from models.registry import BY_ID
from models.rules.fact import NO_UNIT


def touched_units(prospect: Prospect) -> set[str]:
    """The codes of the touched units; `NO_UNIT` is the district.

    A row that changes its unit touches both the old unit and the new one.
    """
    units: set[str] = set()
    for arriving in prospect.arriving.values():
        if len(arriving.equal) == len(arriving.rows):
            continue
        if arriving.ledger.COUNTS_FOR_DISTRICT:
            units.add(NO_UNIT)
        for column in unit_columns(arriving.ledger):
            pick = arriving.pick(column.id)
            values = {pick(row) for _, (_, row) in arriving.touched()}
            values |= {pick(row) for row in arriving.before.values()}
            units.update(_units(prospect, column, values))
        units.update(_of_borrowers(prospect, arriving.ledger.id()))
    return units


def _units(prospect: Prospect, column: Column, values: Collection[Any]) -> Iterator[str]:
    """The units that `values` of `column` lead to."""
    if names_unit(column):
        yield from (value for value in values if sound(value))
        return
    target = str(referred_ledger(column))
    for each in unit_columns(BY_ID[target]):
        units = set(prospect.lookup(target, values, (each.id,)).values())
        yield from _units(prospect, each, units)


def _of_borrowers(prospect: Prospect, ledger: str) -> Iterator[str]:
    """The units whose rows take values from rows of `ledger` that this workbook changes."""
    for borrower, (by, column) in borrowers_of(BY_ID[ledger]):
        changed = prospect.changes_in(ledger, column).keys()
        owner = owner_of(borrower)
        values = set(prospect.all_by(borrower.id(), by, changed, (owner.id,)))
        yield from _units(prospect, owner, values)


def units_touched_by(
    connection: Connection, rows: Iterable[tuple[type[Ledger], Mapping[str, Any]]]
) -> set[str]:
    """The units whose facts depend on `rows`, each given with its ledger, by what is stored now."""
    units: set[str] = set()
    by_ledger: dict[type[Ledger], list[Mapping[str, Any]]] = {}
    for ledger, values in rows:
        by_ledger.setdefault(ledger, []).append(values)
    for ledger, rows_of_ledger in by_ledger.items():
        units.update(*units_of(connection, ledger, rows_of_ledger))
        for borrower, (by, _column) in borrowers_of(ledger):
            [key] = key_ids(ledger)
            keys = {row[key] for row in rows_of_ledger}
            borrowing = fetch_by(connection, borrower, ids(borrower), by, keys)
            lent = [by_column(borrower, values) for values in borrowing]
            units.update(*units_of(connection, borrower, lent))
    return units
