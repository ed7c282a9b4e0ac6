"""Copy a whole database into another, by pages of a SQLite file or by rows."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, func, insert, select
from sqlmodel import SQLModel

import models.tables  # noqa: F401
from data.store.batches import batches
from data.store.copy_text import copying, without_indexes
from models.account import SignInFailure, SignInSession, SignInTicket
from models.text import N_, TellingError

Progress = Callable[[int, int], None]
"""Told how much is done and how much there is, in pages or in rows."""
PAGES_AT_ONCE = 2_000
ROWS_AT_ONCE = 5_000
OF_THE_MOMENT = (SignInSession, SignInTicket, SignInFailure)
"""Who is signed in just now is no part of a copy: a session that was ended must stay ended."""
OWN_FILE = N_("{file} is the database itself. Choose another file.")


class CopyRefusedError(TellingError):
    """Nothing was copied; `sentence` says why."""


@contextmanager
def closing_engine(engine: Engine) -> Iterator[Engine]:
    """Give `engine` to the block and close its connections at the end."""
    try:
        yield engine
    finally:
        engine.dispose()


def tables() -> list[Table]:
    """Every table of the program, those referred to first."""
    return SQLModel.metadata.sorted_tables


def is_own_file(engine: Engine, file: Path) -> bool:
    """Whether `file` is the SQLite file of the database itself."""
    own = engine.url.database if engine.dialect.name == "sqlite" else None
    return own is not None and file.exists() and Path(own).exists() and file.samefile(own)


def pages_told(progress: Progress | None) -> Callable[[int, int, int], None] | None:
    """Tell SQLite's counts of pages to `progress` as what is done and what there is."""
    if progress is None:
        return None
    return lambda _status, remaining, total: progress(total - remaining, total)


def read_only(file: Path) -> sqlite3.Connection:
    """Open a SQLite file so that nothing can be written into it."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def copy_rows(source: Connection, target: Connection, progress: Progress | None) -> None:
    """Copy the rows of every table into an empty database with the same tables."""
    copied = tables()
    total = sum(source.scalar(select(func.count()).select_from(table)) or 0 for table in copied)
    done = 0
    for table in copied:
        rows = source.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table))
        for batch in batches(rows.mappings(), ROWS_AT_ONCE):
            target.execute(insert(table), [dict(row) for row in batch])
            done += len(batch)
            if progress:
                progress(done, total)


def copy_sqlite_rows(source: Connection, target: Connection, progress: Progress | None) -> None:
    """Copy the rows of a SQLite database into an empty one of PostgreSQL with the same tables."""
    raw = source.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    copied = tables()
    total = sum(source.scalar(select(func.count()).select_from(table)) or 0 for table in copied)
    done = 0
    # SQLite holds instants in UTC, without saying so.
    target.exec_driver_sql("SET LOCAL TimeZone = 'UTC'")
    with without_indexes(target):
        for table in copied:
            columns = [column.name for column in table.columns]
            rows = raw.execute(f'SELECT {", ".join(map(_quoted, columns))} FROM "{table.name}"')
            with copying(target, table.name, columns) as written:
                for row in rows:
                    written.write_row(row)
                    done += 1
                    if progress and not done % ROWS_AT_ONCE:
                        progress(done, total)


def _quoted(name: str) -> str:
    return f'"{name}"'
