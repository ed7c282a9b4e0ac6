"""Search a sheet for what the reader of values does not report, without parsing it.

Most sheets need only this fast search for byte patterns. Sheets in which it finds something
relevant, or that are not written as Excel does, are parsed cell by cell.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from data.workbook.archive.container import UNUSUAL, UnreadableError
from data.workbook.archive.marks import Extent, column_number

# A cell as written by Excel and common libraries; anything else is left to the parser.
CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^<>\'&]*>')
ANY_CELL = re.compile(rb"<(?:[^\s<>/:]+:)?c[\s/>]")
NO_STORED_RESULT = re.compile(rb"(?:</f>|<f[^<>]*/>)\s*(?!<v>[^<\s])")
MERGED = re.compile(rb"<(?:[^\s<>/:]+:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"']([^\"'<>]*)")
ROW = re.compile(rb"<(?:[^\s<>/:]+:)?row\b([^<>]*)>")
HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"']([0-9]+)[\"']")
DIGITS = b"0123456789"
LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST_CELL = 16 << 20
LONGEST_RUN = 4 << 20
"""Bytes without a tag at most; Excel's longest text takes a fiftieth of that."""


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
    mislead. Raises `UnreadableError` for a text far longer than any cell can hold."""
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
        elif len(rest) > LONGEST_RUN and b"<" not in rest[-LONGEST_RUN:]:
            raise UnreadableError(UNUSUAL)
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
    return re.compile(rf'<c (?![^<>]*/>)[^<>]*\bs="(?:{"|".join(sorted(styles))})"'.encode())
