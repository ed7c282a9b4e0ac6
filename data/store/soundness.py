"""Check that a SQLite database file is undamaged; PostgreSQL checks its own files."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from data.store.database import DamagedDatabaseError
from data.store.structure import missing
from models.kept import Balance, BalanceMove, KeptFact, PastFact

MAGIC = b"SQLite format 3\x00"
SMALL = 64 << 20
"""Bytes up to which a file is looked at whole in a moment."""
DERIVED = {each.__tablename__ for each in (KeptFact, PastFact, Balance, BalanceMove)}
"""The large tables whose rows are derived again by a rebuild."""
UNREADABLE = "values that cannot be read in the table {table}"
TEXTS = ("VARCHAR", "TEXT", "JSON")
"""The types of columns whose values are text, also where they say what they hold."""
_OTHER_THAN_TEXT = "{0} < '' OR {0} >= x''"
"""In the order of SQLite numbers come before all texts, and bytes after them."""
_OTHER_THAN_WHOLE = "{0} IS NOT CAST({0} AS INTEGER)"
WRONG = {
    "VARCHAR": _OTHER_THAN_TEXT,
    "TEXT": _OTHER_THAN_TEXT,
    "JSON": "{0} >= x''",
    "INTEGER": _OTHER_THAN_WHOLE,
    "BIGINT": _OTHER_THAN_WHOLE,
    "BOOLEAN": "{0} NOT IN (0, 1)",
    "BLOB": "{0} < x''",
    "DATE": "date({0}, '+0 days') IS NOT {0} OR {0} < '0001-'",
    "DATETIME": (
        "datetime(substr({0}, 1, 19), '+0 days') || substr({0}, 20) IS NOT {0}"
        " OR {0} < '0001-'"
        f" OR substr({{0}}, 20) NOT GLOB '.{'[0-9]' * 6}' AND substr({{0}}, 20) <> ''"
    ),
}
"""By type of column, the condition on a value that it cannot hold; not true of NULL.

With no days added, SQLite would hand out 30 February as it is.
"""


def require_sound(engine: Engine, *, whole: bool = False) -> None:
    """Raise `DamagedDatabaseError` if the database file is damaged.

    Unless `whole` is set, of a large file only the header, the names of its tables and columns, and
    the first page of each table and index are checked, and of a smaller one not the values that a
    rebuild derives again, which are most of it.
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
        reason = reason or _wrong(file, whole=whole)
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
        if whole or file.stat().st_size <= SMALL:
            return damage(raw, derived=whole)
        return missing(raw)


def damage(raw: sqlite3.Connection, *, derived: bool = True) -> str:
    """The damage of a SQLite database of which every row and index is looked at; "" for none.

    Without `derived` the values of facts and balances are left out.
    It is asked of what a backup has written and of what is restored, so that both refuse the same.
    """
    try:
        (said,) = raw.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            return str(said).strip().splitlines()[-1]
        return missing(raw) or _unreadable_values(raw, () if derived else DERIVED)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return str(error)


def _unreadable_values(raw: sqlite3.Connection, without: Collection[str]) -> str:
    """Names a table, not one of those `without`, with a value that its column cannot hold; "" if
    there is none.

    SQLite itself does not look at that: text that is no UTF-8 or holds a NUL character, a day or an
    instant that is none, JSON that cannot be read, and a value of another type than the column's.
    It takes a second or two a million rows.
    """
    names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for (table,) in names.fetchall():
        if table in without:
            continue
        columns = [
            (f'"{name}"', kind.partition("(")[0])
            for _, name, kind, *_ in raw.execute(f'PRAGMA table_info("{table}")')
        ]
        wrong = [WRONG[kind].format(column) for column, kind in columns if kind in WRONG]
        texts = [f"ifnull({column}, '')" for column, kind in columns if kind in TEXTS]
        documents = [column for column, kind in columns if kind == "JSON"]
        # Twice over the table is quicker than to hand out both of every row.
        if (wrong and _any(raw, table, " OR ".join(wrong))) or (
            texts and _any_unreadable(raw, table, " || '|' || ".join(texts), documents)
        ):
            return UNREADABLE.format(table=table)
    return ""


def _any(raw: sqlite3.Connection, table: str, condition: str) -> bool:
    found = raw.execute(f'SELECT 1 FROM "{table}" WHERE {condition} LIMIT 1')
    return found.fetchone() is not None


def _any_unreadable(
    raw: sqlite3.Connection, table: str, texts: str, documents: Sequence[str]
) -> bool:
    try:
        for (text,) in raw.execute(f'SELECT {texts} FROM "{table}"'):
            if "\0" in text:
                return True
        for document in documents:
            stored = raw.execute(f'SELECT {document} FROM "{table}"')
            if not all(_is_json(said) for (said,) in stored):
                return True
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
        return True
    return False


def _is_json(said: str | float | None) -> bool:
    """Whether a value of a JSON column can be read; SQLite keeps a bare number as one."""
    try:
        return not isinstance(said, str) or json.loads(said) is not Ellipsis
    except ValueError:
        return False
