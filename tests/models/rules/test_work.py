"""How key tasks and decisions stand on a day."""

from datetime import date

import pytest

from models.rules.work import decision_state, task_state
from models.work import DecisionState, TaskState

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
