"""Several tables on one sheet, below each other, each with its own header."""

from dataclasses import replace
from itertools import pairwise

from data.own_ledgers.files import Grid
from data.own_ledgers.written import plain, serial_number
from data.workbook.cells import CellValue

SERIAL_HEADINGS = frozenset({"序号", "序", "编号", "no", "no.", "№", "项次"})
LEAST = 3
"""How many headings make a row the header of a table."""


def tables(grid: Grid) -> list[Grid]:
    """The tables of a sheet, each with the sheet's title lines above it; usually just the sheet.

    A repeated header, as at the top of a printed page, does not begin another table.
    """
    headers: list[int] = []
    for row, line in enumerate(grid.lines):
        if _is_header(line) and not (headers and _alike(grid.lines[headers[-1]], line)):
            headers.append(row)
    if len(headers) < 2:
        return [grid]
    starts = [_with_title(grid, row) for row in headers[1:]]
    first = replace(
        grid,
        lines=grid.lines[: starts[0]],
        merges=tuple(each for each in grid.merges if each[0] < starts[0]),
        hidden_rows=tuple(each for each in grid.hidden_rows if each <= starts[0]),
        struck_rows=tuple(each for each in grid.struck_rows if each <= starts[0]),
    )
    bounds = enumerate(pairwise([*starts, len(grid.lines)]), 2)
    return [first, *(_table(grid, headers[0], *each, number) for number, each in bounds)]


def _is_header(line: list[CellValue]) -> bool:
    """Whether a row begins with 序号 and has only words."""
    filled = [value for value in line if value != ""]
    return (
        len(filled) >= LEAST
        and plain(filled[0]) in SERIAL_HEADINGS
        and all(isinstance(each, str) and serial_number(each) is None for each in filled)
    )


def _alike(one: list[CellValue], other: list[CellValue]) -> bool:
    return [plain(each) for each in one] == [plain(each) for each in other]


def _with_title(grid: Grid, row: int) -> int:
    """The first of the title lines directly above a header, each a single text."""
    while row > 0 and len({plain(each) for each in grid.lines[row - 1] if each != ""}) == 1:
        row -= 1
    return row


def _table(grid: Grid, header: int, start: int, end: int, number: int) -> Grid:
    """The rows from `start` to `end`, below the sheet's title lines, which end at `header`."""
    blank: list[CellValue] = [""] * len(grid.lines[0])
    between = [list(blank) for _ in range(start - header)]
    return Grid(
        f"{grid.sheet} ({number})",
        [*grid.lines[:header], *between, *grid.lines[start:end]],
        tuple(each for each in grid.merges if start <= each[0] < end),
        tuple(each for each in grid.hidden_rows if start < each <= end),
        grid.is_text,
        grid.hidden,
        tuple(each for each in grid.struck_rows if start < each <= end),
        first_row=start,
        colours={row: name for row, name in grid.colours.items() if start < row <= end},
    )
