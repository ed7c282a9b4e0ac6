"""Findings that stand under another unit than before: asked once a pair of units, the successor
first."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.own_ledgers.entering.moved_findings import ANOTHER, TAKEN_OVER
from data.own_ledgers.words.stated import Question, QuestionKind
from models.rules.snapshot import Answer
from tests.data.own_ledgers.own_files import UNITS
from tests.data.own_ledgers.taking_cases import (
    NOVEMBER,
    ledger,
    line,
    rows_of,
    take,
    taken_in,
    with_units,
)

TITLES = ("往来款长期挂账", "固定资产未入账", "合同管理不规范")
DECEMBER = date(2026, 12, 31)
OWNERS = "SELECT code, unit, due_on FROM findings ORDER BY code"


def sheet(path: Path, *units: str) -> Path:
    rows = [
        line(at, title, unit=UNITS[unit], limit=date(2026, 9, 30))
        for at, (title, unit) in enumerate(zip(TITLES, units, strict=True), 1)
    ]
    return ledger(path, rows)


@pytest.fixture
def merged(engine: Engine, tmp_path: Path) -> tuple[Path, Question]:
    """A sheet with two findings of the second school under the first, and what it asks."""
    with_units(engine)
    taken_in(engine, sheet(tmp_path / "10.xlsx", "U02", "U02", "U01"))
    path = sheet(tmp_path / "11.xlsx", "U01", "U01", "U01")
    [trial] = take(engine, path, as_of=NOVEMBER)
    [question] = trial.questions
    return path, question


def test_it_is_asked_once_and_the_successor_is_proposed_first(
    merged: tuple[Path, Question],
) -> None:
    _, question = merged
    assert (question.kind, question.rows) == (QuestionKind.MATCH, (3, 4))
    assert [each.answer for each in question.proposals] == [
        TAKEN_OVER,
        Answer.MISTYPED,
        Answer.KEPT,
        ANOTHER,
    ]


def test_the_successor_goes_on_with_the_same_findings_and_limits(
    engine: Engine, merged: tuple[Path, Question], tmp_path: Path
) -> None:
    path, question = merged
    taken_in(engine, path, as_of=NOVEMBER, answers={question.id: TAKEN_OVER})
    overdue = date(2026, 9, 30)
    assert rows_of(engine, OWNERS) == [
        ("U01-2026-001", "U01", overdue),
        ("U02-2026-001", "U01", overdue),
        ("U02-2026-002", "U01", overdue),
    ]
    reasons = rows_of(engine, "SELECT DISTINCT reason FROM versions WHERE reason IS NOT NULL")
    assert reasons == [("由承接单位继续整改，见《11.xlsx》（2026-11-30）",)]
    again = taken_in(engine, path, as_of=NOVEMBER)
    later = taken_in(engine, sheet(tmp_path / "12.xlsx", *["U01"] * 3), as_of=DECEMBER)
    assert (again.taken.number, later.taken.number, later.optional) == (None, None, [])


def test_the_sheet_may_be_wrong_and_is_not_asked_again(
    engine: Engine, merged: tuple[Path, Question], tmp_path: Path
) -> None:
    path, question = merged
    before = rows_of(engine, OWNERS)
    taken_in(engine, path, as_of=NOVEMBER, answers={question.id: Answer.KEPT.value})
    taken_in(engine, sheet(tmp_path / "12.xlsx", *["U01"] * 3), as_of=DECEMBER)
    assert rows_of(engine, OWNERS) == before


def test_they_may_be_other_findings(engine: Engine, merged: tuple[Path, Question]) -> None:
    path, question = merged
    done = taken_in(engine, path, as_of=NOVEMBER, answers={question.id: ANOTHER})
    assert done.taken.counts["findings"]["new"] == 2
    assert len(done.optional) == 2
