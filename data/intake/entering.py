"""Enter a few rows on screen, with the same steps as an imported workbook.

The rows are read cell by cell, checked beside the stored ones, numbered and derived as an import
is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.intake.checked import in_order, permission_of
from data.intake.checks import faults_between_rows
from data.intake.checks.cells import as_written
from data.intake.checks.corrections import Correcting
from data.intake.checks.prospect import Prospect
from data.intake.keeping import keep
from data.intake.taken import Origin, Taken
from data.intake.unit_names import resolve_unit_names
from data.ledgers.rows import ids
from data.reference.lists import References
from data.store.access_log import Act
from data.workbook.archive.structure import SheetPart
from data.workbook.cells.value_texts import CellValue
from data.workbook.places import SheetPlace
from data.workbook.rows import Content
from data.workbook.sheets import ReadSheet, sheet_rows
from models.ledger import Column, Ledger
from models.registry import BY_ID

Row = Mapping[str, object]
"""A row by column id, in the form in which a ledger keeps it; None is an empty cell."""


def enter(
    connection: Connection,
    rows: Mapping[str, Sequence[Row]],
    *,
    act: Act,
    day: date,
    references: References,
    note: str,
    correct: Correcting | str | None = None,
) -> Taken:
    """Enter `rows`, by the id of their ledger, in the caller's `writing` transaction: all or none.

    `note` takes the place of an import's file name; `correct` permits changes of guarded columns.
    Refused rows are returned as faults with the row's place, counted from 1. Nothing is changed if
    rows are refused or if every row equals the stored one. The caller writes the access log.
    """
    permission = permission_of(correct)
    content = typed(rows, day=day, references=references)
    resolve_unit_names(connection, content, day)
    prospect = Prospect(connection, content)
    faults = list(faults_between_rows(prospect, day=day, references=references, correct=permission))
    if faults or content.faults:
        return Taken(None, day, {}, in_order([*content.faults, *faults], content))
    origin = Origin(note, "", day, act, permission.reason if permission else None)
    return keep(connection, prospect, origin, references)


def typed(rows: Mapping[str, Sequence[Row]], *, day: date, references: References) -> Content:
    """`rows` as if a workbook that holds them were read on `day`, numbered from 1.

    All rows of a ledger name the same columns; columns that are not named keep their stored values.
    Raises `ValueError` for an unknown ledger or column.
    """
    content = Content()
    for ledger_id, given in rows.items():
        if ledger_id not in BY_ID:
            raise ValueError(f"there is no ledger {ledger_id!r}")
        if given:
            ledger = BY_ID[ledger_id]
            place = SheetPlace(0, SheetPart(ledger.SHEET.zh, ""), ledger)
            cells = ReadSheet(_typed(ledger, given))
            sheet, faults = sheet_rows(cells, place, day=day, references=references, first=1)
            content.sheets.append(sheet)
            content.faults += faults
    return content


@dataclass(frozen=True, slots=True)
class _Typed:
    """A header and lines in the form of a sheet's cells."""

    lines: Sequence[list[CellValue]]

    @property
    def start(self) -> tuple[int, int]:
        return 0, 0

    @property
    def width(self) -> int:
        return len(self.lines[0])

    def iter_rows(self) -> Iterable[list[CellValue]]:
        return self.lines


def _typed(ledger: type[Ledger], rows: Sequence[Row]) -> _Typed:
    named = set(rows[0])
    if unknown := named - set(ids(ledger)):
        raise ValueError(f"{ledger.id()} has no columns {sorted(unknown)}")
    if any(set(row) != named for row in rows):
        raise ValueError(f"the rows of {ledger.id()} do not name the same columns")
    columns = [column for column in ledger.columns if column.id in named]
    header: list[CellValue] = [column.zh for column in columns]
    return _Typed([header, *([_cell(each, row[each.id]) for each in columns] for row in rows)])


def _cell(column: Column, value: object) -> CellValue:
    """The value as a person would have typed it into the cell."""
    if value is None:
        return ""
    # Keep a word as typed: the reader decides whether the column allows it.
    if isinstance(value, str):
        return str(value)
    written = as_written(column.kind, value)
    if written is None:
        raise ValueError(f"{value!r} is not in the form in which {column.id} is kept")
    return written
