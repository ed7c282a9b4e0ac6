"""Read and write ledger rows as plain tuples, in batches, and convert their keys to text.

Whether rows are valid together is checked in `data.intake`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    func,
    select,
    update,
)

from data.store import bulk
from data.store.batches import batches
from data.store.ordering import by_bytes
from models.ledger import Column, Ledger, key_text

Values = tuple[Any, ...]
Key = Any
"""The key of a row: the value of its key column, or a tuple of several."""

PROVENANCE = ("import_number", "sheet", "row")
ASKED_AT_ONCE = 5_000
SCANNED_FROM = 50_000
"""From this many values on, reading the whole table is faster than querying for them."""
READ_AT_ONCE = 10_000
WRITTEN_AT_ONCE = 10_000


def table_of(ledger: type[Ledger]) -> Table:
    """The table of `ledger`."""
    table: Table = ledger.__table__  # type: ignore[attr-defined]
    return table


def ids(ledger: type[Ledger]) -> tuple[str, ...]:
    """The ids of the columns of `ledger`, in the order of its sheet."""
    return tuple(each.id for each in ledger.columns)


def key_ids(ledger: type[Ledger]) -> tuple[str, ...]:
    """The ids of its key columns."""
    return tuple(each.id for each in ledger.key_columns())


def picker(order: Sequence[str], wanted: Sequence[str]) -> Callable[[Values], Any]:
    """A function that picks `wanted` from values in `order`: one as it is, several as a tuple."""
    return itemgetter(*(order.index(each) for each in wanted))


def is_empty(connection: Connection, ledger: type[Ledger]) -> bool:
    """Whether `ledger` has no rows."""
    return connection.execute(select(1).select_from(table_of(ledger)).limit(1)).first() is None


def fetch(
    connection: Connection,
    ledger: type[Ledger],
    columns: Sequence[str],
    where: ColumnElement[bool] | None = None,
    *,
    in_order: bool = False,
) -> Iterator[Values]:
    """The `columns` of the rows for which `where` holds (all without it), by key if `in_order`."""
    table = table_of(ledger)
    statement = select(*(table.c[each] for each in columns))
    if where is not None:
        statement = statement.where(where)
    if in_order:
        keys = table.primary_key.columns
        statement = statement.order_by(
            *(by_bytes(key) if isinstance(key.type, String) else key for key in keys)
        )
    rows = connection.execute(statement, execution_options={"yield_per": READ_AT_ONCE})
    try:
        for row in rows:
            yield tuple(row)
    finally:
        # A reader who stops early must not leave the cursor open on the server. One who stopped
        # for an error may be let go only after the connection, which took the cursor with it.
        if not connection.closed:
            rows.close()


def fetch_by(
    connection: Connection,
    ledger: type[Ledger],
    columns: Sequence[str],
    by: str,
    values: Collection[Any],
    where: ColumnElement[bool] | None = None,
) -> Iterator[Values]:
    """The `columns` of the rows whose column `by` holds one of `values` and for which `where`
    holds."""
    if len(values) > SCANNED_FROM:
        for row in fetch(connection, ledger, (*columns, by), where):
            if row[-1] in values:
                yield row[:-1]
        return
    for batch in batches(values, ASKED_AT_ONCE):
        in_batch = table_of(ledger).c[by].in_(batch)
        asked = in_batch if where is None else and_(in_batch, where)
        yield from fetch(connection, ledger, columns, asked)


def insert_rows(
    connection: Connection,
    ledger: type[Ledger],
    rows: Iterable[tuple[int, Values]],
    import_number: int,
    sheet: str,
) -> None:
    """Write new `rows`, each (row of the sheet, values in the order of the columns)."""
    names = (*ids(ledger), *PROVENANCE)
    whole = ((*values, import_number, sheet, row) for row, values in rows)
    bulk.insert_rows(connection, table_of(ledger), names, whole)


def update_rows(
    connection: Connection,
    ledger: type[Ledger],
    rows: Iterable[tuple[int, Values]],
    import_number: int,
    sheet: str,
) -> None:
    """Replace the stored rows that have the keys of `rows`."""
    table, keys = table_of(ledger), key_ids(ledger)
    bound = [f"new_{each}" for each in (*ids(ledger), *PROVENANCE)]
    statement = (
        update(table)
        .where(and_(*(table.c[each] == bindparam(f"new_{each}") for each in keys)))
        .values(
            {
                each: bindparam(f"new_{each}")
                for each in (*ids(ledger), *PROVENANCE)
                if each not in keys
            }
        )
    )
    for batch in batches(rows, WRITTEN_AT_ONCE):
        connection.execute(
            statement,
            [
                dict(zip(bound, (*values, import_number, sheet, row), strict=True))
                for row, values in batch
            ],
        )


def with_key(ledger: type[Ledger], key: Values) -> ColumnElement[bool]:
    """The SQL condition that a row of `ledger` has `key`, the values of its key columns."""
    table = table_of(ledger)
    return and_(*(table.c[i] == part for i, part in zip(key_ids(ledger), key, strict=True)))


def by_column(ledger: type[Ledger], values: Values) -> dict[str, Any]:
    """`values` in the order of the columns, by column id; what follows them is left out."""
    return dict(zip(ids(ledger), values, strict=False))


def text_of_key(ledger: type[Ledger], values: Mapping[str, object]) -> str:
    """The key of a row as text, as facts, versions and commands use it."""
    return key_text(values[each] for each in key_ids(ledger))


def key_of_text(ledger: type[Ledger], text: str) -> Values:
    """The key columns' values in `text`, the inverse of `text_of_key`; raises `ValueError` if
    malformed."""
    if "\\" in text:
        parts = [
            re.sub(r"\\(.)", r"\1", part) for part in re.findall(r"(?:^|\|)((?:\\.|[^\\|])*)", text)
        ]
    else:
        parts = text.split("|")
    columns = ledger.key_columns()
    if len(parts) != len(columns):
        raise ValueError(text)
    return tuple(_part(column, part) for column, part in zip(columns, parts, strict=True))


def first_part(connection: Connection, key: Any) -> ColumnElement[str]:
    """The SQL expression for the first part of a key of several parts, which must be a code.

    Codes contain neither `|` nor `\\`, so nothing in them is doubled.
    """
    if connection.dialect.name == "postgresql":
        return func.split_part(key, "|", 1)
    return func.substr(key, 1, func.instr(key, "|") - 1)


def _part(column: Column, text: str) -> object:
    if isinstance(column.kind.sql, Date):
        return date.fromisoformat(text)
    if isinstance(column.kind.sql, Integer):
        return int(text)
    return text


def as_json(values: Mapping[str, object]) -> dict[str, object]:
    """`values` ready for JSON: days as text such as "2026-03-31"."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def from_json(ledger: type[Ledger], values: Mapping[str, object]) -> dict[str, object]:
    """The inverse of `as_json`; columns added since are None."""
    return {column.id: _from_json(column, values.get(column.id)) for column in ledger.columns}


def _from_json(column: Column, value: object) -> object:
    if isinstance(value, str) and isinstance(column.kind.sql, Date):
        return date.fromisoformat(value)
    return value
