"""The rows of a workbook that can be taken in again: all, or those of a node and what they need."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, false, or_, select

from data.ledgers.belonging import OWN, THROUGH, references_of
from data.ledgers.rows import Values, fetch, fetch_by, ids, key_ids, picker, table_of
from data.nodes import Node
from models.grid import Unit
from models.ledger import Ledger
from models.registry import BY_ID, LEDGERS

Needs = dict[str, set[Any]]
"""By ledger, the keys that rows refer to."""


def rows(
    connection: Connection, node: Node | None = None
) -> Iterator[tuple[type[Ledger], Iterable[Values]]]:
    """Every ledger with its rows, values in the order of its columns: all rows, by key.

    With a `node` other than the district: the rows of its units and every row they refer to. Each
    ledger's rows must be gone through before the next is asked for.
    """
    if node is None or node.is_district:
        for ledger in LEDGERS:
            yield ledger, fetch(connection, ledger, ids(ledger), in_order=True)
        return
    needs = _needs(connection, node)
    for ledger in LEDGERS:
        own = fetch(connection, ledger, ids(ledger), _belongs(ledger, node), in_order=True)
        yield ledger, chain(own, _others(connection, ledger, needs.get(ledger.id(), ()), node))


def _units(node: Node) -> Select[Any]:
    return select(table_of(Unit).c.code).where(node.holds())


def _belongs(ledger: type[Ledger], node: Node) -> ColumnElement[bool]:
    """The condition that a row of `ledger` belongs to a unit of `node`."""
    table = table_of(ledger)
    if ledger.id() in THROUGH:
        column, name = THROUGH[ledger.id()]
        target = table_of(BY_ID[name])
        return table.c[column].in_(select(target.c.code).where(target.c.unit.in_(_units(node))))
    return or_(false(), *(table.c[each].in_(_units(node)) for each in OWN.get(ledger.id(), ())))


def _needs(connection: Connection, node: Node) -> Needs:
    """What the rows of `node` refer to, and what those rows refer to in turn."""
    needs: Needs = {ledger.id(): set() for ledger in LEDGERS}
    for ledger in reversed(LEDGERS):
        columns = _referring(ledger)
        if not columns:
            continue
        _note(ledger, needs, fetch(connection, ledger, columns, _belongs(ledger, node)))
        # Rows that are only referred to may refer to others of their own ledger.
        asked: set[Any] = set()
        while wanted := needs[ledger.id()] - asked:
            asked |= wanted
            first = key_ids(ledger)[0]
            _note(ledger, needs, fetch_by(connection, ledger, columns, first, wanted))
    return needs


def _referring(ledger: type[Ledger]) -> tuple[str, ...]:
    scores = ("reviewer",) if ledger.id() == "report_scores" else ()
    return (*(each.column.id for each in references_of(ledger)), *scores)


def _note(ledger: type[Ledger], needs: Needs, found: Iterable[Values]) -> None:
    targets = [each.target for each in references_of(ledger)]
    # A reviewer may be a unit; the code of an account finds no unit and does no harm.
    targets += ["units"] if ledger.id() == "report_scores" else []
    for row in found:
        for target, key in zip(targets, row, strict=True):
            if key is not None:
                needs[target].add(key)


def _others(
    connection: Connection, ledger: type[Ledger], keys: Collection[Any], node: Node
) -> Iterator[Values]:
    """The rows with `keys` that do not belong to `node` themselves."""
    if not keys:
        return
    names = key_ids(ledger)
    key = picker(ids(ledger), names)
    own = set(fetch(connection, ledger, names, _belongs(ledger, node)))
    found = fetch_by(connection, ledger, ids(ledger), names[0], keys)
    yield from sorted((row for row in found if (key(row),) not in own), key=key)
