"""Preview an import row by row: new, changed (old and new values) and equal rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import Connection

from data.figures.reading import Reading
from data.intake.checks.arriving import Arriving
from data.intake.checks.prospect import Prospect
from data.intake.figures_ahead import figures_ahead
from data.ledgers.rows import by_column, ids, text_of_key
from data.reference.lists import References

MOST_ROWS = 10_000
"""Rows of a ledger that a preview names, new ones and changed ones each; counts name them all."""


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that is not stored yet: its key as text, its row on the sheet, its values in stored
    form."""

    key: str
    row: int
    values: Mapping[str, object]

    @property
    def subject(self) -> str:
        """The title, name or text by which people know the row."""
        return subject_of(self.values)


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A column of a stored row that changes; both values in stored form, None for an empty cell."""

    column: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A stored row that changes: its key as text, its row on the sheet, and the changed cells."""

    key: str
    row: int
    subject: str
    cells: tuple[ChangedCell, ...]


@dataclass(frozen=True, slots=True)
class LedgerPreview:
    """The rows of one ledger; `equal` counts those that do not change."""

    ledger: str
    sheet: str
    new: tuple[NewRow, ...]
    changed: tuple[ChangedRow, ...]
    equal: int


@dataclass(frozen=True, slots=True)
class FigureAhead:
    """A figure of the whole district before and after the import."""

    before: Reading
    after: Reading

    @property
    def differs(self) -> bool:
        """Whether the import changes the figure."""
        return (self.before.numerator, self.before.denominator) != (
            self.after.numerator,
            self.after.denominator,
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that an import would do: its rows by ledger, and the figures of its day."""

    ledgers: tuple[LedgerPreview, ...] = ()
    figures: tuple[FigureAhead, ...] = ()


def preview_of(
    connection: Connection, prospect: Prospect, *, day: date, references: References
) -> Preview:
    """The effect of importing the rows of `prospect` on `day`; nothing is written."""
    return Preview(
        tuple(_of_ledger(each) for each in prospect.arriving.values() if each.rows),
        tuple(
            FigureAhead(*each)
            for each in figures_ahead(connection, prospect, day=day, references=references)
        ),
    )


def _of_ledger(arriving: Arriving) -> LedgerPreview:
    ledger = arriving.ledger
    return LedgerPreview(
        ledger.id(),
        arriving.sheet.name,
        tuple(islice(_new(arriving), MOST_ROWS)),
        tuple(islice(_changed(arriving), MOST_ROWS)),
        len(arriving.equal),
    )


def _new(arriving: Arriving) -> Iterator[NewRow]:
    for row, values in arriving.new():
        values_by_column = by_column(arriving.ledger, values)
        yield NewRow(text_of_key(arriving.ledger, values_by_column), row, values_by_column)


def _changed(arriving: Arriving) -> Iterator[ChangedRow]:
    order = ids(arriving.ledger)
    for _, kept, (row, values) in arriving.changed():
        known = by_column(arriving.ledger, kept)
        cells = tuple(
            ChangedCell(column, before, after)
            for column, before, after in zip(order, kept, values, strict=False)
            if before != after
        )
        yield ChangedRow(text_of_key(arriving.ledger, known), row, subject_of(known), cells)


def subject_of(values: Mapping[str, object]) -> str:
    """The title, name or text by which people know a row; "" if it has none."""
    return str(values.get("title") or values.get("name") or values.get("text") or "")
