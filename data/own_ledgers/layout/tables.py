"""Several tables on one sheet, below each other, each with its own header."""

from dataclasses import replace
from itertools import pairwise

from data.own_ledgers.layout.files import Grid
from data.own_ledgers.words.written import plain, serial_number
from data.workbook.archive.container import UnreadableError
from data.workbook.cells.value_texts import CellValue
from models.text import N_, sentence

SERIAL_HEADINGS = frozenset({"序号", "序", "编号", "no", "no.", "№", "项次"})
MOST_TABLES = 50
TOO_MANY_TABLES = N_(
    "The sheet “{sheet}” has more than {limit} tables below one another. Put those of one kind "
    "together under one header, or split the sheet."
)
LEAST = 3
"""How many headings make a row the header of a table."""


def tables(grid: Grid) -> list[Grid]:
    """The tables of a sheet, each with the sheet's title lines above it; usually just the sheet.

    A repeated header, as at the top of a printed page, does not begin another table; one that
    repeats beside itself does. Raises `UnreadableError` if there are too many.
    """
    return [table for half in _side_by_side(grid) for table in _below_each_other(half)]


def _side_by_side(grid: Grid) -> list[Grid]:
    """The halves of a sheet that prints one list in two or more groups of columns."""
    for row, line in enumerate(grid.lines):
        starts = [at for at, value in enumerate(line) if plain(value) in SERIAL_HEADINGS]
        if len(starts) < 2 or not _is_header(line):
            continue
        bounds = [*pairwise(starts), (starts[-1], len(line))]
        heads = [[plain(each) for each in line[first:end] if each != ""] for first, end in bounds]
        if len(heads[0]) >= LEAST and all(each == heads[0] for each in heads):
            return [_half(grid, row, *each, number) for number, each in enumerate(bounds, 1)]
    return [grid]


def _half(grid: Grid, header: int, first: int, end: int, number: int) -> Grid:
    """The columns from `first` to `end`, below the sheet's title lines."""
    width = max(end - first, 1)
    lines: list[list[CellValue]] = []
    for row, line in enumerate(grid.lines):
        texts = [each for each in line if each != ""]
        kept = [*texts[:width], *[""] * width][:width] if row < header else line[first:end]
        lines.append(list(kept))
    return replace(
        grid,
        sheet=grid.sheet if number == 1 else f"{grid.sheet} ({number})",
        lines=lines,
        merges=tuple(
            (top, left - first, bottom, min(right, end - 1) - first)
            for top, left, bottom, right in grid.merges
            if top >= header and first <= left < end
        ),
    )


def _below_each_other(grid: Grid) -> list[Grid]:
    headers: list[int] = []
    for row, line in enumerate(grid.lines):
        if _is_header(line) and not (headers and _alike(grid.lines[headers[-1]], line)):
            headers.append(row)
    if len(headers) < 2:
        return [grid]
    if len(headers) > MOST_TABLES:
        raise UnreadableError(sentence(TOO_MANY_TABLES, sheet=grid.sheet, limit=MOST_TABLES))
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
    between = [blank] * (start - header)
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
