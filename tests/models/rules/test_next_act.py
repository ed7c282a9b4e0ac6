"""What is to be done next about a finding: escalation, replies, rectification, review."""

from datetime import date, timedelta

import pytest

from models.rectification import State, Step
from models.rules.history import Standing
from models.rules.next_act import Act, NextAct, Taken, next_acts

DUE = date(2026, 3, 1)


def after(days: int) -> date:
    return DUE + timedelta(days)


def standing(state: State = State.RECTIFYING) -> Standing:
    return Standing(state, DUE, date(2026, 1, 1))


def taken(step: Step, on: int, replied: int | None = None) -> Taken:
    return Taken(step, after(on), None if replied is None else after(replied), after(on + 14))


RECTIFY = NextAct(Act.RECTIFY, until=DUE)


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        (State.REVIEWING, (NextAct(Act.REVIEW),)),
        (State.SUSPENDED, (NextAct(Act.RESUME),)),
        (State.CLOSED, ()),
        (State.VOIDED, ()),
    ],
)
def test_what_waits_for_others_is_not_pressed(state: State, acts: tuple[NextAct, ...]) -> None:
    assert next_acts(standing(state), [taken(Step.REMINDER, 1)], after(40)) == acts


@pytest.mark.parametrize("over", [-30, 0])
def test_before_the_limit_has_passed_the_unit_rectifies(over: int) -> None:
    assert next_acts(standing(), [], after(over)) == (RECTIFY,)


@pytest.mark.parametrize(
    ("over", "step", "since"),
    [(1, Step.REMINDER, 1), (31, Step.SUPERVISION, 31), (300, Step.COMMITTEE, 181)],
)
def test_a_step_that_is_due_comes_first(over: int, step: Step, since: int) -> None:
    first, *rest = next_acts(standing(), [], after(over))
    assert first == NextAct(Act.ISSUE, step, after(since))
    assert rest == [RECTIFY]


def test_after_a_step_its_reply_is_due_and_the_next_step_is_ahead() -> None:
    assert next_acts(standing(), [taken(Step.REMINDER, 3)], after(10)) == (
        RECTIFY,
        NextAct(Act.REPLY, Step.REMINDER, after(17)),
        NextAct(Act.ISSUE, Step.SUPERVISION, after(31)),
    )
    answered = next_acts(standing(), [taken(Step.REMINDER, 3, replied=8)], after(10))
    assert answered == (RECTIFY, NextAct(Act.ISSUE, Step.SUPERVISION, after(31)))


def test_what_is_past_its_day_comes_before_what_has_time() -> None:
    first, second, *_ = next_acts(standing(), [taken(Step.REMINDER, 3)], after(20))
    assert first == NextAct(Act.REPLY, Step.REMINDER, after(17))
    assert second == RECTIFY


def test_a_step_before_a_limit_was_moved_does_not_count_as_taken_but_awaits_its_reply() -> None:
    acts = next_acts(standing(), [taken(Step.REMINDER, -5)], after(2))
    assert acts == (
        NextAct(Act.ISSUE, Step.REMINDER, after(1)),
        RECTIFY,
        NextAct(Act.REPLY, Step.REMINDER, after(9)),
    )


def test_what_was_referred_to_the_committee_is_decided_by_it() -> None:
    steps = [taken(Step.INTERVIEW, 100, replied=110), taken(Step.COMMITTEE, 190)]
    assert next_acts(standing(), steps, after(300)) == (
        RECTIFY,
        NextAct(Act.DECIDE, Step.COMMITTEE),
    )
    decided = [steps[0], taken(Step.COMMITTEE, 190, replied=250)]
    assert next_acts(standing(), decided, after(300)) == (RECTIFY,)
