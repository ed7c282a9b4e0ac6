"""Merged cells, which hide the values of all their cells but the first."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from data.workbook.archive.marks import column_number

RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7}):\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
HEADER_ROW = 1


@dataclass(frozen=True, slots=True)
class Range:
    """A range of merged cells: rows from 1, columns from 0, inclusive."""

    text: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int


def ranges(written: Iterable[str]) -> list[Range]:
    """The ranges as `written` in a sheet, without those of a single cell."""
    merged_ranges = []
    for text in written:
        if parts := RANGE.fullmatch(text):
            left, top, right, bottom = parts.groups()
            columns = sorted((column_number(left) - 1, column_number(right) - 1))
            rows = sorted((int(top), int(bottom)))
            if columns[0] != columns[1] or rows[0] != rows[1]:
                merged_ranges.append(Range(text.upper(), rows[0], columns[0], rows[1], columns[1]))
    return merged_ranges


@dataclass(slots=True)
class Merges:
    """The merged ranges below the header row, by column.

    `touched` are those that contain a row of the table, among the rows read so far.
    """

    by_column: dict[int, list[Range]] = field(default_factory=dict)
    touched: set[Range] = field(default_factory=set)

    @classmethod
    def of(cls, merged: Sequence[Range], width: int, matters: Callable[[int], bool]) -> "Merges":
        """The ranges of `merged` with a column that `matters`, on a sheet of `width` columns.

        Ranges beyond the sheet count as in the column after its last.
        """
        merges = cls()
        for each in merged:
            columns = range(min(each.first_column, width), min(each.last_column, width) + 1)
            if each.last_row > HEADER_ROW and any(map(matters, columns)):
                for at in columns:
                    merges.by_column.setdefault(at, []).append(each)
        for merges_of_column in merges.by_column.values():
            merges_of_column.sort(key=lambda each: each.first_row)
        return merges

    def cells(self, at: int, numbers: Sequence[int]) -> Iterator[int]:
        """The positions in `numbers`, the rows of a batch, whose cells in column `at` are
        merged."""
        for each in self.by_column.get(at, ()):
            if each.first_row > numbers[-1]:
                return
            places = range(
                bisect_left(numbers, each.first_row), bisect_right(numbers, each.last_row)
            )
            if places:
                self.touched.add(each)
            yield from places
