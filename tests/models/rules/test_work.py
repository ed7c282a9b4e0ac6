"""Tasks, training, meetings and decisions: what counts on each day, and how they stand."""

from datetime import date, timedelta

import pytest

from models.days import Span
from models.rules.fact import Fact
from models.rules.work import (
    decision_state,
    facts_of_decision,
    facts_of_meeting,
    facts_of_task,
    facts_of_training,
    planned_percent,
    task_state,
)
from models.work import (
    Attendance,
    Decision,
    DecisionState,
    KeyTask,
    Meeting,
    TaskProgress,
    TaskState,
)
from tests.models.rules.rows import DAY, days, unit, values

FEB, MAR, APR, MAY = date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)
YEAR = timedelta(365)


def task(*progress: tuple[date, int]) -> list[Fact]:
    rows = [TaskProgress(number=1, on_date=day, percent=percent) for day, percent in progress]
    return list(facts_of_task(KeyTask(number=1, start_on=FEB, due_on=APR), rows))


def test_a_task_counts_from_its_start_with_nothing_done() -> None:
    assert days(task(), "task") == [Span(FEB)]
    assert values(task(), "task", FEB) == [0]


def test_the_latest_progress_counts_whatever_stood_before() -> None:
    facts = task((MAR, 60), (APR, 40))
    assert [values(facts, "task", day) for day in (FEB, MAR, APR)] == [[0], [60], [40]]


def test_progress_from_before_the_start_counts_from_the_start() -> None:
    facts = task((FEB - DAY, 30))
    assert days(facts, "task") == [Span(FEB)]
    assert values(facts, "task", FEB) == [30]


def test_a_task_is_late_from_the_day_after_it_was_due() -> None:
    assert days(task(), "task_late") == [Span(APR + DAY)]


@pytest.mark.parametrize(("percent", "late"), [(99, [Span(APR + DAY)]), (100, [])])
def test_a_task_is_late_below_a_hundred_percent(percent: int, late: list[Span]) -> None:
    assert days(task((MAR, percent)), "task_late") == late


def test_a_task_set_back_after_it_was_done_is_late_again() -> None:
    assert days(task((MAR, 100), (MAY, 90)), "task_late") == [Span(MAY)]


def test_tasks_meetings_and_decisions_belong_to_no_unit() -> None:
    meeting = Meeting(code="M1", kind="STUDY", on_date=FEB)
    decision = Decision(meeting="M1", number=1, unit="U1", due_on=MAR, done_on=APR)
    facts = [*task(), *facts_of_meeting(meeting), *facts_of_decision(decision)]
    assert {fact.unit for fact in facts} == {""}


def test_a_meeting_counts_from_its_day() -> None:
    facts = facts_of_meeting(Meeting(code="M1", kind="STUDY", on_date=FEB))
    assert days(facts, "meeting", "STUDY") == [Span(FEB)]


def test_a_decision_counts_from_the_day_it_is_due() -> None:
    facts = list(facts_of_decision(Decision(meeting="M1", number=1, due_on=MAR, done_on=FEB)))
    assert days(facts, "decision_due") == days(facts, "decision_done") == [Span(MAR)]


def test_a_decision_done_late_is_done_from_its_day() -> None:
    facts = facts_of_decision(Decision(meeting="M1", number=1, due_on=MAR, done_on=APR))
    assert days(facts, "decision_done") == [Span(APR)]


def attended(*rows: tuple[date, int], **of: object) -> list[Fact]:
    found = [(Attendance(training="T", unit="U1", people=people), day) for day, people in rows]
    return list(facts_of_training(unit(**of), found))


def test_people_of_every_training_of_the_last_year_count() -> None:
    facts = attended((FEB, 3), (MAR, 2))
    assert sorted(values(facts, "training_people", MAR)) == [2, 3]
    assert values(facts, "training_people", FEB + YEAR) == [2]


def test_a_unit_is_trained_for_a_year_and_counts_once() -> None:
    facts = attended((FEB, 3), (MAR, 2))
    assert len([fact for fact in facts if fact.measure == "trained"]) == 1
    assert days(facts, "trained") == [Span(FEB, MAR + YEAR)]


def test_nobody_attending_is_no_training() -> None:
    assert attended((FEB, 0)) == []


def test_people_count_also_outside_the_grid_and_units_do_not() -> None:
    facts = attended((FEB, 3), enrolled_on=MAR)
    assert days(facts, "training_people") == [Span(FEB, FEB + YEAR)]
    assert days(facts, "trained") == [Span(MAR, FEB + YEAR)]


# How tasks and decisions stand on a day

START, DUE = date(2026, 1, 1), date(2026, 4, 11)
"""100 days."""


@pytest.mark.parametrize(
    ("percent", "day", "state"),
    [
        (100, date(2027, 1, 1), TaskState.DONE),
        (99, date(2026, 4, 12), TaskState.LATE),
        (99, DUE, TaskState.ONGOING),
        (0, date(2025, 12, 31), TaskState.NOT_BEGUN),
        (0, START, TaskState.ONGOING),
        (30, date(2026, 2, 19), TaskState.ONGOING),
        (30, date(2026, 2, 20), TaskState.BEHIND),
        (31, date(2026, 2, 20), TaskState.ONGOING),
    ],
)
def test_a_task_stands_by_its_progress_and_its_time(
    percent: int, day: date, state: TaskState
) -> None:
    assert task_state(START, DUE, percent, day) == state


def test_a_task_of_one_day_is_not_behind_on_it() -> None:
    assert task_state(START, START, 0, START) == TaskState.ONGOING


@pytest.mark.parametrize(
    ("done_on", "day", "state"),
    [
        (None, DUE, DecisionState.OPEN),
        (None, date(2026, 4, 12), DecisionState.OVERDUE),
        (DUE, DUE, DecisionState.DONE_IN_TIME),
        (date(2026, 4, 12), date(2026, 4, 12), DecisionState.DONE_LATE),
        (date(2026, 4, 20), date(2026, 4, 15), DecisionState.OVERDUE),
        (date(2026, 4, 2), date(2026, 4, 1), DecisionState.OPEN),
    ],
)
def test_a_decision_stands_by_its_limit_and_the_day_it_was_done(
    done_on: date | None, day: date, state: DecisionState
) -> None:
    assert decision_state(DUE, done_on, day) == state


def test_a_task_is_planned_to_keep_step_with_its_time():
    start, due = date(2026, 1, 1), date(2026, 1, 11)
    days = (date(2025, 12, 31), start, date(2026, 1, 6), due, date(2026, 2, 1))
    assert [planned_percent(start, due, day) for day in days] == [0, 0, 50, 100, 100]
    assert planned_percent(start, start, start) == 100
