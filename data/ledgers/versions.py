"""Earlier versions of ledger rows: kept beside them, and read as they were after an import."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from data.ledgers.rows import (
    PROVENANCE,
    Values,
    as_json,
    by_column,
    text_of_key,
)
from data.store.batches import batches
from models.kept import Change, Version
from models.ledger import Ledger

WRITTEN_AT_ONCE = 5_000


def keep(
    connection: Connection,
    ledger: type[Ledger],
    rows: Iterable[tuple[Values, Change]],
    replaced_by: int,
    reason: str | None,
) -> None:
    """Keep `rows`, each the values of a row followed by its provenance, beside what replaces them.

    The `reason` is kept with corrections and removals, which are what it was given for.
    """
    for batch in batches(rows, WRITTEN_AT_ONCE):
        connection.execute(
            insert(Version),
            [_version(ledger, kept, change, replaced_by, reason) for kept, change in batch],
        )


def _version(
    ledger: type[Ledger], kept: Values, change: Change, replaced_by: int, reason: str | None
) -> dict[str, Any]:
    values = by_column(ledger, kept)
    import_number, sheet, row = kept[-len(PROVENANCE) :]
    return {
        "ledger": ledger.id(),
        "key": text_of_key(ledger, values),
        "values": as_json(values),
        "import_number": import_number,
        "sheet": sheet,
        "row": row,
        "replaced_by": replaced_by,
        "change": change.value,
        "reason": None if change is Change.UPDATED else reason,
    }


def history(connection: Connection, ledger: type[Ledger], key: str) -> list[Version]:
    """The earlier versions of the row with `key`, the oldest first."""
    statement = (
        select(Version.__table__)  # type: ignore[attr-defined]
        .where(col(Version.ledger) == ledger.id(), col(Version.key) == key)
        .order_by(col(Version.replaced_by), col(Version.id))
    )
    return [Version.model_validate(dict(row._mapping)) for row in connection.execute(statement)]
