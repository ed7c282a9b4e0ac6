"""A fault between rows shows the cell as its author wrote it."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine

from data.intake.taken import Taken
from data.intake.taking import take
from data.reference.lists import shipped
from tests.data.contents import NOW, TODAY, kept, net, workbook


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """A database with a finding."""
    kept(engine, workbook(**net(), findings=[{}]))
    return engine


def taking_file(engine: Engine, path: Path, *lines: list[object]) -> Taken:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "rectification_events"
    for line in lines:
        sheet.append(line)
    book.save(path)
    return take(engine, path, day=TODAY, account="steward", now=NOW, references=shipped())


def test_a_fault_shows_what_was_written_and_where(engine: Engine, tmp_path: Path) -> None:
    taken = taking_file(
        engine,
        tmp_path / "book.xlsx",
        [None, "#note", "问题编号", "on_date", "动作", "整改金额"],
        [None, "x", "F1", "2026/2/1", "CLOSE", 1.5],
        [None, "x", "F1", date(2026, 3, 1), " submit ", None],
        [None, "x", "F9", date(2026, 3, 1), "SUBMIT", None],
        [None, "x", "F1", "2026.4.1", "SUBMIT", "12.50"],
    )
    assert [(fault.row, fault.column, fault.value) for fault in taken.faults] == [
        (3, "动作", " submit "),
        (4, "问题编号", "F9"),
    ]


def test_a_date_is_shown_as_it_was_typed(engine: Engine, tmp_path: Path) -> None:
    taken = taking_file(
        engine,
        tmp_path / "book.xlsx",
        ["问题编号", "日期", "动作"],
        ["F1", "2026年1月9日", "CLOSE"],
        ["F1", date(2026, 1, 8), "进展"],
    )
    assert [fault.value for fault in taken.faults] == ["2026年1月9日", "2026-01-08"]


def test_an_import_keeps_the_name_and_the_sum_of_its_file(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "二月.xlsx"
    lines: list[list[object]] = [["问题编号", "日期", "动作"], ["F1", "2026-02-01", "销号"]]
    assert taking_file(engine, path, *lines).number == 2
    with engine.connect() as connection:
        name, digest = connection.exec_driver_sql(
            "SELECT file_name, sha256 FROM imports WHERE number = 2"
        ).one()
    assert (name, len(digest)) == ("二月.xlsx", 64)
