"""Write many rows of plain cells into a sheet, several times faster than cell by cell."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from math import isfinite

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | date | None
MARKED_UP = re.compile(r"[\x00-\x1f&<>\ufffe\uffff]")
"""What is not written into XML as it is."""
LONGEST = 16_000
"""Characters of a text that certainly fits a cell."""


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes whole rows.

    Its XML is what the library writes for the same cells, byte by byte. Only for workbooks with
    `constant_memory`, whose rows go to a file at once.
    """

    def write_rows(
        self, first: int, rows: Iterable[Sequence[Cell]], plain: Format, day: Format
    ) -> None:
        """Write `rows` from index `first` on: days in the format `day`, other cells in `plain`."""
        ends: dict[Cell, str | None] = {}
        names: list[str] = []
        for at, row in enumerate(rows, first):
            names += map(xl_col_to_name, range(len(names), len(row)))
            if at > self.previous_row:
                # Formats are numbered in the order in which rows are written.
                self._write_single_row(at)
            line = self._line(at, row, names, ends, (plain, day))
            if line is None:
                self._write_by_cells(at, row, plain, day)
            elif line:
                self.fh.write(line)

    def _line(
        self,
        at: int,
        row: Sequence[Cell],
        names: Sequence[str],
        ends: dict[Cell, str | None],
        formats: tuple[Format, Format],
    ) -> str | None:
        """A row as XML; "" if all its cells are empty, None if the library is to write it.

        `names` are those of the columns; `ends` caches what `_end` returns for texts and days.
        """
        places: list[int] = []
        cells: list[str] = []
        for place, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, int | float):
                end = self._end(cell, *formats)
            elif cell in ends:
                end = ends[cell]
            else:
                end = ends[cell] = self._end(cell, *formats)
            if end is None:
                return None
            places.append(place)
            cells.append(f'<c r="{names[place]}{at + 1}" {end}')
        if not cells:
            return ""
        self._check_dimensions(at, places[0])
        self._check_dimensions(at, places[-1])
        return f'<row r="{at + 1}">{"".join(cells)}</row>'

    def _end(self, cell: str | int | float | date, plain: Format, day: Format) -> str | None:
        """The XML of a cell after its name; None if the library is to write it."""
        if isinstance(cell, str):
            if not _is_plain(cell):
                return None
            return f's="{plain._get_xf_index()}" t="inlineStr"><is><t>{cell}</t></is></c>'
        if isinstance(cell, date):
            return f's="{day._get_xf_index()}"><v>{self._convert_date_time(cell):.16G}</v></c>'
        if not isfinite(cell):
            return None
        return f's="{plain._get_xf_index()}"><v>{cell:.16G}</v></c>'

    def _write_by_cells(self, at: int, row: Sequence[Cell], plain: Format, day: Format) -> None:
        for place, cell in enumerate(row):
            match cell:
                case None:
                    pass
                case str():
                    self.write_string(at, place, cell, plain)
                case date():
                    self.write_datetime(at, place, cell, day)
                case _:
                    self.write_number(at, place, cell, plain)


def _is_plain(text: str) -> bool:
    """Whether `text` is written into XML as it is, without a mark for space at an end."""
    return (
        len(text) <= LONGEST
        and not MARKED_UP.search(text)
        and "_x" not in text
        and not text[:1].isspace()
        and not text[-1:].isspace()
    )
