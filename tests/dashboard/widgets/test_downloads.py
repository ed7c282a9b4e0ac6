"""Tables as workbooks: what is shown is what is handed out."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from dashboard.widgets.downloads import workbook


def sheet(**cells: list[object]) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(BytesIO(workbook(cells, "单位")))
    return list(book["单位"].iter_rows(values_only=True))


def test_headings_and_rows_stand_as_in_the_table():
    assert sheet(Unit=["一中", "二中"], Days=[3, 40]) == [
        ("Unit", "Days"),
        ("一中", 3),
        ("二中", 40),
    ]


def test_days_are_days_of_the_workbook():
    (_headings, first, second) = sheet(Unit=["一中", "二中"], Since=[date(2026, 6, 30), None])
    assert (str(first[1]), second[1]) == ("2026-06-30 00:00:00", None)


@pytest.mark.parametrize("text", ["=1+1", "2026-1", "001"])
def test_texts_stay_texts(text):
    assert sheet(Why=[text])[1] == (text,)


def test_a_table_without_rows_keeps_its_headings():
    assert sheet(Unit=[]) == [("Unit",)]


def test_a_long_title_fits_the_name_of_a_sheet():
    book = openpyxl.load_workbook(BytesIO(workbook({"Unit": ["一中"]}, "长" * 40)))
    assert len(book.sheetnames[0]) == 31
