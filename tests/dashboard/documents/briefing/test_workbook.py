"""The workbook: a sheet a table, numbers as numbers, and rows that add up to their figure."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from dashboard.documents.briefing import behind, content, sheets, workbook
from dashboard.documents.briefing.sheet import Book, Sheet, number
from dashboard.i18n import use_language
from data.figures.reading import WAN
from data.figures.rows import Side
from data.nodes import parse
from data.scope import Scope, everything
from data.store.database import reading
from tests.dashboard.documents.briefing.telling import FREEZE, SINCE, read
from tests.data.contents import kept
from tests.data.contents import workbook as content_of
from tests.databases import sqlite_database
from tests.demonstration_day import TODAY


def book(engine: Engine, scope: Scope, language: str = "en", **options) -> Book:
    with reading(engine) as connection:
        found = content.read(connection, scope, scope.on(SINCE))
        rows = behind.read(connection, scope, names_in_full=options.pop("names", False))
    with use_language(language):
        return sheets.book(found, rows, made_on=TODAY, **options)


@pytest.fixture(scope="module")
def district(demonstrated) -> Book:
    return book(demonstrated, everything(parse("district"), TODAY))


def sheet(of: Book, name: str) -> Sheet:
    return next(each for each in of.sheets if each.name == name)


def columns(of: Sheet) -> dict[str, list[object]]:
    titles = [title for title, _width in of.columns]
    return dict(zip(titles, map(list, zip(*of.rows, strict=True)), strict=True))


def test_there_is_a_sheet_a_table_with_definitions_and_source_rows(district):
    names = [each.name for each in district.sheets]
    assert names[:8] == [
        "About this workbook",
        "Figures",
        "Sectors",
        "Units",
        "Overdue findings",
        "Matters",
        "Trend",
        "Definitions",
    ]
    assert len(names) == 8 + len(behind.HEADLINES)
    assert len({workbook.sheet_name(name) for name in names}) == len(names)


def test_each_matter_says_what_is_next_by_whom_and_by_when(district):
    listed = columns(sheet(district, "Matters"))
    assert listed["Next step"][0] == "Hear the results, and decide what follows"
    assert listed["By whom"][0] == "Audit committee"
    assert all(day > TODAY for day in listed["By when"])
    assert all(listed["Next step"]) and all(listed["By whom"])


def test_every_figure_is_there_as_it_is_printed(demonstrated, district):
    found = read(demonstrated, since=SINCE)
    in_chinese = sheet(book(demonstrated, found.scope, "zh_CN"), "指标")
    shown = {row[3]: row[4] for row in in_chinese.rows}
    assert shown == {key: reading.text for key, reading in found.now.items()}
    assert len(sheet(district, "Figures").rows) == len(found.now)


def test_shares_are_percents_that_were_cut(found):
    rate = found.now["due_rect_rate"]
    assert f"{number(rate)}%" == rate.text
    assert number(found.now["fund_approved"]) == float(found.now["fund_approved"].numerator) / WAN


def test_a_dash_is_an_empty_cell(found):
    nothing = found.of_unit("NONE")
    assert number(nothing.get("due_rect_rate")) is None


def rows_of(engine: Engine, scope: Scope) -> Iterator[tuple[str, behind.Behind]]:
    with reading(engine) as connection:
        found = behind.read(connection, scope, names_in_full=False)
    yield from ((name, found) for name in behind.HEADLINES)


def test_the_rows_of_a_figure_add_up_to_it(demonstrated, found):
    for name, kept_rows in rows_of(demonstrated, found.scope):
        reading_of = found.now[name]
        sides = {side: 0 for side in Side}
        for line in kept_rows.rows[name]:
            sides[line.row.side] += line.row.value
        if reading_of.denominator is None:
            assert sides[Side.VALUE] == reading_of.numerator
        else:
            assert sides[Side.NUMERATOR] == reading_of.numerator
            assert sides[Side.DENOMINATOR] == reading_of.denominator


def test_all_overdue_findings_are_there(district, found):
    overdue = columns(sheet(district, "Overdue findings"))
    assert len(overdue["Finding code"]) == found.now["overdue"].numerator
    assert overdue["Days overdue"] == sorted(overdue["Days overdue"], reverse=True)


def test_units_carry_rank_and_interval(district):
    units = columns(sheet(district, "Units"))
    assert len(units["Unit"]) == 30
    both = zip(units["Lowest by chance (%)"], units["Highest by chance (%)"], strict=True)
    assert all(low <= high for low, high in both if low is not None)


def test_a_manager_has_no_row_of_other_sectors(demonstrated):
    of = book(demonstrated, Scope(parse("district"), TODAY, frozenset({"EDU"})))
    with reading(demonstrated) as connection:
        every = content.read(
            connection, everything(parse("district"), TODAY), everything(parse("district"), SINCE)
        )
    others = {unit.name for unit in every.units if unit.sector != "EDU"}
    cells = {cell for each in of.sheets for row in each.rows for cell in row}
    assert others & cells == set()


def test_names_of_persons_are_masked_unless_permitted():
    with sqlite_database() as engine:
        kept(engine, content_of(sectors=[{}], units=[{}], appointments=[{"name": "张三丰"}]))
        scope = everything(parse("district"), TODAY)
        masked = str(book(engine, scope).sheets)
        assert "张三丰" not in masked


def test_of_more_rows_than_a_list_should_have_a_sample_is_shown_and_told(demonstrated, monkeypatch):
    monkeypatch.setattr(behind, "MOST_ROWS", 6)
    monkeypatch.setattr(behind, "SAMPLE", 3)
    scope = everything(parse("district"), TODAY)
    required = sheet(book(demonstrated, scope), "Rows · Findings to be rectified")
    assert len(required.rows) == 4
    assert required.rows[-1][0] == "229 rows more; the list of the figure has all."


def test_a_list_of_just_so_many_rows_is_whole(demonstrated, monkeypatch):
    monkeypatch.setattr(behind, "MOST_ROWS", 232)
    monkeypatch.setattr(behind, "SAMPLE", 3)
    scope = everything(parse("district"), TODAY)
    required = sheet(book(demonstrated, scope), "Rows · Findings to be rectified")
    assert len(required.rows) == 232


def test_of_many_overdue_findings_the_longest_are_shown_and_the_rest_told(
    demonstrated, monkeypatch
):
    monkeypatch.setattr(behind, "MOST_ROWS", 6)
    scope = everything(parse("district"), TODAY)
    every = sheet(book(demonstrated, scope), "Overdue findings")
    assert len(every.rows) == 7
    days = [row[8] for row in every.rows[:6]]
    assert days == sorted(days, reverse=True)
    assert every.rows[6][0] == "4 rows more; the list of the figure has all."
    assert set(every.rows[6][1:]) == {None}
    assert len(every.rows[6]) == len(every.columns)


def test_the_workbook_says_what_it_is_of(district, demonstrated):
    about = dict(sheet(district, "About this workbook").rows[:7])
    assert about["Node"] == "The whole district"
    assert about["Figures of"] == "30 June 2026"
    assert about["Demonstration data"] == "No unit named here is a real one."
    frozen = book(demonstrated, everything(parse("unit:GQ02"), TODAY), frozen=FREEZE)
    said = dict(sheet(frozen, "About this workbook").rows)["Frozen"]
    assert "version 2" in said and "abab" in said


@pytest.fixture(scope="module")
def written(district) -> bytes:
    return workbook.write(district)


def test_numbers_days_and_texts_are_such(written):
    read_back = load_workbook(BytesIO(written))
    assert not any(cell.data_type == "f" for page in read_back for row in page for cell in row)
    trend = read_back["Trend"]
    assert trend["A2"].is_date
    assert isinstance(trend["B2"].value, int | float)


def test_texts_that_look_like_formulas_stay_texts():
    with sqlite_database() as engine:
        kept(engine, content_of(sectors=[{}], units=[{}], findings=[{"title": "=1+1"}]))
        file = workbook.write(book(engine, everything(parse("district"), TODAY)))
    cell = load_workbook(BytesIO(file))["Overdue findings"]["D2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_every_sheet_is_printed_with_its_headings_and_its_mark(written):
    for page in load_workbook(BytesIO(written)).worksheets[1:]:
        assert page.print_title_rows == "$1:$1"
        assert page.page_setup.orientation == "landscape"
        assert page.freeze_panes == "A2"
        assert page.oddHeader.left.text == "Demonstration data"


def test_the_sheets_are_read_in_their_order(written, district):
    names = CalamineWorkbook.from_filelike(BytesIO(written)).sheet_names
    assert names == [workbook.sheet_name(each.name) for each in district.sheets]


def test_an_unknown_day_before_all_data_is_an_empty_workbook(demonstrated):
    of = book(demonstrated, everything(parse("district"), date(2026, 4, 18)).on(date(2020, 1, 1)))
    assert sheet(of, "Units").rows == ()
    assert workbook.write(of)
