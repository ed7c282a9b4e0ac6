"""Rows in the text format of PostgreSQL's COPY, into a database of either kind.

A line is a row, its values are divided by tabs; `\\N` stands for none.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, Any

from sqlalchemy import Connection, text

AT_ONCE = 1 << 20
"""Bytes read and written at a time."""
ROWS_AT_ONCE = 20_000
END = b"\\.\n"
"""The line after the last row, as pg_dump writes it."""
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
INSTANT = "%Y-%m-%d %H:%M:%S.%f"
"""How SQLAlchemy writes an instant, in UTC, into SQLite."""
Read = Callable[[str], Any]


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Whole lines, about a megabyte at a time, up to the line that ends the rows."""
    while block := file.read(AT_ONCE):
        block += file.readline()
        ended = 0 if block.startswith(END) else block.find(b"\n" + END) + 1
        if ended or block.startswith(END):
            if ended:
                yield block[:ended]
            return
        yield block


@contextmanager
def copying(connection: Connection, table: str, columns: Sequence[str]) -> Iterator[Any]:
    """psycopg's COPY into a table of PostgreSQL, which takes blocks of lines or single rows."""
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(map(quote, columns))
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as to:
        yield to


@contextmanager
def without_indexes(connection: Connection) -> Iterator[None]:
    """Within the block the tables of PostgreSQL have neither indexes nor foreign keys.

    Made once at the end they cost a fraction of what every row would. Primary keys stay.
    """
    indexes = connection.execute(
        text(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
            " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname"
            " AND connamespace = current_schema()::regnamespace)"
        )
    ).all()
    keys = connection.execute(
        text(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE contype = 'f'"
            " AND connamespace = current_schema()::regnamespace"
        )
    ).all()
    quote = connection.dialect.identifier_preparer.quote
    for table, name, _made in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {quote(name)}")
    for name, _made in indexes:
        connection.exec_driver_sql(f"DROP INDEX {quote(name)}")
    yield
    for _name, made in indexes:
        connection.exec_driver_sql(made)
    for table, name, made in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {quote(name)} {made}")


def into_sqlite(
    target: sqlite3.Connection, table: str, columns: Sequence[str], lines: Iterable[bytes]
) -> None:
    """Insert the rows of blocks of lines into a table of SQLite, as its own types hold them."""
    types = {name: kind for _at, name, kind, *_ in target.execute(f'PRAGMA table_info("{table}")')}
    reads = [(at, READS[types[name]]) for at, name in enumerate(columns) if types[name] in READS]
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" * len(columns))
    for block in lines:
        target.executemany(
            f'INSERT INTO "{table}" ({names}) VALUES ({places})',
            (_row(line, reads) for line in block.decode().removesuffix("\n").split("\n")),
        )


def _row(line: str, reads: Sequence[tuple[int, Read]]) -> list[Any]:
    row: list[Any] = [None if value == "\\N" else value for value in line.split("\t")]
    if "\\" in line:
        row = [value and ESCAPED.sub(_unescaped, value) for value in row]
    for at, read in reads:
        if row[at] is not None:
            row[at] = read(row[at])
    return row


def _unescaped(found: re.Match[str]) -> str:
    return ESCAPES.get(found[1], found[1])


def _instant(value: str) -> str:
    return datetime.fromisoformat(value).astimezone(UTC).strftime(INSTANT)


READS: dict[str, Read] = {
    "BOOLEAN": lambda value: int(value == "t"),
    "DATETIME": _instant,
    "BLOB": lambda value: bytes.fromhex(value.removeprefix("\\x")),
}
"""How values are read whose text is not what SQLite keeps, by the type of the column."""
