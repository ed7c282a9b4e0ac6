"""The database as a freeze found it: a copy in which everything entered since is undone.

Every screen can be shown from it, lists and findings too. It is made of what the ledgers keep and
holds nothing that the database does not tell: it may be thrown away and made again.
"""

import shutil
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, or_, select
from sqlmodel import SQLModel, col

from data.facts import digest
from data.facts.derivation import derive
from data.intake.touched import units_touched_by
from data.ledgers.rows import (
    PROVENANCE,
    by_column,
    fetch,
    from_json,
    ids,
    table_of,
)
from data.meetings import freezes
from data.meetings.freezes import FreezeLine
from data.reference import lists as reference
from data.reference.lists import References
from data.store import bulk
from data.store.backup import copy_to
from data.store.database import connect, reading, writing
from models.kept import Import, ReferenceList, Version
from models.ledger import Ledger
from models.letter import Letter
from models.registry import LEDGERS

MANY_ROWS = 20_000
"""With more changed rows than these, all units are derived again at once."""
OF_PEOPLE = (
    "sign_in_failures",
    "sign_in_tickets",
    "sign_in_sessions",
    "earlier_passwords",
    "password_resets",
    "recovery_codes",
    "second_factors",
    "grants",
    "accounts",
    "access_entries",
)
"""Tables about those who use the dashboard: no part of what a meeting saw."""
NOT_TAKEN_IN = ("sent_files", "files_set_aside")
"""Tables of what waits to be taken in, which no figure knew."""
Changed = list[tuple[type[Ledger], dict[str, Any]]]
"""Rows, by column, of which a later or an earlier form is in force."""


@dataclass(frozen=True, slots=True)
class FrozenState:
    """A database that holds what was known when a freeze was made; deleted with its last user.

    `faithful` says that its facts are those of the freeze to the last one. They are not where this
    version of the program derives others from the same rows.
    """

    line: FreezeLine
    engine: Engine
    faithful: bool


def bring_back(engine: Engine, number: int) -> FrozenState:
    """The state that freeze `number` found; `FreezeRefusedError` if there is no such freeze."""
    with reading(engine) as connection:
        line = freezes.line(connection, number)
        lists = freezes.lists_of(connection, number)
    folder = mkdtemp(prefix="gridlight-frozen-")
    path = Path(folder) / "state.sqlite"
    copy = connect(f"sqlite:///{path}")
    weakref.finalize(copy, shutil.rmtree, folder, ignore_errors=True)
    copy_to(engine, path)
    with writing(copy) as connection:
        _undo_since(connection, line, lists)
    with reading(copy) as connection:
        faithful = digest.sha256(connection) == line.facts_sha256
    return FrozenState(line, copy, faithful)


def _undo_since(connection: Connection, line: FreezeLine, lists: References) -> None:
    known = line.import_number
    changed = [*_entered_since(connection, known), *_replaced_since(connection, known)]
    # A row may have belonged to another unit then, by what it refers to.
    units = units_touched_by(connection, changed)
    for ledger in LEDGERS:
        _undo(connection, ledger, known)
    units |= units_touched_by(connection, changed)
    connection.execute(delete(Version).where(col(Version.replaced_by) > known))
    connection.execute(delete(Import).where(col(Import.number) > known))
    # Which files have come is no part of what is frozen, so neither are reminders of them.
    of_files = col(Letter.period).is_not(None)
    connection.execute(delete(Letter).where(or_(col(Letter.at) > line.at, of_files)))
    if _put_lists(connection, line, lists) or len(changed) > MANY_ROWS:
        derive(connection, None, lists)
    elif changed:
        derive(connection, units, lists)
    tables: dict[str, Table] = dict(SQLModel.metadata.tables)
    for name in (*OF_PEOPLE, *NOT_TAKEN_IN):
        tables[name].drop(connection)


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
    """Restore the rows of `ledger` to those that were known after import `known`."""
    table = table_of(ledger)
    connection.execute(delete(table).where(table.c.import_number > known))
    names = (*ids(ledger), *PROVENANCE)
    restored = [
        (*from_json(ledger, values).values(), *provenance)
        for values, *provenance in _in_force_then(connection, ledger, known)
    ]
    bulk.insert_rows(connection, table, names, restored)


def _put_lists(connection: Connection, line: FreezeLine, lists: References) -> bool:
    """Put the lists of the freeze in force; returns whether others were in force."""
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
