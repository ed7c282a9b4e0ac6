"""A digest of all facts, by which two databases can be compared."""

import hashlib
from collections.abc import Sequence
from itertools import chain
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    String,
    Table,
    cast,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from data.store import bulk
from data.store.batches import batches
from data.store.ordering import by_bytes
from data.store.side_by_side import Question, Readers
from models.kept import KeptFact

LINE = ("measure", "bucket", "unit", "starts_on", "ends_on", "value", "ledger", "key")
"""The columns of a line, with tabs between them."""
BY_UNIT = ("unit", "measure", "starts_on", "ends_on", "bucket", "value", "ledger", "key")
"""The order of the lines: nearly that of an index, so that hardly anything has to be sorted."""
BY_MEASURE = LINE
"""Their order in the digests of earlier versions."""
FACTS: Table = KeptFact.__table__  # type: ignore[attr-defined]
UNITS_AT_ONCE = 50
AT_ONCE = 2
"""How many readers are kept busy."""
TAB: ColumnElement[str] = literal_column("'\t'", String)


def sha256(connection: Connection, readers: Readers | None = None) -> str:
    """The SHA-256 in hexadecimal over all facts, one a line, sorted by unit first.

    Units are read by `readers` if given, which PostgreSQL answers with a process each.
    """
    return _sha256(connection, BY_UNIT, readers)


def is_of(connection: Connection, sha256: str) -> bool:
    """Whether `sha256` is over the facts of `connection`; it may be of an earlier version."""
    return any(_sha256(connection, order) == sha256 for order in (BY_UNIT, BY_MEASURE))


def _sha256(connection: Connection, order: Sequence[str], readers: Readers | None = None) -> str:
    sqlite = connection.dialect.name == "sqlite"
    line = _joined_by_sqlite() if sqlite else func.concat_ws(TAB, *(FACTS.c[name] for name in LINE))
    # SQLite and PostgreSQL must sort alike, so texts are compared as bytes.
    by = [
        by_bytes(FACTS.c[name]) if isinstance(FACTS.c[name].type, String) else FACTS.c[name]
        for name in order
    ]
    digest = hashlib.sha256()
    if sqlite or order != BY_UNIT:
        for lines in bulk.fetch_texts(connection, select(line).order_by(*by)):
            digest.update("\n".join((*lines, "")).encode())
    else:
        every_unit = sorted(connection.scalars(select(FACTS.c.unit).distinct()))
        of_units = [_of_units(units, line, by) for units in batches(every_unit, UNITS_AT_ONCE)]
        read = (
            readers.in_turn(of_units, AT_ONCE) if readers else (ask(connection) for ask in of_units)
        )
        for text in chain.from_iterable(read):
            digest.update(f"{text}\n".encode())
    return digest.hexdigest()


def _of_units(
    units: Sequence[str], line: ColumnElement[str], order: Sequence[ColumnElement[Any]]
) -> Question[Sequence[str]]:
    """Ask for the lines of each of `units`, joined by PostgreSQL.

    It sorts those of a unit in memory, but all of them on disk; and hands out a text for each unit
    in a fraction of the time that it takes to hand out a row for each fact.
    """
    unit, *others = FACTS.c.unit, *order[1:]
    lines = func.string_agg(line, aggregate_order_by(literal("\n"), *others))
    of_units = select(lines).where(unit.in_(units)).group_by(unit).order_by(by_bytes(unit))
    return lambda connection: connection.scalars(of_units).all()


def _joined_by_sqlite() -> ColumnElement[str]:
    """The columns of a line with tabs between them, as PostgreSQL's `concat_ws` writes them: days
    in the form 2026-03-31, which `data.store.database` asks it for."""
    first, *others = (_as_text(FACTS.c[name]) for name in LINE)
    line: ColumnElement[str] = first
    for column in others:
        line = line + TAB + column
    return line


def _as_text(column: Column[Any]) -> ColumnElement[str]:
    """A column as SQLite writes it, which keeps days as texts."""
    if isinstance(column.type, String):
        return column
    return type_coerce(column, String) if isinstance(column.type, Date) else cast(column, String)
