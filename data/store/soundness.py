"""Check that a SQLite database file is undamaged; PostgreSQL checks its own files."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from data.store.database import DamagedDatabaseError

MAGIC = b"SQLite format 3\x00"
SMALL = 64 << 20
"""Bytes up to which a file is looked at whole in a moment."""


def require_sound(engine: Engine, *, whole: bool = False) -> None:
    """Raise `DamagedDatabaseError` if the database file is damaged.

    Of a large file only the header, the schema and the first page of each table and index are
    checked, unless `whole` is set.
    """
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or not Path(name).is_file():
        return
    file = Path(name)
    if not file.stat().st_size:
        return  # SQLite makes the database when it is first written to.
    try:
        with file.open("rb") as opened:
            start = opened.read(len(MAGIC))
        reason = "" if start == MAGIC else "no header"
        reason = reason or _wrong(file, whole=whole or file.stat().st_size <= SMALL)
    except sqlite3.OperationalError:
        return  # It is locked or may not be read: whoever opens it says so.
    except sqlite3.DatabaseError as error:
        reason = str(error)
    if reason:
        raise DamagedDatabaseError(file, reason)


def _wrong(file: Path, *, whole: bool) -> str:
    """The damage that SQLite finds in the file; "" for none."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as raw:
        names = [
            name
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        for name in names:
            raw.execute(f'SELECT * FROM "{name}" LIMIT 1').fetchall()
        if not whole:
            return ""
        (said,) = raw.execute("PRAGMA quick_check(1)").fetchone()
    return "" if said == "ok" else str(said).strip().splitlines()[-1]
