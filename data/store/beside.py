"""Database files that are filled beside the real one and then copied into it in one go.

They lie in a folder next to a SQLite file, and among the temporary files for PostgreSQL. Its owner
keeps the folder locked: one that is not locked was left by a killed process and is removed by
whoever comes next.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from data.store.copying import tables
from data.store.out_of_sqlite import copy_files

ROOM = 4 << 30
"""Bytes that must be free among the temporary files to prepare what PostgreSQL gets: more than a
city takes."""


def place_of(engine: Engine) -> Path | None:
    """The file beside which a whole district can be prepared; None where that is not possible.

    It is that of a SQLite database, and for PostgreSQL a name in the folder of temporary files.
    """
    if engine.dialect.name != "postgresql":
        return file_of(engine)
    folder = Path(tempfile.gettempdir())
    return folder / "gridlight" if shutil.disk_usage(folder).free > ROOM else None


def file_of(engine: Engine) -> Path | None:
    """The file of a SQLite database; None for other databases, and for one in memory."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or not Path(name).is_file():
        return None
    return Path(name)


@contextmanager
def folder_beside(database: Path) -> Iterator[Path]:
    """A new folder beside the file `database`, deleted at the end; abandoned ones are, too."""
    remove_abandoned(database)
    folder = Path(tempfile.mkdtemp(prefix=_prefix(database), dir=database.parent))
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield folder
        finally:
            os.close(handle)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned(database: Path) -> None:
    """Delete the folders beside `database` that killed processes left."""
    for folder in database.parent.glob(f"{_prefix(database)}*"):
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)


def _prefix(database: Path) -> str:
    return f".{database.name}-filling-"


@contextmanager
def filled(file: Path) -> Iterator[Connection]:
    """A transaction in the new database `file`, which is thrown away if anything fails.

    So it has no journal, which takes half the time of writing.
    """
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    event.listen(engine, "connect", _prepare)
    file.touch(0o600)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def _prepare(connection, _record) -> None:  # type: ignore[no-untyped-def]
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536", "threads=2"):
        connection.execute(f"PRAGMA {pragma}")


def declared(connection: Connection, kind: str, *, only: str = "", but: str = "") -> list[str]:
    """The statements that make each "table" or "index", by `kind`: those of the table `only`, or
    of all but one.

    Between tables declared alike, SQLite copies rows and entries of indexes without looking into
    them.
    """
    if connection.dialect.name != "sqlite":
        return [
            str(made.compile(dialect=sqlite.dialect()))
            for table in tables()
            if table.name != but and only in ("", table.name)
            for made in (
                [CreateTable(table)] if kind == "table" else map(CreateIndex, table.indexes)
            )
        ]
    made = connection.exec_driver_sql(
        "SELECT tbl_name, sql FROM main.sqlite_master WHERE type = ? AND sql IS NOT NULL", (kind,)
    )
    return [sql for table, sql in made.all() if table != but and only in ("", table)]


def declare(connection: Connection, statements: Iterable[str]) -> None:
    """Make tables or indexes as `declared`."""
    for statement in statements:
        connection.exec_driver_sql(statement)


def copy_rows(files: Iterable[Path], connection: Connection) -> None:
    """Add every row of the tables in `files` to the tables of the same names.

    Call it in a transaction of `writing`, whose connection is then closed for good on SQLite.
    """
    if connection.dialect.name == "postgresql":
        copy_files(files, connection)
        return
    # The files stay attached to the connection: nobody else may get it.
    connection.detach()
    for number, file in enumerate(files):
        name = f"beside{number}"
        connection.exec_driver_sql(f"ATTACH DATABASE ? AS {name}", (str(file),))
        tables = connection.exec_driver_sql(
            f"SELECT name FROM {name}.sqlite_master WHERE type = 'table'"
        )
        for (table,) in tables.all():
            connection.exec_driver_sql(f'INSERT INTO main."{table}" SELECT * FROM {name}."{table}"')
