"""A digest of all facts, by which two databases can be compared."""

import hashlib
from typing import Any

from sqlalchemy import Connection, String, select

from models.kept import KeptFact

COLUMNS = ("measure", "bucket", "unit", "starts_on", "ends_on", "value", "ledger", "key")


def sha256(connection: Connection) -> str:
    """The SHA-256 in hexadecimal over all facts, one a line, sorted by their bytes."""
    table: Any = KeptFact.__table__  # type: ignore[attr-defined]
    columns = [table.c[name] for name in COLUMNS]
    # SQLite and PostgreSQL must sort alike, so texts are compared as bytes.
    by_bytes = connection.dialect.name == "postgresql"
    order = [
        column.collate("C") if by_bytes and isinstance(column.type, String) else column
        for column in columns
    ]
    digest = hashlib.sha256()
    statement = select(*columns).order_by(*order)
    with connection.execute(statement, execution_options={"yield_per": 10_000}) as rows:
        for row in rows:
            digest.update("\t".join(map(str, row)).encode() + b"\n")
    return digest.hexdigest()
