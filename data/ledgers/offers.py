"""What a template offers to choose from: units by name, and the rows that can be referred to."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from data.ledgers.belonging import belongs_to, referred_ledger
from data.ledgers.rows import Values, fetch, ids, key_ids, table_of
from data.nodes import DISTRICT, Node
from data.workbook.outgoing.starter_sheets import Offers
from models.grid import Unit
from models.ledger import Ledger
from models.registry import BY_ID

WHOLE_DISTRICT = Node(DISTRICT)
MOST_OFFERED = 5_000
"""The most rows of a drop-down list."""


def offers(
    connection: Connection,
    ledgers: Sequence[type[Ledger]],
    node: Node = WHOLE_DISTRICT,
    *,
    filled: bool = False,
) -> Offers:
    """What the sheets of `ledgers` can refer to in the units of `node`; with `filled`, also their
    rows.

    No permission is checked here.
    """
    units = select(table_of(Unit).c.code).where(node.holds())
    named = _units_by_name(connection)
    inside = {code for (code,) in connection.execute(units)}
    targets = {
        target
        for ledger in ledgers
        for column in ledger.columns
        if (target := referred_ledger(column)) is not None
    }
    keys: dict[str, Sequence[str]] = {}
    for target in sorted(targets | {"sectors"}):
        if target == Unit.id():
            keys[target] = sorted(named[code] for code in inside)[:MOST_OFFERED]
        else:
            keys[target] = _keys(connection, BY_ID[target], units)
    rows = {}
    if filled:
        for ledger in ledgers:
            own = fetch(connection, ledger, ids(ledger), belongs_to(ledger, units), in_order=True)
            rows[ledger.id()] = [_by_name(ledger, values, named) for values in own]
    signed = named[next(iter(inside))] if filled and len(inside) == 1 else ""
    return Offers(keys, rows, signed)


def _units_by_name(connection: Connection) -> dict[str, str]:
    """By code, what to enter for a unit: its name if no other unit has it, else the code."""
    names: dict[str, str] = {}
    for code, name in fetch(connection, Unit, ("code", "name")):
        names[code] = name
    borne = Counter(names.values())
    return {
        code: name if borne[name] == 1 and name not in names else code
        for code, name in names.items()
    }


def _keys(connection: Connection, ledger: type[Ledger], units: Any) -> list[str]:
    """The keys of `ledger` that belong to `units`; all of them if its rows have no unit."""
    first = key_ids(ledger)[0]
    where = belongs_to(ledger, units) if ledger.owner() else None
    rows = fetch(connection, ledger, (first,), where, in_order=True)
    return [str(key) for _, (key,) in zip(range(MOST_OFFERED), rows, strict=False)]


def _by_name(ledger: type[Ledger], values: Values, named: dict[str, str]) -> Values:
    return tuple(
        named.get(value, value) if referred_ledger(column) == Unit.id() else value
        for column, value in zip(ledger.columns, values, strict=True)
    )
