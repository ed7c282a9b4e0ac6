"""A row that waited comes in once it is answered: alone, previewed, and to be taken back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.intake.undo import undo
from data.nodes import parse
from data.own_ledgers.how_to_take import HowToTake, OwnTaken
from data.own_ledgers.reading import read_files
from data.own_ledgers.taking_waiting import take_waiting
from data.own_ledgers.waiting_rows import WaitingRow, WaitingRowError, waiting_rows
from data.reference.lists import shipped
from data.scope import Scope
from data.store.access_log import Act
from data.store.database import reading, writing
from tests.data.contents import dump
from tests.data.own_ledgers.taking_cases import (
    IMPORTED,
    ledger,
    line,
    rows_of,
    take,
    with_units,
)

DISTRICT = Scope(parse("district"), IMPORTED)
HOW: dict[str, Any] = {
    "day": IMPORTED,
    "act": Act("steward", datetime(2026, 12, 31, 11, 0, tzinfo=UTC)),
    "references": shipped(),
}
TITLES = "SELECT title FROM findings ORDER BY title"


@pytest.fixture
def file(engine: Engine, tmp_path: Path) -> Path:
    """A ledger of which two rows wait: nobody knows their units."""
    with_units(engine)
    rows = [
        line(1, "往来款"),
        line(2, "库存", unit="某某中心", amount=30, rectified=10),
        line(3, "设备", unit="另一中心"),
    ]
    path = ledger(tmp_path / "10.xlsx", rows)
    [taken] = take(engine, path, set_aside=True)
    assert taken.set_aside == 2
    return path


def waiting(engine: Engine) -> tuple[WaitingRow, ...]:
    with reading(engine) as connection:
        return waiting_rows(connection, DISTRICT)


def take_row(engine: Engine, row: WaitingRow, unit: str | None, **how: Any) -> OwnTaken:
    answers = {each.id: unit for each in row.questions} if unit else {}
    return take_waiting(engine, DISTRICT, row.id, answers, HowToTake(**HOW | how), read=read_files)


def test_an_answered_row_comes_in_alone_with_all_that_its_sheet_said(
    engine: Engine, file: Path
) -> None:
    first, second = waiting(engine)
    done = take_row(engine, first, "U02")
    assert (done.taken.number, done.taken.counts["findings"]["new"]) == (3, 1)
    assert waiting(engine) == (second,)
    assert rows_of(engine, "SELECT unit, amount FROM findings WHERE title = '库存'") == [
        ("U02", 30_000_000)
    ]
    events = "SELECT action, amount, on_date FROM rectification_events WHERE finding LIKE 'U02%'"
    assert [each[:2] for each in rows_of(engine, events)] == [("PROGRESS", 10_000_000)]


def test_a_trial_run_tells_what_would_come_in_and_keeps_nothing(engine: Engine, file: Path) -> None:
    [first, _second] = waiting(engine)
    before = dump(engine)
    would = take_row(engine, first, "U02", dry_run=True)
    assert would.taken.counts["findings"] == {"new": 1, "changed": 0, "equal": 0}
    assert dump(engine) == before


def test_a_row_with_an_open_question_stays(engine: Engine, file: Path) -> None:
    [first, second] = waiting(engine)
    assert take_row(engine, first, None).questions
    assert waiting(engine) == (first, second)


def test_undone_the_row_waits_again_and_the_rest_of_its_sheet_stays(
    engine: Engine, file: Path
) -> None:
    [first, second] = waiting(engine)
    number = take_row(engine, first, "U02").taken.number
    assert number is not None
    undo(
        engine,
        number,
        reason="错",
        account="steward",
        day=IMPORTED,
        now=datetime(2026, 12, 31, 12, 0, tzinfo=UTC),
        references=shipped(),
    )
    assert rows_of(engine, TITLES) == [("往来款",)]
    assert [each.id for each in waiting(engine)] == [first.id, second.id]
    take_row(engine, first, "U02")
    assert rows_of(engine, TITLES) == [("库存",), ("往来款",)]


def test_without_its_file_a_row_comes_in_with_the_next_sheet(engine: Engine, file: Path) -> None:
    [first, _second] = waiting(engine)
    with writing(engine) as connection:
        connection.exec_driver_sql("DELETE FROM files_set_aside")
    with pytest.raises(WaitingRowError, match="not kept"):
        take_row(engine, first, "U02")
