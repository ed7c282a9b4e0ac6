"""Codes left empty in a starter: issued, met again, and named by title in other rows."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, text

from data.intake.taken import Taken
from data.reference.lists import shipped
from data.store.database import reading
from data.workbook.outgoing import starter
from data.workbook.outgoing.starter_sheets import Offers, header_of
from models.grid import Sector, Unit
from models.ledger import Ledger
from models.rectification import Finding, RectificationEvent
from tests.data.contents import taking
from tests.data.workbook.books import content

SHEETS = (Sector, Unit, Finding, RectificationEvent)
SECTOR = {"name": "教育"}
UNIT = {"name": "一中", "kind": "事业单位", "sector": "教育", "enrolled_on": date(2025, 1, 1)}
FINDING = {
    "unit": "一中",
    "title": "账外资金",
    "severity": "一般",
    "rect_type": "立行立改",
    "issued_on": date(2026, 3, 1),
    "due_on": date(2026, 12, 31),
}
EVENT = {"finding": "账外资金", "on_date": date(2026, 4, 1), "action": "进展"}
Rows = dict[type[Ledger], list[dict[str, Any]]]
WHOLE: Rows = {Sector: [SECTOR], Unit: [UNIT], Finding: [FINDING], RectificationEvent: [EVENT]}


def filled(folder: Path, rows: Rows) -> Path:
    """A starter with these rows, by column id, saved again by another program."""
    path = folder / "starter.xlsx"
    starter.write(path, SHEETS, Offers(), shipped(), lambda text: text.say(str, "en"))
    book = openpyxl.load_workbook(path)
    for ledger, those in rows.items():
        sheet = book[ledger.SHEET.zh]
        at = {sheet.cell(1, each).value: each for each in range(1, sheet.max_column + 1)}
        for number, row in enumerate(those, 3):
            for name, value in row.items():
                sheet.cell(number, at[header_of(ledger.column(name))]).value = value
    book.save(path)
    return path


def take(engine: Engine, folder: Path, rows: Rows) -> Taken:
    return taking(engine, content(filled(folder, rows)))


def found(engine: Engine, what: str) -> list[tuple[Any, ...]]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(text(what))]


def test_rows_without_a_code_get_one_and_are_named_by_title(engine: Engine, tmp_path: Path) -> None:
    assert take(engine, tmp_path, WHOLE).faults == []
    assert found(engine, "SELECT code, sector FROM units") == [("U001", "S01")]
    assert found(engine, "SELECT code, unit FROM findings") == [("U001-2026-001", "U001")]
    assert found(engine, "SELECT finding FROM rectification_events") == [("U001-2026-001",)]


def test_the_same_rows_are_met_again(engine: Engine, tmp_path: Path) -> None:
    take(engine, tmp_path, WHOLE)
    assert take(engine, tmp_path, WHOLE).number is None
    later = FINDING | {"title": "白条入账"}
    taken = take(engine, tmp_path, {Finding: [FINDING | {"amount": 3}, later]})
    assert taken.faults[0].column == header_of(Finding.column("amount"))
    assert take(engine, tmp_path, {Finding: [FINDING, later]}).counts["findings"] == {
        "new": 1,
        "changed": 0,
        "equal": 1,
    }
    assert found(engine, "SELECT max(code) FROM findings") == [("U001-2026-002",)]


def test_two_rows_that_say_the_same_need_their_codes(engine: Engine, tmp_path: Path) -> None:
    taken = take(engine, tmp_path, WHOLE | {Finding: [FINDING, FINDING]})
    [fault] = taken.faults
    assert (fault.sheet, fault.row, fault.column) == ("问题清单", 4, "问题编号")
    with_codes = [FINDING | {"code": "A1"}, FINDING | {"code": "A2"}]
    [fault] = take(engine, tmp_path, WHOLE | {Finding: with_codes}).faults
    assert (fault.sheet, fault.value) == ("整改记录", "账外资金")


def test_what_several_kept_rows_say_needs_a_code(engine: Engine, tmp_path: Path) -> None:
    with_codes = [FINDING | {"code": "A1"}, FINDING | {"code": "A2"}]
    take(engine, tmp_path, {Sector: [SECTOR], Unit: [UNIT], Finding: with_codes})
    [fault] = take(engine, tmp_path, {Finding: [FINDING]}).faults
    assert fault.sentence.values["codes"] == "A1、A2"


@pytest.mark.parametrize("missing", ["title", "unit"])
def test_a_row_that_lacks_what_tells_it_has_just_that_fault(
    engine: Engine, tmp_path: Path, missing: str
) -> None:
    row = {name: value for name, value in FINDING.items() if name != missing}
    taken = take(engine, tmp_path, {Sector: [SECTOR], Unit: [UNIT], Finding: [row]})
    assert [each.column for each in taken.faults] == [header_of(Finding.column(missing))]


def test_a_workbook_that_is_no_starter_needs_its_codes(engine: Engine, tmp_path: Path) -> None:
    path = filled(tmp_path, {Sector: [SECTOR]})
    book = openpyxl.load_workbook(path)
    del book.custom_doc_props["gridlight-starter"]
    book.save(path)
    [fault] = taking(engine, content(path)).faults
    assert (fault.sheet, fault.row, fault.value) == ("条线", 3, None)
