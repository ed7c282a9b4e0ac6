"""Workbooks come in as they are meant or not at all, and what goes out can be opened."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Locator, expect
from sqlalchemy import func, select
from sqlmodel import col

from dashboard import clock
from data.intake.taking import take
from data.reference.lists import shipped
from data.store.database import reading
from models.account import Role
from models.grid import Unit
from models.rectification import Finding
from tests.browser.visit import Visit
from tests.data.contents import DEFAULTS
from tests.demonstration_day import TODAY

FORMULA = '=HYPERLINK("http://elsewhere","+1")'


def findings(folder: Path, *rows: dict[str, Any]) -> Path:
    """A workbook with these findings, as somebody would write it by hand."""
    book = Workbook()
    sheet = book.active
    sheet.title = Finding.SHEET.zh
    columns = [each for each in Finding.columns if any(each.id in row for row in rows)]
    sheet.append([column.zh for column in columns])
    for row in rows:
        sheet.append([row.get(column.id) for column in columns])
        for cell in sheet[sheet.max_row]:
            # As Excel keeps what was typed into a cell of text.
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    book.save(folder / "findings.xlsx")
    return folder / "findings.xlsx"


def finding(unit: str, **changed: Any) -> dict[str, Any]:
    """A finding of `unit` as a workbook has it."""
    days = {"issued_on": TODAY - timedelta(40), "due_on": TODAY - timedelta(10)}
    return DEFAULTS["findings"] | {"code": "X-1", "unit": unit} | days | changed


@pytest.fixture
def unit(served) -> str:
    """The unit that has the last code."""
    with reading(served.engine) as connection:
        return str(connection.scalar(select(func.max(col(Unit.code)))))


@pytest.fixture
def steward(enter) -> Visit:
    """The page on which workbooks are taken in."""
    return enter(Role.STEWARD).open("data")


def choose(visit: Visit, file: Path) -> None:
    """Choose a workbook, which is checked at once."""
    visit.key("importing-file").locator("input[type=file]").set_input_files(file)


def sheet_of(visit: Visit, button: Locator) -> Any:
    """The workbook behind a download button."""
    with visit.page.expect_download() as download:
        button.click()
    return load_workbook(BytesIO(download.value.path().read_bytes()))


def required(visit: Visit, unit: str) -> int:
    """How many findings the unit has to put right."""
    visit.turn_to("list", figure="required", node=f"unit:{unit}")
    return int(visit.main.locator(".figure .number").inner_text())


def test_good_workbook_is_taken_in_once_confirmed_and_changes_the_figures(
    steward, unit, tmp_path, served
):
    before = required(steward, unit)
    choose(steward.open("data"), findings(tmp_path, finding(unit, title=FORMULA)))
    confirm = steward.key("importing-confirm").get_by_role("button")
    expect(confirm).to_be_visible()
    assert required(steward, unit) == before
    choose(steward.open("data"), tmp_path / "findings.xlsx")
    expect(confirm).to_be_disabled()
    steward.choose_written(steward.key("importing-sender").locator("input"), "区审计局")
    expect(confirm).to_be_enabled()
    confirm.click()
    receipt = steward.main.get_by_role("status").filter(has_text="Taken in as import")
    expect(receipt).to_be_visible()
    assert required(steward, unit) == before + 1
    assert steward.problems == []


def test_bad_workbook_comes_back_with_its_faults_marked(steward, unit, tmp_path):
    wrong = finding("nowhere", code="X-2", due_on="tomorrow")
    choose(steward, findings(tmp_path, finding(unit), wrong))
    refusal = steward.main.get_by_role("alert").filter(
        has_text="Faults that keep this workbook out: 2"
    )
    expect(refusal).to_be_visible()
    expect(steward.main.get_by_role("region", name="Faults of the workbook")).to_be_visible()
    expect(steward.key("importing-confirm")).to_have_count(0)
    marked = sheet_of(steward, steward.key("importing-marked").get_by_role("button"))
    sheet = marked[Finding.SHEET.zh]
    commented = {cell.value for row in sheet.iter_rows() for cell in row if cell.comment}
    assert commented == {"nowhere", "tomorrow"}


def test_what_is_no_workbook_is_told_in_a_sentence_and_has_nothing_to_mark(steward, tmp_path):
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(b"not a workbook at all")
    choose(steward, wrong)
    refusal = steward.main.get_by_role("alert").filter(has_text="keep this workbook out")
    expect(refusal).to_be_visible()
    expect(steward.main.get_by_role("region", name="Faults of the workbook")).to_be_visible()
    expect(steward.key("importing-confirm")).to_have_count(0)
    expect(steward.key("importing-marked")).to_have_count(0)
    assert steward.problems == []


def test_download_of_a_list_opens_and_its_texts_stay_texts(enter, unit, tmp_path, served):
    formula = findings(tmp_path, finding(unit, code="X-3", title=FORMULA))
    now = clock.now()
    taken = take(
        served.engine,
        formula,
        day=now.date(),
        account="steward",
        now=now,
        references=shipped(),
    )
    assert taken.faults == []
    visit = enter(Role.LEADER).open("list", figure="required", node=f"unit:{unit}")
    shown = int(visit.main.locator(".figure .number").inner_text())
    book = sheet_of(visit, visit.key("listing-download").get_by_role("button"))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
    assert book.active.max_row == shown + 1
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert FORMULA in {cell.value for cell in cells}
