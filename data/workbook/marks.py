"""Find what the reader of values does not report about a sheet.

That is: its extent, merged and hidden cells, errors, formulas without a result, pictures, and
misleading number formats. Most sheets need only a fast search for byte patterns; sheets in which it
finds something relevant, or that are not written as Excel does, are parsed cell by cell.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple
from xml.parsers import expat

from data.workbook.container import DAMAGED, UnreadableError
from data.workbook.number_formats import Misleading, misleads_with

# A cell as written by Excel and common libraries; anything else is left to the parser.
CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^<>\'&]*>')
ANY_CELL = re.compile(rb"<(?:[^\s<>/:]+:)?c[\s/>]")
NO_STORED_RESULT = re.compile(rb"(?:</f>|<f[^<>]*/>)\s*(?!<v>[^<\s])")
MERGED = re.compile(rb"<(?:[^\s<>/:]+:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"']([^\"'<>]*)")
ROW = re.compile(rb"<(?:[^\s<>/:]+:)?row\b([^<>]*)>")
HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"']([0-9]+)[\"']")
PICTURE = re.compile(r"=?(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
REFERENCE = re.compile(r"([A-Za-z]+)([0-9]+)")
DIGITS = b"0123456789"
LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST_CELL = 16 << 20
BEYOND = 1 << 30  # any row or column that no sheet has


class MarkKind(Enum):
    """The reason why a cell is not what its value suggests."""

    ERROR = "error"
    NO_RESULT = "no result"
    PICTURE = "picture"
    PERCENT = "percent"
    MAGNITUDE = "magnitude"
    UNIT = "unit"
    NO_DAY = "no day"


BY_FORMAT = {
    Misleading.PERCENT: MarkKind.PERCENT,
    Misleading.MAGNITUDE: MarkKind.MAGNITUDE,
    Misleading.UNIT: MarkKind.UNIT,
    Misleading.NO_DAY: MarkKind.NO_DAY,
}
"""By what misleads in a format, the mark of its cells; the first that fits counts."""


class Mark(NamedTuple):
    """A cell that is not what its value suggests: its content, and its number format if that is
    the reason."""

    kind: MarkKind
    text: str
    number_format: str = ""


Marks = dict[int, dict[int, Mark]]
"""By column from 0, then by row from 1."""


@dataclass(slots=True)
class Extent:
    """The lowest row and the rightmost column with a cell, from 1; 0 = none."""

    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        """The number of cells in the rectangle from A1."""
        return self.rows * self.columns

    def reach(self, rows: int, columns: int) -> None:
        """Extend to include the cell at `rows`, `columns`."""
        self.rows = max(self.rows, rows)
        self.columns = max(self.columns, columns)


@dataclass(slots=True)
class Look:
    """The result of the fast search through a sheet.

    `extent` includes cells with only a format. `uncertain`: only parsing can decide; `marked`:
    there may be marks. `merged` are the ranges of merged cells as written, `hidden_rows` the
    numbers of hidden rows.
    """

    extent: Extent = field(default_factory=Extent)
    uncertain: bool = False
    marked: bool = False
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


def look(chunks: Iterable[bytes], odd_styles: Collection[str]) -> Look:
    """Search the XML of a sheet without parsing it; `odd_styles` are the styles that may
    mislead."""
    look_of_sheet = Look()
    odd_cell = _style_pattern(odd_styles)
    # A cell without a style has the first one.
    look_of_sheet.marked = "0" in odd_styles
    for piece in _pieces(chunks, look_of_sheet):
        if b"mergeCell" in piece:
            look_of_sheet.merged += [
                each.decode("ascii", "replace") for each in MERGED.findall(piece)
            ]
        _note_hidden(piece, look_of_sheet.hidden_rows)
        cells = CELL.findall(piece)
        if _has_others(piece, len(cells)):
            look_of_sheet.uncertain = True
            continue
        if cells:
            _reach(look_of_sheet.extent, b",".join(cells))
        look_of_sheet.marked = (
            look_of_sheet.marked
            or b'"e"' in piece
            or (b"<f" in piece and _may_matter(piece))
            or (odd_cell is not None and odd_cell.search(piece) is not None)
        )
    return look_of_sheet


def column_letters(at: int) -> str:
    """Excel's name for column `at`, counted from 0."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number, counted from 1, of the column with `letters`."""
    number = 0
    for letter in letters.upper()[:10]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _pieces(chunks: Iterable[bytes], look: Look) -> Iterator[bytes]:
    """The chunks divided anew, so that no cell is split between two."""
    rest = b""
    for chunk in chunks:
        if look.uncertain:
            continue
        rest += chunk
        cut = max(rest.rfind(b"<c r="), rest.rfind(b"<row "))
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > LONGEST_CELL:
            look.uncertain = True
    yield rest


def _has_others(piece: bytes, cells: int) -> bool:
    """Whether a piece has a cell or formula that the patterns for the usual ones do not match."""
    if b":f" in piece:
        return True
    if piece.count(b"<c") == cells and b":c" not in piece:
        return False
    return len(ANY_CELL.findall(piece)) != cells


def _may_matter(piece: bytes) -> bool:
    """Whether a formula in `piece` may lack a result or stand for a picture."""
    return b"IMG(" in piece or b"IMAGE(" in piece or NO_STORED_RESULT.search(piece) is not None


def _reach(extent: Extent, references: bytes) -> None:
    columns = set(references.translate(None, DIGITS).split(b","))
    rows = references.translate(None, LETTERS).split(b",")
    extent.reach(max(map(int, rows)), max(column_number(letters.decode()) for letters in columns))


def _note_hidden(piece: bytes, hidden: list[int]) -> None:
    """Add the numbers of the hidden rows of `piece`; a row without a number is left out."""
    if b"hidden" not in piece:
        return
    for attributes in ROW.findall(piece):
        if HIDDEN.search(attributes) and (number := ROW_NUMBER.search(attributes)):
            hidden.append(int(number[1][:10]))


def _style_pattern(styles: Collection[str]) -> re.Pattern[bytes] | None:
    if not styles:
        return None
    return re.compile(rf'<c [^<>]*\bs="(?:{"|".join(sorted(styles))})"(?![^<>]*/>)'.encode())


@dataclass(slots=True)
class Parsed:
    """The extent of the cells that are not empty, and every mark."""

    extent: Extent = field(default_factory=Extent)
    marks: Marks = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


def parse(chunks: Iterable[bytes], odd_styles: Mapping[str, str]) -> Parsed:
    """Parse the cells of a sheet; `odd_styles` are number formats by style."""
    cells = _Cells(odd_styles)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = cells.start
    parser.EndElementHandler = cells.end
    parser.CharacterDataHandler = cells.text
    try:
        for chunk in chunks:
            parser.Parse(chunk)
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


def _number(digits: str | None) -> int:
    if not digits or not re.fullmatch("[0-9]+", digits):
        return 0
    return int(digits) if len(digits) < 10 else BEYOND
