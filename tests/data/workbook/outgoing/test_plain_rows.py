"""Rows written at once give the same file as cells written one by one."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.workbook.outgoing import writing
from data.workbook.outgoing.plain_rows import LONGEST, Cell, PlainSheet

PLAIN: tuple[tuple[Cell, ...], ...] = (
    ("教育局", 7, 12.5, date(2026, 3, 1), None),
    (None, "教育局", -0.0, 1e20, 0.1 + 0.2),
    (None, None, None, None, None),
    ("", "=1+1", True, 0, 'don\'t "quote"'),
)
ODD: tuple[tuple[Cell, ...], ...] = tuple(
    ("before", text, 3, date(2026, 3, 2), "after")
    for text in (
        "a & b <c> d",
        " begins with space",
        "ends with space\u3000",
        "two\nlines",
        "bell \x07",
        "_x0041_",
        "<r><t>rich</t></r>",
        "\uffff",
        "long " * LONGEST,
    )
)


def cell_by_cell(
    page: Worksheet, first: int, rows: tuple[tuple[Cell, ...], ...], plain: Format, day: Format
) -> None:
    for at, row in enumerate(rows, first):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(at, place, cell, plain)
            elif isinstance(cell, date):
                page.write_datetime(at, place, cell, day)
            elif cell is not None:
                page.write_number(at, place, cell, plain)


def sheets_of(rows: tuple[tuple[Cell, ...], ...], write, *, headed: bool) -> dict[str, bytes]:
    """The XML of a workbook with two sheets of `rows` written by `write`, by name."""
    target = BytesIO()
    with writing.new_workbook(target) as book:
        bold = book.add_format({"bold": True})
        plain = book.add_format({"text_wrap": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for _each in range(2):
            page = book.add_worksheet(None, PlainSheet)
            if headed:
                page.write_string(0, 0, "Heading", bold)
            write(page, int(headed), rows, plain, day)
    with zipfile.ZipFile(target) as file:
        names = [name for name in file.namelist() if name != "docProps/core.xml"]
        return {name: file.read(name) for name in names}


@pytest.mark.parametrize("headed", [True, False])
@pytest.mark.parametrize(
    "rows", [PLAIN, ODD, ODD + PLAIN, PLAIN + ODD + PLAIN, (), PLAIN[2:3], PLAIN[::-1]]
)
def test_the_file_is_the_one_written_cell_by_cell(rows, headed):
    at_once = sheets_of(rows, PlainSheet.write_rows, headed=headed)
    assert at_once == sheets_of(rows, cell_by_cell, headed=headed)


def test_what_is_plain_does_not_go_through_the_library(monkeypatch):
    def slow(*cell):
        raise AssertionError(cell)

    monkeypatch.setattr(PlainSheet, "_write_string", slow)
    monkeypatch.setattr(PlainSheet, "_write_number", slow)
    assert sheets_of(PLAIN, PlainSheet.write_rows, headed=False)


def test_a_number_that_no_cell_can_hold_is_refused():
    with pytest.raises(TypeError):
        sheets_of(((float("nan"),),), PlainSheet.write_rows, headed=False)
