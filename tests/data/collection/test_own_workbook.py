"""A unit's own workbook: the sheets it owes with its rows, signed, and taken back as it is."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine

from data.collection.checking import FileOfUnit, check
from data.collection.own_workbook import write
from data.nodes import parse
from data.own_ledgers.layout.apart import open_apart
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from data.workbook.archive.signature import Signature
from data.workbook.reading import read
from models.duty import Duty
from models.fund import FundProject
from models.rectification import RectificationEvent
from models.report import Report
from models.text import Sentence
from tests.data.collection.sent_cases import MAY, at, with_units
from tests.data.contents import TODAY, kept, workbook


@pytest.fixture
def engine(engine: Engine) -> Engine:
    with_units(engine)
    return engine


def english(said: Sentence) -> str:
    return said.say(str, "en")


def written(engine: Engine, folder: Path, unit: str = "U1") -> Path:
    path = folder / "own.xlsx"
    with reading(engine) as connection:
        write(connection, path, Scope(parse(f"unit:{unit}"), TODAY), MAY, shipped(), english)
    return path


def sheets(path: Path) -> list[str]:
    return [each for each in openpyxl.load_workbook(path).sheetnames if not each.startswith("#")]


def test_an_open_finding_is_answered_by_what_was_done(engine: Engine, tmp_path: Path) -> None:
    assert sheets(written(engine, tmp_path)) == [RectificationEvent.SHEET.zh]


def test_who_owes_nothing_gets_reports_and_duties(engine: Engine, tmp_path: Path) -> None:
    assert sheets(written(engine, tmp_path, "U3")) == [Duty.SHEET.zh, Report.SHEET.zh]


@pytest.mark.parametrize(
    ("rows", "sheet"),
    [
        ({"reports": [{"unit": "U3", "due_on": date(2026, 7, 5)}]}, Report.SHEET.zh),
        ({"duties": [{"unit": "U3"}]}, Duty.SHEET.zh),
        ({"fund_projects": [{"unit": "U3"}]}, FundProject.SHEET.zh),
    ],
)
def test_a_sheet_comes_with_what_is_owed_or_kept(
    engine: Engine, tmp_path: Path, rows, sheet: str
) -> None:
    kept(engine, workbook(**rows))
    assert sheets(written(engine, tmp_path, "U3")) == [sheet]


def test_it_holds_the_rows_of_the_unit_alone_and_changes_nothing(
    engine: Engine, tmp_path: Path
) -> None:
    events = [{}, {"finding": "F2"}]
    kept(engine, workbook(rectification_events=events, duties=[{}, {"unit": "U2"}]))
    path = written(engine, tmp_path)
    content = read(path, day=TODAY, references=shipped())
    assert not content.faults
    assert {each.ledger.id(): len(each.rows) for each in content.sheets} == {
        "rectification_events": 1,
        "duties": 1,
    }
    file = FileOfUnit("own.xlsx", path.read_bytes(), "U1")
    found = check(engine, file, open_apart(path), at())
    assert found.clean
    assert all(not each["new"] and not each["changed"] for each in found.counts.values())


def test_it_is_signed_with_unit_and_month(engine: Engine, tmp_path: Path) -> None:
    path = written(engine, tmp_path)
    assert open_apart(path).signature == Signature("U1", "2026-05")
    assert "一中 2026年5月" in str(
        openpyxl.load_workbook(path)[RectificationEvent.SHEET.zh].oddHeader.left.text
    )


def test_saving_it_elsewhere_keeps_the_signature(engine: Engine, tmp_path: Path) -> None:
    path = written(engine, tmp_path)
    openpyxl.load_workbook(path).save(path)
    assert open_apart(path).signature == Signature("U1", "2026-05")


def test_what_is_owed_is_listed_by_name_on_a_sheet_that_is_not_read(
    engine: Engine, tmp_path: Path
) -> None:
    kept(engine, workbook(duties=[{}], reports=[{"due_on": date(2026, 6, 1)}]))
    lines = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(written(engine, tmp_path))["#应办事项"].iter_rows()
    ]
    assert ["问题整改", "问题", "F1", "2026-03-10", ""] in lines
    assert {"类别", "四类报告", "履职事项"} <= {each[0] for each in lines}
    assert not any("PLAN" in str(cell) or cell == "P1" for line in lines for cell in line)


def test_findings_to_choose_from_are_those_of_the_unit(engine: Engine, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(engine, tmp_path))
    listed = {cell.value for row in book["#选项"].iter_rows() for cell in row}
    assert "F1" in listed and "F2" not in listed


def test_it_is_of_one_unit(engine: Engine, tmp_path: Path) -> None:
    with reading(engine) as connection, pytest.raises(ValueError, match="no unit"):
        scope = Scope(parse("district"), TODAY)
        write(connection, tmp_path / "x.xlsx", scope, MAY, shipped(), english)
