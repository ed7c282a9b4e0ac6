"""Restore a backup into a database of either kind."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, create_engine, delete, func, select, text
from sqlmodel import SQLModel

import models.tables  # noqa: F401
from data.store import access_log, append_only, data_version, log_keys, packed
from data.store.access_log import Act, Anchor
from data.store.copy_text import copying, into_sqlite, without_indexes
from data.store.copying import (
    OF_THE_MOMENT,
    OWN_FILE,
    PAGES_AT_ONCE,
    CopyRefusedError,
    Progress,
    closing_engine,
    copy_sqlite_rows,
    is_own_file,
    pages_told,
    read_only,
    tables,
)
from data.store.database import DamagedDatabaseError, connect, reading, writing
from data.store.packed import Manifest
from data.store.schema import (
    VERSION_TABLE,
    FutureDatabaseError,
    Standing,
    migrate,
    standing,
    standing_of,
    upgrade,
)
from data.store.soundness import damage, require_sound
from data.store.tidying import tidy
from models.account import Event
from models.text import N_

NOT_THERE = N_("{file} cannot be read. Check that it exists and that you may read it.")
NOT_A_COPY = N_("{file} is no backup of Gridlight. Choose a file that “gridlight backup” wrote.")
COMPANIONS = ("journal", "wal", "shm")
"""What SQLite may lay beside a file."""
Before = Callable[[Connection], object]
NOT_EMPTY = N_(
    "The database holds data already. Choose an empty one, or add --force to replace all of it."
)


def restore(
    engine: Engine,
    source: Path,
    act: Act,
    *,
    force: bool = False,
    progress: Progress | None = None,
    before: Before | None = None,
    known_end: Anchor | None = None,
) -> Path | None:
    """Replace the content of the database by that of the backup `source`, and sign everybody out.

    Refuses, and changes nothing, if `source` is not a whole backup or, without `force`, if the
    database holds any row. With `force` a damaged database file is moved aside; its new path is
    returned. The entry about the restore names the end of the log that is replaced. `before` is
    called with the database that holds this log; where none does, as it was damaged, `known_end`
    is named.
    """
    if is_own_file(engine, source):
        raise CopyRefusedError(OWN_FILE, file=source)
    with TemporaryDirectory() as name:
        told = _manifest(source)
        if told and told.is_sqlite:
            plain = Path(name) / "unpacked.sqlite"
            packed.unpack_sqlite(source, told, plain)
            source, told = plain, None
        if told is None:
            _check(source)
        aside = _put_aside(engine, act, force=force)
        with reading(engine) as connection:
            replaced = _replaced(connection, known_end, force=force, before=before)
        _restore(engine, source, told, act, replaced, progress)
    tidy(engine)
    return aside


@dataclass(frozen=True)
class _Replaced:
    """What a restore replaces: the version of the data, and where the access log ends."""

    version: int
    log_end: str


def _replaced(
    connection: Connection, known_end: Anchor | None, *, force: bool, before: Before | None
) -> _Replaced:
    """What is lost by a restore; raises `CopyRefusedError` if that needs `force`."""
    found = standing(connection)
    if found is Standing.LATER:
        raise FutureDatabaseError("the database was written by a later version")
    if not force and holds_anything(connection):
        raise CopyRefusedError(NOT_EMPTY)
    if before and found is Standing.CURRENT:
        before(connection)
    version, end = 0, known_end
    if found is not Standing.NONE:
        version, end = data_version.current(connection), access_log.head(connection)
    return _Replaced(version, f"{end[0]}:{end[1]}" if end and end[0] else "")


def _restore(
    engine: Engine,
    source: Path,
    told: Manifest | None,
    act: Act,
    replaced: _Replaced,
    progress: Progress | None,
) -> None:
    """Restore a SQLite file or, where `told` is its manifest, the packed tables of PostgreSQL."""
    if engine.dialect.name == "sqlite":
        # Replace in one step at the end, so that a failure never leaves a half-restored database.
        with TemporaryDirectory() as folder:
            path = Path(folder) / "backup.sqlite"
            unpacked = _unpacked(source, told, path, progress) if told else None
            with unpacked or _copied_up_to_date(source, path) as copied:
                log_keys.use_as(copied, engine)
                with writing(copied) as connection:
                    _settle(connection, replaced, act)
            _copy_pages_in(engine, path, progress)
    elif told:
        with writing(engine) as connection:
            _drop_tables(connection)
            _unpack(connection, source, told, progress)
            _number_on(connection)
            _settle(connection, replaced, act)
    else:
        with _up_to_date(source) as copied, reading(copied) as rows, writing(engine) as connection:
            _drop_tables(connection)
            upgrade(connection)
            copy_sqlite_rows(rows, connection, progress)
            _number_on(connection)
            _settle(connection, replaced, act)


def _manifest(source: Path) -> Manifest | None:
    """The manifest of a packed backup after checking the whole file; None for any other file."""
    try:
        if not packed.is_packed(source):
            return None
        told = packed.manifest(source)
    except OSError as error:
        raise CopyRefusedError(NOT_THERE, file=source) from error
    if standing_of({told.version}) is Standing.LATER:
        raise FutureDatabaseError("the backup was written by a later version")
    packed.require_whole(source, told)
    return told


def _unpack(
    connection: Connection, source: Path, told: Manifest, progress: Progress | None
) -> None:
    """Make tables as they were when the backup was packed, fill them and bring them up to date."""
    upgrade(connection, told.version)
    with without_indexes(connection):
        for done, member in enumerate(told.members, start=1):
            if member.table == VERSION_TABLE:
                continue
            with copying(connection, member.table, member.columns) as written:
                for block in packed.rows_of(source, member):
                    written.write(block)
            if progress:
                progress(done, len(told.members))
    upgrade(connection)


@contextmanager
def _unpacked(
    source: Path, told: Manifest, target: Path, progress: Progress | None
) -> Iterator[Engine]:
    """The packed tables of PostgreSQL as a SQLite database, the new file `target`."""
    with closing_engine(connect(f"sqlite:///{target}")) as copied:
        with writing(copied) as connection:
            upgrade(connection, told.version)
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            # Of a table that refers to a later one.
            raw.execute("PRAGMA defer_foreign_keys = ON")
            for done, member in enumerate(told.members, start=1):
                if member.table == VERSION_TABLE:
                    continue
                rows = packed.rows_of(source, member)
                into_sqlite(raw, member.table, member.columns, rows)
                if progress:
                    progress(done, len(told.members))
            upgrade(connection)
        yield copied


def holds_anything(connection: Connection) -> bool:
    """Whether any of Gridlight's tables has a row."""
    if standing(connection) is Standing.NONE:
        return False
    return any(
        connection.execute(select(1).select_from(table).limit(1)).first() for table in tables()
    )


def _put_aside(engine: Engine, act: Act, *, force: bool) -> Path | None:
    """Rename a damaged database file, since nothing can be written into it."""
    try:
        require_sound(engine)
    except DamagedDatabaseError as error:
        if not force:
            raise
        engine.dispose()
        aside = error.file.with_name(f"{error.file.name}-damaged-{act.at:%Y%m%d%H%M%S}")
        for end in ("", *(f"-{companion}" for companion in COMPANIONS)):
            part = error.file.with_name(f"{error.file.name}{end}")
            if part.exists():
                part.rename(f"{aside}{end}")
        os.close(os.open(error.file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return aside
    return None


def _copy_pages_in(engine: Engine, source: Path, progress: Progress | None) -> None:
    """Copy the pages in one SQLite transaction, so that an interruption leaves the database
    unchanged."""
    raw = engine.raw_connection()
    try:
        target = raw.driver_connection
        assert isinstance(target, sqlite3.Connection)
        with closing(read_only(source)) as copy:
            copy.backup(target, pages=PAGES_AT_ONCE, progress=pages_told(progress))
    finally:
        raw.close()


def _check(source: Path) -> None:
    """Refuse a file that is not a whole backup of this version or an older one."""
    try:
        source.open("rb").close()
    except OSError as error:
        raise CopyRefusedError(NOT_THERE, file=source) from error
    engine = create_engine("sqlite://", creator=lambda: read_only(source))
    try:
        with closing(read_only(source)) as copy:
            damaged = damage(copy)
        if damaged:
            raise CopyRefusedError(packed.DAMAGED, file=source)
        with closing_engine(engine), engine.connect() as connection:
            found = standing(connection)
    except sqlite3.DatabaseError as error:
        raise CopyRefusedError(NOT_A_COPY, file=source) from error
    if found is Standing.LATER:
        raise FutureDatabaseError("the backup was written by a later version")
    if found is Standing.NONE:
        raise CopyRefusedError(NOT_A_COPY, file=source)


@contextmanager
def _up_to_date(source: Path) -> Iterator[Engine]:
    """The backup or, if it lacks migrations, a migrated copy of it."""
    with closing_engine(create_engine("sqlite://", creator=lambda: read_only(source))) as engine:
        with engine.connect() as connection:
            current = standing(connection) is Standing.CURRENT
        if current:
            yield engine
            return
    with (
        TemporaryDirectory() as folder,
        _copied_up_to_date(source, Path(folder) / "backup.sqlite") as copied,
    ):
        yield copied


@contextmanager
def _copied_up_to_date(source: Path, target: Path) -> Iterator[Engine]:
    """Copy the backup to the new file `target` and apply the migrations it lacks."""
    with closing(read_only(source)) as copy, closing(sqlite3.connect(target)) as written:
        copy.backup(written)
    with closing_engine(connect(f"sqlite:///{target}")) as copied:
        migrate(copied)
        yield copied


def _drop_tables(connection: Connection) -> None:
    SQLModel.metadata.drop_all(connection)
    connection.execute(text(f"DROP TABLE IF EXISTS {VERSION_TABLE}"))
    for table in append_only.PROTECTED:
        connection.execute(text(f"DROP FUNCTION IF EXISTS {append_only.function(table)}"))


def _number_on(connection: Connection) -> None:
    """Set the sequence of every column that PostgreSQL numbers to continue after the highest copied
    number.
    """
    for table in tables():
        column = table.autoincrement_column
        if column is None:
            continue
        where = {"table": table.name, "column": column.name}
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), where)
        highest = connection.scalar(select(func.max(column)))
        if sequence and highest is not None:
            connection.execute(select(func.setval(sequence, highest)))


def _settle(connection: Connection, replaced: _Replaced, act: Act) -> None:
    for table in OF_THE_MOMENT:
        connection.execute(delete(table))
    # What a running dashboard remembers is kept under versions: none may come a second time.
    data_version.move_past(connection, replaced.version)
    access_log.append(connection, act, Event.RESTORED, replaced.log_end)
