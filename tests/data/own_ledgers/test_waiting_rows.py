"""Rows that were set aside wait, where they may be seen, until answered or dropped."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.nodes import Node, parse
from data.own_ledgers import waiting_rows
from data.own_ledgers.waiting_rows import WaitingRow, WaitingRowError
from data.scope import Scope
from data.store.access_log import Act
from data.store.database import reading, writing
from tests.data.own_ledgers.taking_cases import (
    IMPORTED,
    ledger,
    line,
    rows_of,
    take,
    taken_in,
    with_units,
)

ACT = Act("steward", datetime(2026, 12, 31, 10, 0, tzinfo=UTC))
DISTRICT = Scope(parse("district"), IMPORTED)
LOG = "SELECT subject FROM access_entries WHERE what = 'waiting_row'"


@pytest.fixture
def file(engine: Engine, tmp_path: Path) -> Path:
    """A ledger of which one row waits, as nobody knows its unit."""
    with_units(engine)
    path = ledger(tmp_path / "10.xlsx", [line(1, "往来款"), line(2, "库存", unit="某某中心")])
    [taken] = take(engine, path, set_aside=True)
    assert taken.set_aside == 1
    return path


def waiting(engine: Engine, scope: Scope = DISTRICT) -> tuple[WaitingRow, ...]:
    with reading(engine) as connection:
        return waiting_rows.waiting_rows(connection, scope)


def answer(engine: Engine, row: WaitingRow, text: str, scope: Scope = DISTRICT) -> WaitingRow:
    with writing(engine) as connection:
        answers = {each.id: text for each in row.questions}
        return waiting_rows.answer(connection, ACT, scope, row.id, answers)


def drop(engine: Engine, id_: int, reason: str, scope: Scope = DISTRICT) -> None:
    with writing(engine) as connection:
        waiting_rows.drop(connection, ACT, scope, id_, reason)


def test_a_row_waits_with_what_it_says_and_what_is_asked(engine: Engine, file: Path) -> None:
    [row] = waiting(engine)
    assert (row.row, row.said["title"], row.answered) == (4, "库存", False)
    [question] = row.questions
    assert "某某中心" in question.asks.say(str, "en")
    assert question.answer is None


def test_an_answered_row_waits_no_longer_once_the_sheet_is_taken_in_again(
    engine: Engine, file: Path
) -> None:
    [row] = waiting(engine)
    assert answer(engine, row, "U02").answered
    assert rows_of(engine, LOG) == [(f"answered {row.id}",)]
    taken_in(engine, file)
    assert waiting(engine) == ()
    assert rows_of(engine, "SELECT unit FROM findings WHERE title = '库存'") == [("U02",)]


def test_a_dropped_row_is_gone_for_a_reason_in_the_log(engine: Engine, file: Path) -> None:
    [row] = waiting(engine)
    drop(engine, row.id, "不属本区")
    assert waiting(engine) == ()
    assert rows_of(engine, "SELECT how, reason FROM rows_set_aside") == [("DROPPED", "不属本区")]
    assert rows_of(engine, LOG) == [(f"dropped {row.id}",)]


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_dropped_without_a_reason(engine: Engine, file: Path, reason: str) -> None:
    [row] = waiting(engine)
    with pytest.raises(WaitingRowError):
        drop(engine, row.id, reason)
    assert len(waiting(engine)) == 1


def test_what_no_longer_waits_is_neither_dropped_nor_answered(engine: Engine, file: Path) -> None:
    [row] = waiting(engine)
    drop(engine, row.id, "重复")
    with pytest.raises(WaitingRowError):
        drop(engine, row.id, "重复")
    with pytest.raises(WaitingRowError):
        answer(engine, row, "U02")


def test_answers_to_what_was_not_asked_are_refused(engine: Engine, file: Path) -> None:
    [row] = waiting(engine)
    with writing(engine) as connection, pytest.raises(WaitingRowError):
        waiting_rows.answer(connection, ACT, DISTRICT, row.id, {"unit-00000000": "U02"})


@pytest.mark.parametrize(
    "scope",
    [
        Scope(Node("unit", "U01"), IMPORTED),
        Scope(parse("district"), IMPORTED, units=frozenset({"U01"})),
        Scope(parse("district"), IMPORTED, sectors=frozenset({"EDU"})),
    ],
)
def test_a_row_of_no_known_unit_is_for_the_whole_district_alone(
    engine: Engine, file: Path, scope: Scope
) -> None:
    [row] = waiting(engine)
    assert waiting(engine, scope) == ()
    with pytest.raises(WaitingRowError):
        drop(engine, row.id, "不属本区", scope)
    with pytest.raises(WaitingRowError):
        answer(engine, row, "U02", scope)
