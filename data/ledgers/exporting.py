"""The rows of an exported workbook, which can be imported again: all, or those of a node."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from data.ledgers.belonging import Reference, belongs_to, references_of
from data.ledgers.rows import Values, fetch, fetch_by, ids, key_ids, picker, table_of
from data.nodes import Node
from models.grid import Unit
from models.ledger import Ledger
from models.registry import LEDGERS

Needs = dict[str, set[Any]]
"""By ledger id, the keys to which rows refer."""


def rows(
    connection: Connection, node: Node | None = None
) -> Iterator[tuple[type[Ledger], Iterable[Values]]]:
    """Every ledger with its rows, ordered by key, values in the order of its columns.

    For a `node` other than the district, the rows of its units and every row they refer to. Read
    the rows of a ledger to the end before asking for the next.
    """
    if node is None or node.is_district:
        for ledger in LEDGERS:
            yield ledger, fetch(connection, ledger, ids(ledger), in_order=True)
        return
    needs = _needs(connection, node)
    for ledger in LEDGERS:
        own = fetch(connection, ledger, ids(ledger), _belongs(ledger, node), in_order=True)
        yield ledger, chain(own, _others(connection, ledger, needs.get(ledger.id(), ()), node))


def _belongs(ledger: type[Ledger], node: Node) -> ColumnElement[bool]:
    """The SQL condition that a row of `ledger` belongs to a unit of `node`."""
    return belongs_to(ledger, select(table_of(Unit).c.code).where(node.holds()))


def _needs(connection: Connection, node: Node) -> Needs:
    """The keys to which the rows of `node` refer, directly or through other rows."""
    needs: Needs = {ledger.id(): set() for ledger in LEDGERS}
    for ledger in reversed(LEDGERS):
        columns = [each.columns[0].id for each in _single_references(ledger)]
        if not columns:
            continue
        _note(ledger, needs, fetch(connection, ledger, columns, _belongs(ledger, node)))
        # Rows included only by reference may refer to others of their own ledger.
        asked: set[Any] = set()
        while wanted := needs[ledger.id()] - asked:
            asked |= wanted
            first = key_ids(ledger)[0]
            _note(ledger, needs, fetch_by(connection, ledger, columns, first, wanted))
    return needs


def _single_references(ledger: type[Ledger]) -> list[Reference]:
    # What a composite reference names belongs to the same units as the row itself. A loose one that
    # names something else finds no row and does no harm.
    return [each for each in references_of(ledger) if len(each.columns) == 1]


def _note(ledger: type[Ledger], needs: Needs, rows: Iterable[Values]) -> None:
    targets = [each.target for each in _single_references(ledger)]
    for row in rows:
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
    rows = fetch_by(connection, ledger, ids(ledger), names[0], keys)
    yield from sorted((row for row in rows if (key(row),) not in own), key=key)
