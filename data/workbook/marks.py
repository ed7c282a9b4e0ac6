"""What the reader of values does not tell: how far a sheet reaches, and which of its cells are
errors, formulas without a result, or percentages.

A quick look for byte patterns is enough for most sheets; only those in which it finds something
that can matter, or that are not written as Excel writes them, are parsed cell by cell.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple
from xml.parsers import expat

from data.workbook.container import DAMAGED, UnreadableError

# As Excel and the usual libraries write a cell; anything else is left to the parser.
CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^<>\'&]*>')
ANY_CELL = re.compile(rb"<(?:[^\s<>/:]+:)?c[\s/>]")
NO_STORED_RESULT = re.compile(rb"(?:</f>|<f[^<>]*/>)\s*(?!<v>[^<\s])")
REFERENCE = re.compile(r"([A-Za-z]+)([0-9]+)")
DIGITS = b"0123456789"
LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST_CELL = 16 << 20
BEYOND = 1 << 30  # any row or column that no sheet has


class MarkKind(Enum):
    """Why a cell is not what its value seems to be."""

    ERROR = "error"
    NO_RESULT = "no result"
    PERCENT = "percent"


class Mark(NamedTuple):
    """A cell that is not what its value seems to be, and what stands in it."""

    kind: MarkKind
    text: str


Marks = dict[int, dict[int, Mark]]
"""By column from 0, then by row from 1."""


@dataclass(slots=True)
class Extent:
    """The lowest row and the rightmost column that hold a cell, from 1; 0 = none."""

    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        """The cells of the rectangle from A1."""
        return self.rows * self.columns

    def reach(self, rows: int, columns: int) -> None:
        """Grow to hold the cell at `rows`, `columns`."""
        self.rows = max(self.rows, rows)
        self.columns = max(self.columns, columns)


@dataclass(slots=True)
class Look:
    """What a quick look at a sheet found.

    `extent` also counts cells with nothing but a format. `uncertain` says that only parsing will
    tell; `marked` that there may be marks.
    """

    extent: Extent = field(default_factory=Extent)
    uncertain: bool = False
    marked: bool = False


def look(chunks: Iterable[bytes], percent: frozenset[str]) -> Look:
    """Go through the XML of a sheet without parsing it."""
    found = Look()
    percent_cell = _percent_pattern(percent)
    for piece in _pieces(chunks, found):
        cells = CELL.findall(piece)
        if _has_others(piece, len(cells)):
            found.uncertain = True
            continue
        if cells:
            _reach(found.extent, b",".join(cells))
        found.marked = (
            found.marked
            or b'"e"' in piece
            or (b"<f" in piece and NO_STORED_RESULT.search(piece) is not None)
            or (percent_cell is not None and percent_cell.search(piece) is not None)
        )
    return found


def column_letters(at: int) -> str:
    """The name Excel gives the column `at`, counted from 0."""
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


def _pieces(chunks: Iterable[bytes], found: Look) -> Iterator[bytes]:
    """The chunks cut anew, so that no cell stands in two of them."""
    rest = b""
    for chunk in chunks:
        if found.uncertain:
            continue
        rest += chunk
        cut = max(rest.rfind(b"<c r="), rest.rfind(b"<row "))
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > LONGEST_CELL:
            found.uncertain = True
    yield rest


def _has_others(piece: bytes, cells: int) -> bool:
    """Whether a piece holds a cell or a formula that the patterns for the usual ones pass over."""
    if b":f" in piece:
        return True
    if piece.count(b"<c") == cells and b":c" not in piece:
        return False
    return len(ANY_CELL.findall(piece)) != cells


def _reach(extent: Extent, references: bytes) -> None:
    columns = set(references.translate(None, DIGITS).split(b","))
    rows = references.translate(None, LETTERS).split(b",")
    extent.reach(max(map(int, rows)), max(column_number(letters.decode()) for letters in columns))


def _percent_pattern(percent: frozenset[str]) -> re.Pattern[bytes] | None:
    if not percent:
        return None
    styles = "|".join(sorted(percent))
    return re.compile(rf'<c [^<>]*\bs="(?:{styles})"(?![^<>]*/>)'.encode())


def parse(chunks: Iterable[bytes], percent: frozenset[str]) -> tuple[Extent, Marks]:
    """How far the cells with something in them reach, and every mark, cell by cell."""
    cells = _Cells(percent)
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
    return cells.extent, cells.marks


class _Cells:
    """Follows the elements of a sheet and keeps what concerns its cells."""

    def __init__(self, percent: frozenset[str]) -> None:
        self.extent, self.marks = Extent(), Marks()
        self._percent = percent
        self._row = self._cell_row = self._column = 0
        self._kind, self._style = "n", ""
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
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._in_cell, self._filled = True, False
        self._value = self._formula = None

    def _close_cell(self) -> None:
        self._in_cell = False
        if self._filled or self._value:
            self.extent.reach(self._cell_row, self._column)
        if mark := self._mark():
            self.marks.setdefault(self._column - 1, {})[self._cell_row] = mark

    def _mark(self) -> Mark | None:
        if self._kind == "e":
            return Mark(MarkKind.ERROR, self._value or "#N/A")
        if self._formula is not None and not self._has_result():
            return Mark(MarkKind.NO_RESULT, f"={self._formula}")
        if self._kind == "n" and self._value and self._style in self._percent:
            return Mark(MarkKind.PERCENT, self._value)
        return None

    def _has_result(self) -> bool:
        # An empty text is a result; a number, a date or a truth value cannot be empty.
        if self._kind in ("str", "inlineStr"):
            return self._value is not None or self._kind == "inlineStr"
        return bool(self._value and self._value.strip())


def _number(digits: str | None) -> int:
    if not digits or not re.fullmatch("[0-9]+", digits):
        return 0
    return int(digits) if len(digits) < 10 else BEYOND
