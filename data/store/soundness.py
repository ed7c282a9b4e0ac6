"""Check that a SQLite database file is undamaged; PostgreSQL checks its own files."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from data.store.database import DamagedDatabaseError
from models.kept import Balance, BalanceMove, KeptFact, PastFact

MAGIC = b"SQLite format 3\x00"
SMALL = 64 << 20
"""Bytes up to which a file is looked at whole in a moment."""
DERIVED = {each.__tablename__ for each in (KeptFact, PastFact, Balance, BalanceMove)}
"""The large tables whose rows are derived again by a rebuild."""
NO_TEXT = "text that cannot be read in the table {table}"


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
        raw.text_factory = bytes
        for name in names:
            raw.execute(f'SELECT * FROM "{name}" LIMIT 1').fetchall()
        raw.text_factory = str
        if not whole:
            return ""
        (said,) = raw.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            return str(said).strip().splitlines()[-1]
        return unreadable_text(raw)


def unreadable_text(raw: sqlite3.Connection) -> str:
    """Names a table that holds text which is no UTF-8; "" if there is none.

    SQLite does not look at texts when it checks a file. Of a city, this takes a few seconds.
    """
    names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for (table,) in names.fetchall():
        columns = [
            f"coalesce(\"{name}\", '')"
            for _, name, kind, *_ in raw.execute(f'PRAGMA table_info("{table}")')
            if "CHAR" in kind or "TEXT" in kind or "JSON" in kind
        ]
        if table in DERIVED or not columns:
            continue
        whole = " || '|' || ".join(columns)
        try:
            for _row in raw.execute(f'SELECT {whole} FROM "{table}"'):
                pass
        except sqlite3.OperationalError as error:
            if "decode" not in str(error):
                raise
            return NO_TEXT.format(table=table)
    return ""
