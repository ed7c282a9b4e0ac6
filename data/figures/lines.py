"""Rows behind a figure joined with their ledger rows, for lists and downloads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from data.figures.moved import Moved
from data.figures.rows import FigureRow
from data.figures.units import names
from data.ledgers.personal import without_names
from data.ledgers.rows import by_column, fetch_by, ids, key_of_text
from models.ledger import Column, Ledger
from models.registry import BY_ID


@dataclass(frozen=True, slots=True)
class Line:
    """A row behind a figure, with its unit's name and its ledger row by column id.

    `moved` says whether it is new since the day of comparison, or gone; None if neither or unknown.
    """

    row: FigureRow
    unit_name: str
    values: Mapping[str, Any]
    moved: Moved | None = None

    @property
    def ledger(self) -> type[Ledger]:
        """The ledger of the row."""
        return BY_ID[self.row.ledger]

    def subject(self) -> tuple[tuple[Column, Any], ...]:
        """The columns that say what the row is about, each with its value."""
        return tuple(
            (column, self.values[column.id])
            for column in self.ledger.about()
            if self.values.get(column.id) is not None
        )


def lines(
    connection: Connection, rows: Sequence[FigureRow], *, names_in_full: bool
) -> tuple[Line, ...]:
    """`rows` with their ledger rows, in order; persons' names are masked unless `names_in_full`."""
    units = names(connection, sorted({row.unit for row in rows}))
    kept = {
        ledger: _ledger_rows(
            connection, BY_ID[ledger], {row.key for row in rows if row.ledger == ledger}
        )
        for ledger in {row.ledger for row in rows}
    }
    return tuple(
        Line(
            row,
            units.get(row.unit, ""),
            without_names(
                BY_ID[row.ledger], kept[row.ledger].get(row.key, {}), in_full=names_in_full
            ),
        )
        for row in rows
    )


def _ledger_rows(
    connection: Connection, ledger: type[Ledger], keys: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """The rows of `ledger` with `keys`, by key."""
    wanted = {key_of_text(ledger, key): key for key in keys}
    first = ledger.key_columns()[0].id
    kept_rows: dict[str, dict[str, Any]] = {}
    for values in fetch_by(connection, ledger, ids(ledger), first, {key[0] for key in wanted}):
        row = by_column(ledger, values)
        text = wanted.get(tuple(row[column.id] for column in ledger.key_columns()))
        if text is not None:
            kept_rows[text] = row
    return kept_rows
