"""Back up the whole database while the dashboard runs.

A backup is a SQLite file, even of a PostgreSQL database, so that it can be read anywhere; or, where
that takes too long or too much room, a packed file.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, text

import models.tables  # noqa: F401
from data.store import packing
from data.store.access_log import Act, head
from data.store.copying import (
    OF_THE_MOMENT,
    OWN_FILE,
    PAGES_AT_ONCE,
    CopyRefusedError,
    Progress,
    closing_engine,
    copy_rows,
    is_own_file,
    pages_told,
)
from data.store.database import connect, reading, writing
from data.store.logged_files import EXISTS, logged_file, whole_file
from data.store.schema import VERSION_TABLE, Standing, migrate, standing
from data.store.soundness import damage
from data.store.temporary import folder_in
from models.text import N_

EMPTY = N_("There is nothing to back up: the database holds no tables yet.")
SOURCE_DAMAGED = N_(
    "The database is damaged, so no backup was written; what stood at {file} was left as it is."
    " Restore an earlier backup."
)


def backup(
    engine: Engine,
    target: Path,
    act: Act,
    *,
    force: bool = False,
    packed: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write the database, as it is at one moment, to the file `target`; logged.

    `packed` makes it compressed and, of PostgreSQL, many times as fast. Raises `OSError` if the
    file cannot be written.
    """
    if is_own_file(engine, target):
        raise CopyRefusedError(OWN_FILE, file=target)
    if target.exists() and not force:
        raise CopyRefusedError(EXISTS, file=target)
    with reading(engine) as connection:
        if standing(connection) is Standing.NONE:
            raise CopyRefusedError(EMPTY)
    with logged_file(engine, target, act, "backup") as part:
        # The file holds names and password hashes, so only its owner may read it.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if packed:
            # Beside the target, where there must be room for it anyway.
            with folder_in(target.parent) as folder:
                _pack(engine, part, folder, target, progress)
            return
        copy_to(engine, part, progress)
        with closing(sqlite3.connect(part)) as copy:
            _finish(copy)
            _check_written(copy, target)


def _pack(
    engine: Engine, part: Path, folder: Path, target: Path, progress: Progress | None
) -> None:
    if engine.dialect.name == "postgresql":
        packing.pack_postgres(engine, part, folder, progress)
        return
    file = folder / "database.sqlite"
    copy_to(engine, file, progress)
    with closing(sqlite3.connect(file)) as copy:
        _finish(copy)
        _check_written(copy, target)
        [[version]] = copy.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall()
    with closing_engine(connect(f"sqlite:///{file}")) as copied, reading(copied) as connection:
        log_end = head(connection)
    packing.pack_sqlite(file, part, version, log_end, progress)


def copy_to(engine: Engine, file: Path, progress: Progress | None = None) -> None:
    """Copy every table, as of one moment, to the new SQLite database `file`."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(file)) as copy:
            _copy_pages_out(engine, copy, progress)
        return
    with closing_engine(connect(f"sqlite:///{file}")) as copied:
        migrate(copied)
        with reading(engine) as source, writing(copied) as written:
            copy_rows(source, written, progress)


def copy_unchanged(engine: Engine, target: Path) -> None:
    """Copy a SQLite database of any version to the new file `target`, before it is migrated.

    The program's earlier version can restore the copy. Not logged, since an older log may lack
    columns. Of a damaged database nothing is left: `CopyRefusedError`.
    """
    with whole_file(target) as part:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(part)) as copy:
            _copy_pages_out(engine, copy, None)
            copy.execute("PRAGMA journal_mode=DELETE")
            _check_written(copy, target)


def _copy_pages_out(engine: Engine, copy: sqlite3.Connection, progress: Progress | None) -> None:
    # The open transaction fixes the moment: later writes are not seen and do not restart the copy.
    with reading(engine) as connection:
        connection.execute(text("SELECT count(*) FROM sqlite_master"))
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copy, pages=PAGES_AT_ONCE, progress=pages_told(progress))


def _finish(copy: sqlite3.Connection) -> None:
    """Make the copy a single file without companion files, and without the sessions of the
    moment."""
    for table in OF_THE_MOMENT:
        copy.execute(f"DELETE FROM {table.__tablename__}")
    copy.commit()
    copy.execute("PRAGMA journal_mode=DELETE")


def _check_written(copy: sqlite3.Connection, target: Path) -> None:
    """Refuse to replace a good backup by a file that could not be restored."""
    if damage(copy):
        raise CopyRefusedError(SOURCE_DAMAGED, file=target)
