"""Check that a SQLite database of this version has every table, column and index."""

import sqlite3
from collections.abc import Iterator

from sqlmodel import SQLModel

import models.tables  # noqa: F401
from data.store.schema import VERSION_TABLE, Standing, standing_of


def missing(raw: sqlite3.Connection) -> str:
    """Names what the database lacks; "" for nothing, and for one of another version.

    SQLite calls a database without a table as sound as one with it. That tables refuse changes is
    for `append_only` to say: whoever drops a trigger has tampered, which `check` tells in full.
    """
    named = _named(raw)
    if VERSION_TABLE not in named["table"]:
        return ""
    versions = {str(version) for (version,) in raw.execute(f"SELECT * FROM {VERSION_TABLE}")}
    if standing_of(versions) is not Standing.CURRENT:
        return ""
    return next(_missing(raw, named), "")


def _missing(raw: sqlite3.Connection, named: dict[str, set[str]]) -> Iterator[str]:
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in named["table"]:
            yield f"the table {table.name} is missing"
            continue
        required = {
            name: bool(not_null)
            for _, name, _, not_null, *_ in raw.execute(f'PRAGMA table_info("{table.name}")')
        }
        for column in table.columns:
            if column.name not in required:
                yield f"the column {column.name} of the table {table.name} is missing"
            elif not column.nullable and not required[column.name]:
                yield f"the column {column.name} of the table {table.name} may be empty"
        for index in table.indexes:
            if index.name not in named["index"]:
                yield f"the index {index.name} is missing"


def _named(raw: sqlite3.Connection) -> dict[str, set[str]]:
    """By kind, the names of what the database has."""
    named: dict[str, set[str]] = {"table": set(), "index": set()}
    for kind, name in raw.execute("SELECT type, name FROM sqlite_master"):
        named.setdefault(kind, set()).add(name)
    return named
