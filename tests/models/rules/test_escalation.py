"""The ladder: which step is due by days overdue, and what counts as taken."""

import pytest

from models.rectification import Step
from models.rules.escalation import next_step, step_by_days


@pytest.mark.parametrize(
    ("overdue", "step"),
    [
        (0, None),
        (1, Step.REMINDER),
        (30, Step.REMINDER),
        (31, Step.SUPERVISION),
        (90, Step.SUPERVISION),
        (91, Step.INTERVIEW),
        (180, Step.INTERVIEW),
        (181, Step.COMMITTEE),
        (5000, Step.COMMITTEE),
    ],
)
def test_the_step_follows_from_the_days_overdue(overdue: int, step: Step | None) -> None:
    assert step_by_days(overdue) == step


def test_what_is_not_overdue_is_pressed_by_nobody() -> None:
    assert next_step(0, []) is None


def test_a_step_is_due_once() -> None:
    assert next_step(10, ["REMINDER"]) is None


def test_a_milder_step_does_not_stand_for_the_graver_one() -> None:
    assert next_step(40, ["REMINDER"]) is Step.SUPERVISION


def test_a_graver_step_stands_for_the_milder_one() -> None:
    assert next_step(40, ["COMMITTEE"]) is None


@pytest.mark.parametrize("step", ["INTERVIEW", "CIRCULAR"])
def test_an_interview_may_as_well_be_a_circular(step: str) -> None:
    assert next_step(100, ["REMINDER", step]) is None


def test_a_circular_does_not_stand_for_the_committee() -> None:
    assert next_step(200, ["CIRCULAR"]) is Step.COMMITTEE
