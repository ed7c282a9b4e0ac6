"""A digest of all facts, by which two databases can be compared."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    String,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)

from data.store import bulk
from data.store.ordering import by_bytes
from models.kept import KeptFact

LINE = ("measure", "bucket", "unit", "starts_on", "ends_on", "value", "ledger", "key")
"""The columns of a line, with tabs between them."""
BY_UNIT = ("unit", "measure", "starts_on", "ends_on", "bucket", "value", "ledger", "key")
"""The order of the lines: nearly that of an index, so that hardly anything has to be sorted."""
BY_MEASURE = LINE
"""Their order in the digests of earlier versions."""
TAB: ColumnElement[str] = literal_column("'\t'", String)


def sha256(connection: Connection) -> str:
    """The SHA-256 in hexadecimal over all facts, one a line, sorted by unit first."""
    return _sha256(connection, BY_UNIT)


def is_of(connection: Connection, sha256: str) -> bool:
    """Whether `sha256` is over the facts of `connection`; it may be of an earlier version."""
    return any(_sha256(connection, order) == sha256 for order in (BY_UNIT, BY_MEASURE))


def _sha256(connection: Connection, order: Sequence[str]) -> str:
    table: Any = KeptFact.__table__  # type: ignore[attr-defined]
    sqlite = connection.dialect.name == "sqlite"
    first, *others = (_as_text(table.c[name], sqlite=sqlite) for name in LINE)
    line: ColumnElement[str] = first
    for column in others:
        line = line + TAB + column
    columns = (table.c[name] for name in order)
    statement = select(line).order_by(
        # SQLite and PostgreSQL must sort alike, so texts are compared as bytes.
        *(by_bytes(column) if isinstance(column.type, String) else column for column in columns)
    )
    digest = hashlib.sha256()
    for lines in bulk.fetch_texts(connection, statement):
        digest.update("\n".join((*lines, "")).encode())
    return digest.hexdigest()


def _as_text(column: Column[Any], *, sqlite: bool) -> ColumnElement[str]:
    """A column as both databases write it; days in the form 2026-03-31."""
    if isinstance(column.type, String):
        return column
    if not isinstance(column.type, Date):
        return cast(column, String)
    # SQLite keeps days as texts of this form.
    return type_coerce(column, String) if sqlite else func.to_char(column, "YYYY-MM-DD")
