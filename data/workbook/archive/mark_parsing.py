"""Parse a sheet cell by cell for what the reader of values does not report."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from data.workbook.archive.container import DAMAGED, UnreadableError
from data.workbook.archive.marks import (
    BEYOND,
    REFERENCE,
    Extent,
    Mark,
    MarkKind,
    Marks,
    _number,
    column_number,
)
from data.workbook.cells.number_formats import Misleading, misleads_with

PICTURE = re.compile(r"=?(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
BY_FORMAT = {
    Misleading.PERCENT: MarkKind.PERCENT,
    Misleading.MAGNITUDE: MarkKind.MAGNITUDE,
    Misleading.UNIT: MarkKind.UNIT,
    Misleading.NO_DAY: MarkKind.NO_DAY,
}
"""By what misleads in a format, the mark of its cells; the first that fits counts."""


@dataclass(slots=True)
class Parsed:
    """The extent of the cells that are not empty, every mark, and the number of all cells."""

    extent: Extent = field(default_factory=Extent)
    marks: Marks = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    cells: int = 0


def parse(
    chunks: Iterable[bytes],
    odd_styles: Mapping[str, str],
    is_too_large: Callable[["Parsed"], bool] = lambda _so_far: False,
) -> Parsed:
    """Parse the cells of a sheet; `odd_styles` are number formats by style.

    What follows is not read once `is_too_large` is true of what was found so far: tens of millions
    of cells would keep a processor busy for minutes before they are refused.
    """
    cells = _Cells(odd_styles)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = cells.start
    parser.EndElementHandler = cells.end
    parser.CharacterDataHandler = cells.text
    try:
        for chunk in chunks:
            parser.Parse(chunk)
            if is_too_large(cells.parsed):
                return cells.parsed
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableError(DAMAGED) from error
    return cells.parsed


class _Cells:
    """Handles the XML elements of a sheet and collects data on its cells."""

    def __init__(self, odd_styles: Mapping[str, str]) -> None:
        self.parsed = Parsed()
        self._odd_styles = odd_styles
        self._row = self._cell_row = self._column = 0
        self._kind, self._style, self._rich = "n", "0", False
        self._inside = ""
        self._filled = self._in_cell = False
        self._value: str | None = None
        self._formula: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                self._open_cell(attributes)
            case "row":
                self._row = _number(attributes.get("r")) or self._row + 1
                self._column = 0
                if attributes.get("hidden") in ("1", "true"):
                    self.parsed.hidden_rows.append(self._row)
            case "mergeCell":
                self.parsed.merged.append(attributes.get("ref", ""))
            case "v" if self._in_cell:
                self._inside, self._value = "v", ""
            case "f" if self._in_cell:
                self._inside, self._formula, self._filled = "f", "", True
            case "is" if self._in_cell:
                self._filled = True

    def text(self, text: str) -> None:
        if self._inside == "v":
            self._value = (self._value or "") + text
        elif self._inside == "f":
            self._formula = (self._formula or "") + text

    def end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "v" | "f":
                self._inside = ""
            case "c" if self._in_cell:
                self._close_cell()

    def _open_cell(self, attributes: dict[str, str]) -> None:
        if "r" not in attributes:
            self._column += 1
            self._cell_row = self._row
        elif reference := REFERENCE.fullmatch(attributes["r"]):
            self._column = min(column_number(reference[1]), BEYOND)
            self._cell_row = _number(reference[2])
        else:
            raise UnreadableError(DAMAGED)
        self.parsed.cells += 1
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._rich = "vm" in attributes
        self._in_cell, self._filled = True, False
        self._value = self._formula = None

    def _close_cell(self) -> None:
        self._in_cell = False
        if self._filled or self._value:
            self.parsed.extent.reach(self._cell_row, self._column)
        if mark := self._mark():
            self.parsed.marks.setdefault(self._column - 1, {})[self._cell_row] = mark

    def _mark(self) -> Mark | None:
        if self._formula is not None and PICTURE.match(self._formula):
            return Mark(MarkKind.PICTURE, f"={self._formula}")
        if self._kind == "e":
            # Excel keeps a picture in a cell as an error with a value of its own behind it.
            picture = self._rich and self._formula is None
            kind = MarkKind.PICTURE if picture else MarkKind.ERROR
            return Mark(kind, self._value or "#N/A")
        if self._formula is not None and not self._has_result():
            return Mark(MarkKind.NO_RESULT, f"={self._formula}")
        if self._kind in ("n", "d") and self._value and self._style in self._odd_styles:
            return self._mark_by_format(self._value, self._odd_styles[self._style])
        return None

    def _mark_by_format(self, value: str, code: str) -> Mark | None:
        try:
            misleading = misleads_with(code, float(value) if self._kind == "n" else 1)
        except ValueError:
            misleading = frozenset()
        kind = next((kind for each, kind in BY_FORMAT.items() if each in misleading), None)
        return Mark(kind, value, code) if kind else None

    def _has_result(self) -> bool:
        # An empty text is a result; a number, a date or a truth value cannot be empty.
        if self._kind in ("str", "inlineStr"):
            return self._value is not None or self._kind == "inlineStr"
        return bool(self._value and self._value.strip())
