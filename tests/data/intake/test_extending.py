"""A changed limit that was extended becomes an event of its day; the kept limit stays."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.intake.checks.corrections import Correcting, RowName
from tests.data.contents import TODAY, kept, net, taking, workbook
from tests.data.own_ledgers.taking_cases import rows_of

ISSUED, DUE, LATER, GRANTED = (
    date(2026, 1, 10),
    date(2026, 3, 31),
    date(2026, 9, 30),
    date(2026, 3, 20),
)
EVENTS = "SELECT on_date, number, action, new_due_on FROM rectification_events ORDER BY number"
LIMITS = "SELECT due_on FROM findings"


def finding(**values: Any) -> dict[str, Any]:
    return {"issued_on": ISSUED, "due_on": DUE} | values


@pytest.fixture
def engine(engine: Engine) -> Engine:
    kept(engine, workbook(**net(), findings=[finding()]))
    return engine


def test_the_kept_limit_stays_and_the_new_one_is_that_of_an_event(engine: Engine) -> None:
    extended = Correcting("", extended={"F1": GRANTED})
    kept(engine, workbook(findings=[finding(due_on=LATER)]), correct=extended)
    assert rows_of(engine, LIMITS) == [(DUE,)]
    assert rows_of(engine, EVENTS) == [(GRANTED, 1, "EXTEND", LATER)]
    assert rows_of(engine, "SELECT change FROM versions") == []


def test_it_takes_the_next_number_of_its_day(engine: Engine) -> None:
    told = {"finding": "F1", "on_date": GRANTED, "action": "PROGRESS"}
    kept(engine, workbook(rectification_events=[told]))
    extended = Correcting("", extended={"F1": GRANTED})
    kept(engine, workbook(findings=[finding(due_on=LATER)]), correct=extended)
    assert [row[1:3] for row in rows_of(engine, EVENTS)] == [(1, "PROGRESS"), (2, "EXTEND")]


def test_events_of_the_same_workbook_come_in_beside_it(engine: Engine) -> None:
    told = {"finding": "F1", "on_date": GRANTED, "action": "PROGRESS"}
    content = workbook(findings=[finding(due_on=LATER)], rectification_events=[told])
    kept(engine, content, correct=Correcting("", extended={"F1": GRANTED}))
    assert [row[1:3] for row in rows_of(engine, EVENTS)] == [(1, "PROGRESS"), (2, "EXTEND")]


def test_other_guarded_columns_still_need_leave(engine: Engine) -> None:
    content = workbook(findings=[finding(due_on=LATER, amount=5_000_000)])
    taken = taking(engine, content, correct=Correcting("", extended={"F1": GRANTED}))
    assert [each.column for each in taken.faults] == ["问题金额"]
    assert rows_of(engine, EVENTS) == []


def test_one_row_may_be_extended_and_corrected(engine: Engine) -> None:
    content = workbook(findings=[finding(due_on=LATER, amount=5_000_000)])
    leave = Correcting("误", frozenset({RowName("findings", "F1")}), extended={"F1": GRANTED})
    kept(engine, content, correct=leave)
    assert rows_of(engine, LIMITS) == [(DUE,)]
    assert rows_of(engine, "SELECT amount FROM findings") == [(5_000_000,)]


@pytest.mark.parametrize("granted", [ISSUED.replace(day=9), date(2026, 7, 1)])
def test_a_day_before_the_issue_or_after_the_import_is_a_fault_at_the_finding(
    engine: Engine, granted: date
) -> None:
    assert granted < ISSUED or granted > TODAY
    content = workbook(findings=[finding(due_on=LATER)])
    taken = taking(engine, content, correct=Correcting("", extended={"F1": granted}))
    assert [each.row for each in taken.faults] == [2]
    assert rows_of(engine, EVENTS) == []


def test_what_is_no_changed_limit_is_left_as_it_is(engine: Engine) -> None:
    content = workbook(findings=[finding(title="新题"), finding(code="F2")])
    kept(engine, content, correct=Correcting("", extended={"F1": GRANTED, "F2": GRANTED}))
    assert rows_of(engine, EVENTS) == []


def test_without_a_reason_nothing_is_corrected(engine: Engine) -> None:
    content = workbook(findings=[finding(due_on=LATER)])
    taken = taking(engine, content, correct=Correcting("", extended={"F2": GRANTED}))
    assert [each.column for each in taken.faults] == ["整改期限"]
