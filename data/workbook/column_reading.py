"""Read the cells of one column, converting each distinct value once."""

from collections.abc import Mapping, Sequence

from data.workbook.archive.marks import Mark, MarkKind
from data.workbook.cells.value_texts import CellValue, Reader, shown
from data.workbook.rows import FAULTY
from data.workbook.wrong_cells import (
    PICTURE,
    is_picture,
    matters,
    shown_mark,
    wrong_by_mark,
)
from models.ledger import Column
from models.text import N_, Sentence, sentence

REMEMBERED = 50_000  # distinct values a column; codes are all different and would only fill memory
EMPTY = N_("“{column}” is required. Fill in the cell.")


class _Values(dict[object, object]):
    """The stored form of every value of a column read so far."""

    def __init__(self, read: Reader) -> None:
        self.read = read

    def __missing__(self, value: CellValue) -> object:
        if len(self) >= REMEMBERED:
            self.clear()
        kept = self.read(value)
        if isinstance(kept, Sentence) or is_picture(value):
            kept = FAULTY
        self[value] = kept
        return kept


class ColumnReader:
    """Reads the cells of one column, a batch at a time."""

    def __init__(self, column: Column, at: int, read: Reader, marks: Mapping[int, Mark]) -> None:
        self.column, self.at = column, at
        self.marks = {row: mark for row, mark in marks.items() if matters(mark, column.kind)}
        self.empty = sentence(EMPTY, column=column.label)
        self._read = read
        self._values = _Values(read)
        # Kept separately, because True and 1.0 are the same dictionary key.
        self._flags = _Values(read)

    def kept(self, numbers: Sequence[int], raw: Sequence[CellValue]) -> list[object]:
        """The batch in stored form."""
        if bool in set(map(type, raw)):
            flags, values = self._flags, self._values
            kept = [flags[each] if isinstance(each, bool) else values[each] for each in raw]
        else:
            kept = list(map(self._values.__getitem__, raw))
        if self.marks:
            for at, number in enumerate(numbers):
                if number in self.marks:
                    kept[at] = FAULTY
        return kept

    def wrong(self, number: int, value: CellValue) -> tuple[str | None, Sentence]:
        """The value of a faulty cell of row `number`, and what is wrong with it."""
        mark = self.marks.get(number)
        wrong = self._read(value)
        if mark and not (mark.kind is MarkKind.NO_DAY and isinstance(wrong, Sentence)):
            return shown_mark(mark, value), wrong_by_mark(mark, value)
        if is_picture(value):
            return shown(value), sentence(PICTURE)
        assert isinstance(wrong, Sentence), wrong
        return shown(value), wrong
