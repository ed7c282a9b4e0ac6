"""Columns declared once: the workbook is typed, statuses carry their colour, money one unit."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from dashboard.charts.status_colours import ON_LIGHT, Tone
from dashboard.i18n import use_language
from dashboard.status import Status
from dashboard.widgets import lists, tables
from dashboard.widgets.lists import Column, Kind


@dataclass(frozen=True)
class Owed:
    """A row of the list."""

    standing: Status
    text: str
    day: date | None
    fen: int
    days: int


ROWS = [
    Owed(Status(Tone.GOOD, "fine"), "=1+1", None, 1, 3),
    Owed(Status(Tone.BAD, "late"), "b", date(2026, 6, 30), 250_000_000, 12),
]
COLUMNS: list[Column[Owed]] = [
    Column("standing", "Standing", lambda row: row.standing, Kind.STATUS),
    Column("text", "Text", lambda row: row.text),
    Column("day", "Day", lambda row: row.day, Kind.DAY),
    Column("sum", "Sum", lambda row: row.fen, Kind.MONEY),
    Column("days", "Days", lambda row: row.days, Kind.WHOLE),
]


@pytest.mark.parametrize(
    ("language", "heading", "sums"),
    [("zh_CN", "Sum（万元）", (0.000001, 250)), ("en", "Sum (million yuan)", (0.00000001, 2.5))],
)
def test_money_stands_in_one_unit_that_the_heading_names(language, heading, sums):
    with use_language(language):
        sheet = openpyxl.load_workbook(BytesIO(lists.workbook(COLUMNS, ROWS, "a"))).active
    assert sheet["D1"].value == heading
    assert (sheet["D2"].value, sheet["D3"].value) == sums


@pytest.fixture
def sheet():
    with use_language("en"):
        return openpyxl.load_workbook(BytesIO(lists.workbook(COLUMNS, ROWS, "a/b:c"))).active


def test_cells_are_typed_and_texts_stay_texts(sheet):
    assert [cell.data_type for cell in sheet[3]] == ["s", "s", "d", "n", "n"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet["C2"].value is None


def test_a_status_is_colour_shape_and_word(sheet):
    cell, shade = sheet["A3"], ON_LIGHT[Tone.BAD]
    assert cell.value == "● late"
    assert cell.fill.fgColor.rgb == f"FF{shade.fill[1:]}"
    assert cell.font.color.rgb == f"FF{shade.on_fill[1:]}"


def test_a_sheet_is_named_as_excel_allows(sheet):
    assert sheet.title == "abc"


def test_what_is_empty_comes_last_whichever_way_is_sorted():
    by = COLUMNS[2]
    for down in (False, True):
        assert [row.text for row in lists.in_order(ROWS, by, down=down)] == ["b", "=1+1"]


def test_statuses_are_sorted_by_what_they_mean():
    assert [row.text for row in lists.in_order(ROWS, COLUMNS[0], down=False)] == ["b", "=1+1"]


def test_numbers_of_what_is_late_stand_in_red_if_there_are_any():
    columns = [Column("days", "Days", lambda row: row.days, Kind.WHOLE, late=True), *COLUMNS[:1]]
    assert [lists._heading(column).tone for column in columns] == [Tone.BAD, None]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["93.7%", "—", "100.0%"], "number"),
        (["15/16", "4/5"], "number"),
        (["93.7%", "2026-1"], "text"),
        (["—"], "text"),
    ],
)
def test_a_column_of_shares_is_aligned_as_numbers_are(cells, kind):
    (heading,) = tables.headings({"Held": cells})
    assert heading.kind == kind
