"""Connect to the database: SQLite in WAL mode by default, PostgreSQL if the address says so."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import BoundedSemaphore, Lock
from weakref import WeakKeyDictionary

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    RootTransaction,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)

from data.store import holders, room, watching
from data.store.holders import Holder

DATA_LOCK, LOG_LOCK = 7041, 7042
"""PostgreSQL's advisory locks: of who changes data, and of who adds to the access log."""
POOL = {"pool_size": 20, "max_overflow": 40, "pool_timeout": 10}
WRITERS_AT_ONCE = 8
"""Writers of each kind that hold a connection while they wait; the pool is there for readers."""
PATIENCE, SHORT_PATIENCE = 30_000, 2_000
"""Milliseconds to wait for the lock on data, and for the one on accounts and the log."""
WITHOUT_END = 7 * 24 * 3_600_000
"""Milliseconds to wait where the user was told of the wait and can end it."""
LOCK_NOT_AVAILABLE = "55P03"
"""PostgreSQL's name for a lock that was not free in time."""


class DatabaseError(Exception):
    """The database could not be used; the message is one sentence for the user."""


class DatabaseAddressError(DatabaseError):
    """The address does not name a database that can be used."""


class DatabaseUnreachableError(DatabaseError):
    """The database did not answer."""


class FullDiskError(DatabaseError):
    """The disk with the database file is full; `folder` is where the file lies."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: no room")
        self.folder = folder


class DamagedDatabaseError(DatabaseError):
    """The database file is damaged; `file` is its path and `reason` the damage."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file, self.reason = file, reason


class BusyError(DatabaseError):
    """Other writers took too long; try again. `holder` is the present writer, where known."""

    def __init__(self, reason: str, holder: Holder | None = None) -> None:
        super().__init__(reason)
        self.holder = holder


class ChangedMeanwhileError(DatabaseError):
    """The state that the work was based on has changed; nothing was written, try again."""


def connect(url: str) -> Engine:
    """An engine for `url`; creates the folder of a SQLite file if it is missing."""
    try:
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            if _is_file(address):
                # The file will hold names and password hashes, so only its owner may read it.
                file = Path(str(address.database))
                file.parent.mkdir(0o700, parents=True, exist_ok=True)
                if not file.exists():
                    file.touch(0o600)
            pool = POOL if _is_file(address) else {}
            engine = create_engine(address, connect_args={"timeout": PATIENCE / 1000}, **pool)
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            event.listen(engine, "before_cursor_execute", _refuse_nul)
            return engine
        engine = create_engine(address, pool_pre_ping=True, **POOL)
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    except (ArgumentError, NoSuchModuleError, ImportError, OSError) as error:
        raise DatabaseAddressError(str(error)) from error


def _is_file(address: URL) -> bool:
    name = address.database
    return bool(name) and name != ":memory:" and not str(name).startswith("file:")


def _prepare_sqlite(connection, _record) -> None:  # type: ignore[no-untyped-def]
    # The driver's own transactions begin late and would let a reader see half an import.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        f"busy_timeout={PATIENCE}",
        "foreign_keys=ON",
        "cache_size=-65536",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _refuse_nul(  # type: ignore[no-untyped-def]
    _connection, _cursor, statement: str, parameters, context, executemany: bool
) -> None:
    """Refuse a NUL character in a text to be stored, as PostgreSQL does: a backup that holds one
    counts as damaged. Rows of workbooks, inserted as plain tuples, were checked when they were
    read."""
    if context.compiled is None or not (context.isinsert or context.isupdate):
        return
    for row in parameters if executemany else (parameters,):
        if any(isinstance(value, str) and "\0" in value for value in row):
            reason = ValueError("a text cannot contain a NUL character")
            raise DataError(statement, None, reason, hide_parameters=True)


def _prepare_postgresql(connection, _record) -> None:  # type: ignore[no-untyped-def]
    # PostgreSQL expects far more living facts than there are; to compile a query for so many, or
    # to start workers for it, takes longer than to run it.
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off")
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        # A digest of facts has days as the session writes them, which may be set for a database.
        cursor.execute("SET datestyle = 'ISO'")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection with one consistent state of the database, which it cannot change."""
    with _open(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin() as transaction:
            yield connection
            transaction.rollback()


@contextmanager
def writing(engine: Engine, account: str = "") -> Iterator[Connection]:
    """A transaction that is committed as a whole or not at all; only one writer runs at a time.

    Other writers that wait are told that `account` is writing. Raises `BusyError` after waiting
    half a minute for the lock; within `waiting_told` the caller waits without limit instead.
    """
    since = time.perf_counter()
    tell = _TELL.get()
    with _place(engine, "data", None if tell else PATIENCE / 1000), _open(engine) as connection:
        connection = connection.execution_options(begin="BEGIN IMMEDIATE")
        with _alone(connection, tell), holders.named(connection, account):
            watching.waited("data", since)
            yield connection


Tell = Callable[[Holder | None], None]
_TELL: ContextVar[Tell | None] = ContextVar("tell", default=None)


@contextmanager
def waiting_told(tell: Tell) -> Iterator[None]:
    """Within the block, writers wait without limit and are told once who holds the lock."""
    before = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(before)


@contextmanager
def _alone(connection: Connection, tell: Tell | None) -> Iterator[None]:
    """A transaction that holds the writer's lock."""
    transaction = _begun_with_lock(connection, SHORT_PATIENCE if tell else PATIENCE)
    if transaction is None:
        found = holders.holder(connection.engine, DATA_LOCK)
        if tell is None:
            watching.gave_up("data")
            raise BusyError("others are writing", found)
        tell(found)
        transaction = _begun_with_lock(connection, WITHOUT_END)
    if transaction is None:
        raise BusyError("others are writing")
    with transaction:
        yield


def _begun_with_lock(connection: Connection, patience: int) -> RootTransaction | None:
    """A transaction that holds the writer's lock; None if the lock was not free within
    `patience` ms."""
    raw = connection.connection.driver_connection
    if isinstance(raw, sqlite3.Connection):
        raw.execute(f"PRAGMA busy_timeout={patience}")
        try:
            return connection.begin()
        except OperationalError as error:
            if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return None
        finally:
            raw.execute(f"PRAGMA busy_timeout={PATIENCE}")
    transaction = connection.begin()
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {patience}")
    try:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({DATA_LOCK})")
    except OperationalError as error:
        transaction.rollback()
        if getattr(error.orig, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        return None
    # It is for this lock only.
    connection.exec_driver_sql("SET LOCAL lock_timeout TO DEFAULT")
    return transaction


@contextmanager
def recording(engine: Engine) -> Iterator[Connection]:
    """A short transaction for accounts, sign-ins and the access log that need not wait for imports.

    On PostgreSQL it has a lock of its own; on SQLite it waits up to two seconds for other writers
    and then raises `BusyError`.
    """
    since = time.perf_counter()
    with _place(engine, "log", SHORT_PATIENCE / 1000), _open(engine) as connection:
        connection = connection.execution_options(begin="BEGIN IMMEDIATE")
        raw = connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            raw.execute(f"PRAGMA busy_timeout={SHORT_PATIENCE}")
        try:
            with _begun_in_time(connection):
                watching.waited("log", since)
                yield connection
        finally:
            if isinstance(raw, sqlite3.Connection):
                raw.execute(f"PRAGMA busy_timeout={PATIENCE}")


@contextmanager
def _begun_in_time(connection: Connection) -> Iterator[None]:
    try:
        transaction = connection.begin()
    except OperationalError as error:
        watching.gave_up("log")
        raise BusyError(str(error.orig)) from error
    with transaction:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {SHORT_PATIENCE}")
            try:
                hold_log(connection)
            except OperationalError as error:
                watching.gave_up("log")
                raise BusyError(str(error.orig)) from error
        yield


def hold_log(connection: Connection) -> None:
    """Keep others from adding to the access log until the transaction ends."""
    # On SQLite there is one writer anyway.
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOG_LOCK})")


@contextmanager
def _place(engine: Engine, line: str, patience: float | None = None) -> Iterator[None]:
    """A place among the threads that may wait with an open connection; `BusyError` after
    `patience` s."""
    with _LINES_LOCK:
        lines = _LINES.setdefault(engine, {})
        places = lines.setdefault(line, BoundedSemaphore(WRITERS_AT_ONCE))
    if not places.acquire(timeout=patience):
        watching.gave_up(line)
        raise BusyError("too many wait to write")
    try:
        yield
    finally:
        places.release()


_LINES: WeakKeyDictionary[Engine, dict[str, BoundedSemaphore]] = WeakKeyDictionary()
_LINES_LOCK = Lock()


@contextmanager
def _open(engine: Engine) -> Iterator[Connection]:
    try:
        connection = engine.connect()
    except SQLAlchemyError as error:
        file = engine.url.database if engine.dialect.name == "sqlite" else None
        # SQLite says only "disk I/O error" where it cannot make the files beside the database.
        if file and Path(file).is_file() and not room.has_room(Path(file).parent):
            raise FullDiskError(Path(file).parent) from error
        raise DatabaseUnreachableError(str(error.__cause__ or error)) from error
    with connection:
        yield connection
