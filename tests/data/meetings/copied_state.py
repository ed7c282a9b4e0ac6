"""The state at a freeze, found in another way than the product does.

The database is copied, and in the copy everything entered since is withdrawn and all facts derived
again. This is slow, but independent of what was stored for the freeze.
"""

import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, or_, select
from sqlmodel import SQLModel, col

from data.facts.derivation import derive
from data.intake.touched import units_touched_by
from data.ledgers.rows import PROVENANCE, by_column, fetch, from_json, ids, table_of
from data.meetings import freezes
from data.meetings.freezes import FreezeLine
from data.meetings.frozen_tables import NOT_TAKEN_IN, OF_PEOPLE
from data.reference import lists as reference
from data.reference.lists import References
from data.store import bulk
from data.store.backup import copy_to
from data.store.database import connect, reading, writing
from models.kept import (
    Balance,
    BalanceMove,
    Import,
    KeptFact,
    PastFact,
    ReferenceList,
    Setting,
    Version,
)
from models.ledger import Ledger
from models.letter import Letter
from models.registry import LEDGERS

MANY_ROWS = 20_000
"""With more changed rows than these, all units are derived again at once."""
NOT_OF_THE_STATE = (
    *OF_PEOPLE,
    *NOT_TAKEN_IN,
    *(each.__tablename__ for each in (Balance, BalanceMove, PastFact, Setting)),
)
"""Tables that are not part of the state, or are compared in another way."""


def copied(engine: Engine, number: int) -> Engine:
    """The state at freeze `number`, as a database of its own; deleted with the engine."""
    with reading(engine) as connection:
        line = freezes.line(connection, number)
        lists = freezes.lists_of(connection, number)
    folder = mkdtemp(prefix="gridlight-copied-")
    path = Path(folder) / "state.sqlite"
    copy = connect(f"sqlite:///{path}")
    weakref.finalize(copy, rmtree, folder, ignore_errors=True)
    copy_to(engine, path)
    with writing(copy) as connection:
        _undo_since(connection, line, lists)
    return copy


def content(engine: Engine) -> Mapping[str, list[tuple[Any, ...]]]:
    """All rows of a state by table, in an order that does not depend on the database."""
    found = {
        name: _rows(engine, table)
        for name, table in SQLModel.metadata.tables.items()
        if name not in NOT_OF_THE_STATE
    }
    found["facts"] = _rows(engine, KeptFact.__table__, ("id", "after_freeze"))  # type: ignore[attr-defined]
    found["balances"] = _balances(engine)
    return found


def _rows(engine: Engine, table: Any, without: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    columns = [column for column in table.c if column.name not in without]
    with reading(engine) as connection:
        return sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)


def _balances(engine: Engine) -> list[tuple[Any, ...]]:
    """The running totals that are not zero; several rows may add up to one."""
    sums: dict[tuple[Any, ...], tuple[int, int]] = {}
    for *key, count, total in _rows(engine, Balance.__table__):  # type: ignore[attr-defined]
        before = sums.get(tuple(key), (0, 0))
        sums[tuple(key)] = before[0] + count, before[1] + total
    return sorted((*key, *both) for key, both in sums.items() if any(both))


def _undo_since(connection: Connection, line: FreezeLine, lists: References) -> None:
    known = line.import_number
    changed = [*_entered_since(connection, known), *_replaced_since(connection, known)]
    # A row may have counted for another unit then, through the row it refers to.
    units = units_touched_by(connection, changed)
    for ledger in LEDGERS:
        _undo(connection, ledger, known)
    units |= units_touched_by(connection, changed)
    connection.execute(delete(Version).where(col(Version.replaced_by) > known))
    connection.execute(delete(Import).where(col(Import.number) > known))
    of_files = col(Letter.period).is_not(None)
    connection.execute(delete(Letter).where(or_(col(Letter.at) > line.at, of_files)))
    if _put_lists(connection, line, lists) or len(changed) > MANY_ROWS:
        derive(connection, None, lists)
    elif changed:
        derive(connection, units, lists)


def _entered_since(connection: Connection, known: int) -> Iterator[tuple[type[Ledger], Any]]:
    for ledger in LEDGERS:
        later = table_of(ledger).c.import_number > known
        for values in fetch(connection, ledger, ids(ledger), later):
            yield ledger, by_column(ledger, values)


def _replaced_since(connection: Connection, known: int) -> Iterator[tuple[type[Ledger], Any]]:
    for ledger in LEDGERS:
        for version in _in_force_then(connection, ledger, known):
            yield ledger, from_json(ledger, version.values)


def _in_force_then(connection: Connection, ledger: type[Ledger], known: int) -> list[Any]:
    statement = select(col(Version.values), *(getattr(Version, name) for name in PROVENANCE)).where(
        col(Version.ledger) == ledger.id(),
        col(Version.import_number) <= known,
        col(Version.replaced_by) > known,
    )
    return list(connection.execute(statement))


def _undo(connection: Connection, ledger: type[Ledger], known: int) -> None:
    """Restore the rows of `ledger` to those after import `known`."""
    table = table_of(ledger)
    connection.execute(delete(table).where(table.c.import_number > known))
    names = (*ids(ledger), *PROVENANCE)
    restored = [
        (*from_json(ledger, values).values(), *provenance)
        for values, *provenance in _in_force_then(connection, ledger, known)
    ]
    bulk.insert_rows(connection, table, names, restored)


def _put_lists(connection: Connection, line: FreezeLine, lists: References) -> bool:
    """Put the freeze's reference lists in force; returns whether others were in force."""
    others = reference.current(connection).lists != lists.lists
    connection.execute(delete(ReferenceList))
    shipped = reference.shipped().lists
    for name, rows in lists.lists.items():
        if name in lists.replaced or rows != shipped.get(name):
            connection.execute(
                insert(ReferenceList).values(
                    name=name,
                    rows=[dict(row) for row in rows],
                    replaced_at=line.at,
                    account=line.account,
                )
            )
    return others
