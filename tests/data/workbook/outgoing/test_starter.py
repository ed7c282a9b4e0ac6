"""The template to start with: few sheets, units by name, an example that is not read."""

from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine

from data.ledgers.offers import offers
from data.nodes import Node
from data.reference.lists import shipped
from data.workbook.outgoing import starter
from data.workbook.outgoing.starter import sheets_for
from data.workbook.outgoing.starter_sheets import Offers, header_of
from models.grid import Sector, Unit, UnitName
from models.kinds import Day, Money
from models.ledger import Ledger
from models.rectification import Finding, RectificationEvent
from models.registry import LEDGERS
from models.report import Report
from models.text import Sentence
from tests.data.contents import TODAY, kept, taking, workbook
from tests.data.workbook.books import content


def in_english(text: Sentence) -> str:
    return text.say(str, "en")


def written(folder: Path, *ledgers: type[Ledger], known: Offers | None = None) -> Path:
    path = folder / "starter.xlsx"
    starter.write(path, ledgers, known or Offers(), shipped(), in_english)
    return path


def test_findings_come_with_units_their_other_names_and_progress() -> None:
    known = Offers({"sectors": ["EDU"]})
    assert sheets_for([], known, whole=True) == [Unit, UnitName, Finding, RectificationEvent]
    assert sheets_for([Report], known, whole=True) == [Unit, UnitName, Report]


def test_without_kept_sectors_it_begins_with_them() -> None:
    assert sheets_for([Report], Offers(), whole=True)[0] is Sector


def test_that_of_a_unit_has_only_what_is_wanted() -> None:
    assert sheets_for([Report], Offers(), whole=False) == [Report]


def test_untouched_it_is_taken_in_and_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    taken = taking(engine, content(written(tmp_path, *LEDGERS)))
    assert not taken.refused
    assert taken.number is None


def test_the_example_is_a_whole_row_that_is_not_read(tmp_path: Path) -> None:
    path = written(tmp_path, Finding)
    sheet = openpyxl.load_workbook(path)["问题清单"]
    example = {sheet.cell(1, at).value: sheet.cell(2, at).value for at in range(1, 16)}
    required = [header_of(column) for column in Finding.columns if column.required]
    assert all(example[header] is not None for header in required)
    assert content(path).sheets[0].rows == []


def test_what_is_filled_in_below_the_example_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, Sector)
    book = openpyxl.load_workbook(path)
    sheet = book["条线"]
    sheet["A3"], sheet["B3"] = "EDU", "教育"
    book.save(path)
    found = content(path)
    assert not found.faults
    assert found.sheets[0].rows == [(3, ("EDU", "教育", None))]


def test_money_is_in_its_header_and_needed_columns_have_a_star(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, Finding))["问题清单"]
    headers = [cell.value for cell in sheet[1]]
    assert "问题金额（万元）" in headers
    assert "责任单位*" in headers
    assert "问题编号" in headers


def test_units_are_offered_by_name_where_one_bears_it(engine: Engine, tmp_path: Path) -> None:
    units = [
        {"code": "U1", "name": "一中"},
        {"code": "U2", "name": "同名"},
        {"code": "U3", "name": "同名"},
    ]
    kept(engine, workbook(sectors=[{}], units=units))
    with engine.connect() as connection:
        known = offers(connection, LEDGERS)
    assert sorted(known.keys["units"]) == ["U2", "U3", "一中"]
    book = openpyxl.load_workbook(written(tmp_path, Finding, known=known))
    listed = {cell.value for row in book["#选项"].iter_rows() for cell in row}
    assert {"一中", "U2", "U3"} <= listed
    assert book["#选项"].sheet_state == "hidden"


def test_dates_and_numbers_are_checked_as_they_are_typed(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, Finding))["问题清单"]
    checks = {
        str(each.sqref).split(":")[0]: each.type for each in sheet.data_validations.dataValidation
    }
    for at, column in enumerate(Finding.columns):
        kind = checks[f"{openpyxl.utils.get_column_letter(at + 1)}3"]
        if isinstance(column.kind, Day):
            assert kind == "date"
        if isinstance(column.kind, Money):
            assert kind == "decimal"


def test_help_is_wrapped_and_pages_repeat_their_headers(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path, Finding))
    assert all(row[2].alignment.wrap_text for row in book["#说明"].iter_rows(min_row=11))
    sheet = book["问题清单"]
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)


def test_messages_are_no_longer_than_excel_shows(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path, *LEDGERS))
    for sheet in book:
        for each in sheet.data_validations.dataValidation:
            assert len(each.prompt or "") <= 255
            assert len(each.promptTitle or "") <= 32


@pytest.mark.parametrize("unit", ["U1", "U2"])
def test_that_of_a_unit_holds_its_rows_which_are_equal(
    engine: Engine, tmp_path: Path, unit: str
) -> None:
    units = [{"code": "U1", "name": "一中"}, {"code": "U2", "name": "二中"}]
    findings = [{"code": "F1", "amount": 12_500_000}, {"code": "F2", "unit": "U2"}]
    kept(engine, workbook(sectors=[{}], units=units, findings=findings))
    with engine.connect() as connection:
        known = offers(connection, [Finding], Node("unit", unit), filled=True)
    path = written(tmp_path, Finding, known=known)
    taken = taking(engine, content(path, day=TODAY))
    assert taken.counts == {"findings": {"new": 0, "changed": 0, "equal": 1}}
    assert known.signed == {"U1": "一中", "U2": "二中"}[unit]
    assert openpyxl.load_workbook(path)["问题清单"]["B3"].value == known.signed


def test_a_note_that_only_mentions_an_example_leaves_its_row(tmp_path: Path) -> None:
    path = written(tmp_path, Sector)
    book = openpyxl.load_workbook(path)
    sheet = book["条线"]
    sheet["A3"], sheet["B3"], sheet["D3"] = "EDU", "教育", "见#示例"
    book.save(path)
    assert [row for row, _ in content(path).sheets[0].rows] == [3]
