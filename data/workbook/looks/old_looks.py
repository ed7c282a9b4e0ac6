"""How rows of an old workbook (.xls) look: their colour, struck through, hidden."""

import struct
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import xlrd

from data.workbook.looks.colours import colour_name
from data.workbook.looks.struck import LEAST

AUTOMATIC = 64
"""From this number on a colour of the palette is the system's own, which marks nothing."""
SOLID = 1
FAILURES = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    AssertionError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What xlrd raises for a damaged workbook, or for one that it does not know."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The colour names of rows, and the rows struck through and hidden, by Excel's numbers."""

    colours: Mapping[int, str] = field(default_factory=dict)
    struck: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()


def looks(content: bytes) -> dict[str, Looks]:
    """How the rows of each sheet look, by the sheet's name; empty if that cannot be read.

    The looks are an aid only: a workbook whose values are readable is read without them.
    """
    try:
        with xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=_Silent()
        ) as book:
            styles = [_style(book, each) for each in book.xf_list]
            return {sheet.name: _of_sheet(sheet, styles) for sheet in book.sheets()}
    except FAILURES:
        return {}


class _Silent:
    """Where xlrd writes its remarks."""

    def write(self, _text: str) -> None:
        """Drop a remark."""


def _style(book: Any, style: Any) -> tuple[str, bool]:
    """The colour name of a cell style and whether it strikes through."""
    font = book.font_list[style.font_index]
    background = style.background
    fill = _name(book, background.pattern_colour_index) if background.fill_pattern == SOLID else ""
    return fill or _name(book, font.colour_index), bool(font.struck_out)


def _name(book: Any, number: int) -> str:
    rgb = book.colour_map.get(number) if 0 <= number < AUTOMATIC else None
    return colour_name("".join(f"{part:02X}" for part in rgb)) if rgb else ""


def _of_sheet(sheet: Any, styles: list[tuple[str, bool]]) -> Looks:
    colours: dict[int, str] = {}
    struck = []
    for at in range(sheet.nrows):
        used = [
            styles[sheet.cell_xf_index(at, column)]
            for column, kind in enumerate(sheet.row_types(at))
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
        ]
        names = Counter(name for name, _ in used if name)
        if len(names) == 1:
            colours[at + 1] = next(iter(names))
        if sum(strikes for _, strikes in used) >= LEAST:
            struck.append(at + 1)
    hidden = tuple(at + 1 for at, row in sorted(sheet.rowinfo_map.items()) if row.hidden)
    return Looks(colours, tuple(struck), hidden)
