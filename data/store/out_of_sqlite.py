"""Copy the rows of SQLite files into PostgreSQL; SQLite itself writes them as lines for COPY."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.types import TypeEngine

from data.store.copy_text import ROWS_AT_ONCE, copying
from data.store.copying import read_only, tables

ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
"""What has a meaning in a line of COPY, and how it is written there; the backslash comes first."""

PLAIN = (int, bool, date)
"""Types whose values hold nothing that has a meaning in a line."""


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
    numbered = table.autoincrement_column
    columns = [each for each in table.columns if each is not numbered]
    values = (_as_text(each.name, each.type) for each in columns)
    lines = source.execute(f'SELECT {" || char(9) || ".join(values)} FROM "{table.name}"')
    first = lines.fetchone()
    if first is None:
        return
    with copying(target, table.name, [each.name for each in columns]) as copied:
        batch = [first]
        while batch:
            copied.write("".join(f"{line}\n" for (line,) in batch))
            batch = lines.fetchmany(ROWS_AT_ONCE)


def _as_text(name: str, kind: TypeEngine[Any]) -> str:
    """The SQL expression for the value of a column in a line of COPY."""
    text = f'"{name}"'
    if kind.python_type not in PLAIN:
        for meant, written in ESCAPES:
            text = f"replace({text}, {_quoted(meant)}, {_quoted(written)})"
    return f"coalesce({text}, '\\N')"


def _quoted(text: str) -> str:
    return "char(" + ", ".join(str(ord(each)) for each in text) + ")"
