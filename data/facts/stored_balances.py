"""Write, compare and delete the stored running totals."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Connection,
    Executable,
    String,
    bindparam,
    delete,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite

from data.facts.balance_changes import Changes
from data.facts.balances import COLUMNS, KEY, TABLE, Row
from data.store import bulk

StoredRow = tuple[Any, ...]
"""A row without its node, as the driver gives it."""


def write(connection: Connection, changes: Changes) -> None:
    """Add the changes to the stored balances and delete those that become zero."""
    if connection.execute(select(TABLE).limit(1)).first() is None:
        bulk.insert_rows(connection, TABLE, COLUMNS, changes.rows())
        return
    bulk.execute(connection, _upsert(connection), TABLE, COLUMNS, changes.rows())
    # Only the changed rows can have become zero; a search for zeros would read every row.
    bulk.execute(connection, _drop_if_nothing(), TABLE, KEY, (row[:-2] for row in changes.rows()))


def differs(connection: Connection, changes: Changes) -> bool:
    """Whether the stored balances differ from `changes`, which must hold every fact."""
    nodes = set(connection.scalars(select(TABLE.c.node).distinct()))
    as_text = connection.dialect.name == "sqlite"
    for node, rows in groupby(changes.rows(), key=itemgetter(0)):
        if node not in nodes:
            return True
        nodes.remove(node)
        expected = {_as_stored(row, as_text=as_text) for row in rows}
        stored = _stored(connection, node, as_text=as_text)
        if len(stored) != len(expected) or not expected.issuperset(stored):
            return True
    return bool(nodes)


def _as_stored(row: Row, *, as_text: bool) -> StoredRow:
    """A change without its node, as the driver gives it: SQLite has days as texts."""
    _, grain, day, *others = row
    return (grain, bulk.text_of_day(day) if as_text else day, *others)


def _stored(connection: Connection, node: str, *, as_text: bool) -> list[StoredRow]:
    """The stored balances of `node`, in no order."""
    names = COLUMNS[1:]
    columns = (
        type_coerce(TABLE.c[name], String) if as_text and name == "day" else TABLE.c[name]
        for name in names
    )
    result = connection.execute(select(*columns).where(TABLE.c.node == node))
    assert result.cursor is not None, "a query has a cursor until it is closed"
    rows = list(result.cursor.fetchall())
    result.close()
    return rows


def _upsert(connection: Connection) -> Executable:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(TABLE)
    adding: Executable = statement.on_conflict_do_update(
        index_elements=list(TABLE.primary_key.columns),
        set_={
            "count": TABLE.c["count"] + statement.excluded["count"],
            "total": TABLE.c["total"] + statement.excluded["total"],
        },
    )
    return adding


def _drop_if_nothing() -> Executable:
    of_key = (TABLE.c[name] == bindparam(name) for name in KEY)
    nothing = (TABLE.c[name] == literal_column("0") for name in COLUMNS[-2:])
    return delete(TABLE).where(*of_key, *nothing)


def clear(connection: Connection) -> None:
    """Delete all balances."""
    connection.execute(delete(TABLE))
