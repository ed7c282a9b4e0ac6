"""Copy the rows of SQLite files into PostgreSQL."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, Table, inspect, text

from data.store.copy_text import ROWS_AT_ONCE, copying
from data.store.copying import read_only, tables

MANY = 50_000
"""Rows of a table from which on its key and indexes are made at the end."""
SORTING = "256MB"
"""Memory of PostgreSQL to sort the entries of one index."""


def copy_files(files: Iterable[Path], target: Connection) -> None:
    """Add the rows of all tables in `files` to the tables of `target` with the same names.

    Numbers that the database gives to rows by itself are given anew.
    """
    for file in files:
        source = read_only(file)
        try:
            stored = {name for (name,) in source.execute("SELECT name FROM sqlite_master")}
            for table in tables():
                if table.name in stored:
                    _copy(source, target, table)
        finally:
            source.close()


def _copy(source: sqlite3.Connection, target: Connection, table: Table) -> None:
    # Only tables beside the ledgers have rows that are numbered as they come.
    numbered = table.autoincrement_column
    columns = [each for each in table.columns if each is not numbered]
    [(rows,)] = source.execute(f'SELECT count(*) FROM "{table.name}"')
    if not rows:
        return
    names = [f'"{each.name}"' for each in columns]
    stored = source.execute(f'SELECT {", ".join(names)} FROM "{table.name}"')
    at_the_end = rows > MANY and _is_owner(target, table)
    with (
        _keyed_afterwards(target, table) if at_the_end else nullcontext(),
        copying(target, table.name, [each.name for each in columns]) as copied,
    ):
        while batch := stored.fetchmany(ROWS_AT_ONCE):
            for row in batch:
                copied.write_row(row)


@contextmanager
def _keyed_afterwards(target: Connection, table: Table) -> Iterator[None]:
    """Within the block `table` has neither its key nor indexes; others cannot read it from here on.

    Sorted once at the end, on all cores, they cost a fraction of what every row would. Only the
    owner of a table may do so: a service that is not, as OPERATING.md has it, keeps them.
    """
    quote = target.dialect.identifier_preparer.quote
    key = inspect(target).get_pk_constraint(table.name)
    name, columns = quote(str(key["name"])), ", ".join(map(quote, key["constrained_columns"]))
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    altered = f"ALTER TABLE {quote(table.name)}"
    target.exec_driver_sql(f"{altered} DROP CONSTRAINT {name}")
    for index in indexes:
        index.drop(target)
    yield
    target.exec_driver_sql(f"SET LOCAL maintenance_work_mem = '{SORTING}'")
    target.exec_driver_sql(f"{altered} ADD CONSTRAINT {name} PRIMARY KEY ({columns})")
    for index in indexes:
        index.create(target)


def _is_owner(target: Connection, table: Table) -> bool:
    """Whether the role in use has the rights of the owner of `table`."""
    owns = text(
        "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(:name)"
    )
    return bool(target.scalar(owns, {"name": table.name}))
