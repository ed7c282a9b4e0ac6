"""Read the rows of one sheet column by column, in batches, converting each distinct value once.

A sheet may have a million rows, so no object is created per cell.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, compress, islice
from operator import itemgetter
from typing import Protocol

from data.reference.lists import References
from data.workbook.archive.marks import MarkKind, Marks, column_letters
from data.workbook.archive.merges import Merges, Range
from data.workbook.cells.kinds import reader
from data.workbook.cells.starter_codes import may_be_empty
from data.workbook.cells.value_texts import CellValue, shown, words
from data.workbook.column_reading import ColumnReader
from data.workbook.places import (
    EXAMPLE,
    HEADER_LOOKED_FOR,
    SheetPlace,
    column_places,
    header_elsewhere,
    missing_columns,
)
from data.workbook.row_rules import row_rules
from data.workbook.rows import FAULTY, Fault, SheetRows
from data.workbook.wrong_cells import (
    MERGED,
    shown_mark,
    wrong_by_mark,
)
from models.text import N_, Sentence, sentence

BATCH = 4096

NO_HEADER = N_(
    "{cells} values stand in a column without a header, the first of them here. Write a header in "
    "row 1, or clear the cells."
)
UNREAD = object()
"""Stands for a merged cell until the faults of its column are named: it has none of its own."""
IN_HEADERS = (MarkKind.ERROR, MarkKind.NO_RESULT, MarkKind.PICTURE)


class Cells(Protocol):
    """The cells of a sheet; `start` is the row and column of the first, None if there are none."""

    @property
    def start(self) -> tuple[int, int] | None: ...

    @property
    def width(self) -> int: ...

    def iter_rows(self) -> Iterable[list[CellValue]]: ...


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet as read: its cells, its marks, and merged ranges."""

    cells: Cells
    marks: Marks = field(default_factory=dict)
    merged: Sequence[Range] = ()


def sheet_rows(
    sheet: ReadSheet,
    place: SheetPlace,
    *,
    day: date,
    references: References,
    first: int = 2,
    starter: bool = False,
) -> tuple[SheetRows, list[Fault]]:
    """The rows of `sheet`, and its faults in the order of rows and columns.

    `first` is the number of the row below the header. In a `starter` codes may be empty.
    """
    return _SheetReader(sheet, place, day, references, starter=starter).read(first)


class _SheetReader:
    """Reads one sheet; holds the data shared by all its batches."""

    def __init__(
        self,
        sheet: ReadSheet,
        place: SheetPlace,
        day: date,
        references: References,
        *,
        starter: bool,
    ) -> None:
        self._starter = starter
        self._name, self._ledger, self._marks = place.part.name, place.ledger, sheet.marks
        self._marked_rows = set(chain.from_iterable(sheet.marks.values()))
        self._lines, self._width = sheet_lines(sheet.cells, sheet.marks)
        header = next(self._lines, [])
        self._places = column_places(self._name, self._ledger, header, self._wrong_headers())
        self._elsewhere: Fault | None = None
        if not self._places.at:
            begun = list(islice(self._lines, HEADER_LOOKED_FOR - 1))
            self._elsewhere = header_elsewhere(self._name, self._ledger, begun)
            self._lines = chain(begun, self._lines)
        self._header = header
        self._merges = Merges.of(sheet.merged, self._width, lambda at: at not in self._places.notes)
        order = [each for each in self._ledger.columns if each.id in self._places.at]
        self._columns = [
            ColumnReader(
                each,
                at,
                reader(each, day=day, references=references, starter=starter),
                sheet.marks.get(at, {}),
            )
            for each in order
            for at in (self._places.at[each.id],)
        ]
        self._present = tuple(each.id for each in order)
        self._rules = [
            rule
            for rule in row_rules(self._ledger, references)
            if set(rule.columns) <= set(self._present)
        ]
        self._faults: list[tuple[int, int, Fault]] = []
        self._without_header: dict[int, list[tuple[int, str | None]]] = {}

    def read(self, first: int) -> tuple[SheetRows, list[Fault]]:
        if self._elsewhere:
            nothing = SheetRows(self._ledger, self._name, {}, (), keys_unread=True)
            return nothing, [self._elsewhere]
        headers = {each: self._places.headers[each] for each in self._present}
        rows = SheetRows(self._ledger, self._name, headers, self._present)
        number = first
        while lines := list(islice(self._lines, BATCH)):
            self._read_batch(rows, lines, number)
            number += len(lines)
        self._refuse_merged(rows)
        for at, values in self._without_header.items():
            row, value = values[0]
            wrong = sentence(NO_HEADER, cells=len(values))
            self._add(row, at, column_letters(at), value, wrong)
        faults = list(self._places.faults)
        if not self._places.nothing_named or self._faults:
            faults += missing_columns(self._name, self._ledger, self._places)
        self._faults.sort(key=itemgetter(0, 1))
        return rows, faults + [fault for _, _, fault in self._faults]

    def _wrong_headers(self) -> dict[int, Fault]:
        return {
            at: Fault(self._name, 1, column_letters(at), mark.text, wrong_by_mark(mark, ""))
            for at, by_row in self._marks.items()
            if (mark := by_row.get(1)) and mark.kind in IN_HEADERS
        }

    def _refuse_merged(self, rows: SheetRows) -> None:
        keys = {self._places.at.get(each.id) for each in self._ledger.key_columns()}
        for each in self._merges.touched:
            at = each.first_column
            header = shown(self._header[at]) if at < len(self._header) else None
            name = header if words(header or "") else None
            self._add(each.first_row, at, name or column_letters(at), each.text, sentence(MERGED))
            if any(at in keys for at in range(each.first_column, each.last_column + 1)):
                rows.keys_unread = True

    def _read_batch(self, rows: SheetRows, lines: list[list[CellValue]], first: int) -> None:
        batch = self._not_blank(lines, first)
        if not batch:
            return
        numbers = [number for number, _ in batch]
        raw: list[Sequence[CellValue]] = list(zip(*(line for _, line in batch), strict=True))
        if examples := self._examples(raw):
            batch = [each for at, each in enumerate(batch) if at not in examples]
            if not batch:
                return
            numbers = [number for number, _ in batch]
            raw = list(zip(*(line for _, line in batch), strict=True))
        for at in self._places.unnamed:
            self._note_unnamed(at, numbers, raw[at])
        if not self._columns:
            return
        kept = [each.kept(numbers, raw[each.at]) for each in self._columns]
        numbers, raw, kept = _without_empty(numbers, raw, kept)
        if self._merges.by_column and numbers:
            numbers, raw, kept = self._without_merged(numbers, raw, kept)
        for column, cells in zip(self._columns, kept, strict=True):
            self._finish(column, numbers, raw[column.at], cells)
            if self._merges.by_column:
                cells[:] = [FAULTY if cell is UNREAD else cell for cell in cells]
        self._apply_rules(numbers, raw, kept)
        rows.rows.extend(zip(numbers, zip(*kept, strict=True), strict=True))

    def _examples(self, raw: Sequence[Sequence[CellValue]]) -> set[int]:
        """The positions of the rows that a note marks as examples."""
        return {
            place
            for at in self._places.notes
            for place, value in enumerate(raw[at])
            if isinstance(value, str) and value.startswith(EXAMPLE)
        }

    def _without_merged(
        self, numbers: list[int], raw: list[Sequence[CellValue]], kept: list[list[object]]
    ) -> tuple[list[int], list[Sequence[CellValue]], list[list[object]]]:
        """The batch without the values of merged cells; rows with nothing else are left out."""
        merged = {at: set(self._merges.cells(at, numbers)) for at in range(self._width + 1)}
        for column, cells in zip(self._columns, kept, strict=True):
            for place in merged[column.at]:
                cells[place] = None
        rows = dict(enumerate(numbers))
        numbers, raw, kept = _without_empty(numbers, raw, kept)
        place_of = {number: place for place, number in enumerate(numbers)}
        for column, cells in zip(self._columns, kept, strict=True):
            for place in merged[column.at]:
                if rows[place] in place_of:
                    cells[place_of[rows[place]]] = UNREAD
        return numbers, raw, kept

    def _not_blank(
        self, lines: list[list[CellValue]], first: int
    ) -> list[tuple[int, list[CellValue]]]:
        blank: list[CellValue] = [""] * self._width
        return [
            (number, line)
            for number, line in enumerate(lines, first)
            if line != blank or number in self._marked_rows
        ]

    def _note_unnamed(self, at: int, numbers: Sequence[int], raw: Sequence[CellValue]) -> None:
        marks = self._marks.get(at, {})
        merged = set(self._merges.cells(at, numbers))
        for place, (number, value) in enumerate(zip(numbers, raw, strict=True)):
            mark = marks.get(number)
            text = shown_mark(mark, value) if mark else shown(value)
            if place not in merged and words(text or ""):
                self._without_header.setdefault(at, []).append((number, text))

    def _finish(
        self,
        column: ColumnReader,
        numbers: Sequence[int],
        raw: Sequence[CellValue],
        cells: list[object],
    ) -> None:
        """Report the faulty cells of a column, and fill in the defaults of its empty cells."""
        if FAULTY in cells:
            for at, cell in enumerate(cells):
                if cell is FAULTY:
                    value, wrong = column.wrong(numbers[at], raw[at])
                    self._refuse(column, numbers[at], value, wrong)
        if None not in cells:
            return
        if column.column.default is not None:
            cells[:] = [column.column.default if each is None else each for each in cells]
        elif column.column.required and not (self._starter and may_be_empty(column.column)):
            for at, cell in enumerate(cells):
                if cell is None:
                    self._refuse(column, numbers[at], None, column.empty)
                    cells[at] = FAULTY

    def _apply_rules(
        self, numbers: Sequence[int], raw: list[Sequence[CellValue]], kept: list[list[object]]
    ) -> None:
        """Report every breach of a rule, also several at the same cell."""
        by_id = dict(zip(self._present, kept, strict=True))
        broken = [
            (at, rule.at, wrong)
            for rule in self._rules
            for at, values in enumerate(zip(*(by_id[each] for each in rule.columns), strict=True))
            if FAULTY not in values and (wrong := rule.broken(*values))
        ]
        for at, name, wrong in broken:
            column = self._columns[self._present.index(name)]
            self._refuse(column, numbers[at], shown(raw[column.at][at]), wrong)
            by_id[name][at] = FAULTY

    def _refuse(
        self, column: ColumnReader, number: int, value: str | None, wrong: Sentence
    ) -> None:
        self._add(number, column.at, self._places.headers[column.column.id], value, wrong)

    def _add(self, number: int, at: int, header: str, value: str | None, wrong: Sentence) -> None:
        self._faults.append((number, at, Fault(self._name, number, header, value, wrong)))


def sheet_lines(sheet: Cells, marks: Marks) -> tuple[Iterator[list[CellValue]], int]:
    """The lines of a sheet from its first row and column, all as wide as needed.

    Restores empty edges on the left, right and bottom, which the reader leaves out even where there
    are marks.
    """
    left = sheet.start[1] if sheet.start else 0
    width = max([left + sheet.width, *(at + 1 for at in marks)])
    before, after = [""] * left, [""] * (width - left - sheet.width)
    height = max([0, *chain.from_iterable(marks.values())])

    def lines() -> Iterator[list[CellValue]]:
        given = 0
        for line in sheet.iter_rows() if sheet.start else ():
            given += 1
            yield [*before, *line, *after] if before or after else line
        for _ in range(given, height):
            yield [""] * width

    return lines(), width


def _without_empty(
    numbers: list[int], raw: list[Sequence[CellValue]], kept: list[list[object]]
) -> tuple[list[int], list[Sequence[CellValue]], list[list[object]]]:
    """The rows of a batch that are not empty."""
    empty = (None,) * len(kept)
    filled = [values != empty for values in zip(*kept, strict=True)]
    if all(filled):
        return numbers, raw, kept
    return (
        list(compress(numbers, filled)),
        [list(compress(each, filled)) for each in raw],
        [list(compress(each, filled)) for each in kept],
    )
