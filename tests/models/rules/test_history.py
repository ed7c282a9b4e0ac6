"""The life of a finding: what may follow what, and how it stands on each day."""

from datetime import date

import pytest

from models.rectification import Action, PublicStatus, State
from models.rules.history import Standing, first_misfit, public_status, runs, stretches
from tests.models.rules.rows import (
    DAY,
    DUE,
    ISSUED,
    count,
    event,
    events,
    facts_about,
    finding,
)

FEB, MAR, APR, MAY = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
MAY_FOLLOW = {
    "RECTIFYING": {"PROGRESS", "EXTEND", "TRANSFER", "SUBMIT", "CLOSE", "SUSPEND", "VOID"},
    "REVIEWING": {"TRANSFER", "RETURN", "CLOSE", "VOID"},
    "SUSPENDED": {"TRANSFER", "RESUME", "VOID"},
    "CLOSED": {"TRANSFER", "REOPEN"},
    "VOIDED": set(),
}
WAYS = {
    "RECTIFYING": (),
    "REVIEWING": ("SUBMIT",),
    "SUSPENDED": ("SUSPEND",),
    "CLOSED": ("CLOSE",),
    "VOIDED": ("VOID",),
}
"""Actions that lead into each state."""


def standing(day: date, *named: tuple[date, str] | tuple[date, str, date]) -> Standing:
    life = stretches(finding(), events(*named))
    return next(stretch.standing for stretch in life if day in stretch.span)


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("state", list(State))
def test_an_action_fits_or_it_does_not(state: str, action: str) -> None:
    history = events(*((FEB, each) for each in WAYS[state]), (MAR, action))
    expected = None if action in MAY_FOLLOW[state] else history[-1]
    assert first_misfit(history) is expected


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        ("RECTIFYING", "PROGRESS", "RECTIFYING"),
        ("RECTIFYING", "EXTEND", "RECTIFYING"),
        ("RECTIFYING", "TRANSFER", "RECTIFYING"),
        ("RECTIFYING", "SUBMIT", "REVIEWING"),
        ("RECTIFYING", "CLOSE", "CLOSED"),
        ("RECTIFYING", "SUSPEND", "SUSPENDED"),
        ("RECTIFYING", "VOID", "VOIDED"),
        ("REVIEWING", "TRANSFER", "REVIEWING"),
        ("REVIEWING", "RETURN", "RECTIFYING"),
        ("REVIEWING", "CLOSE", "CLOSED"),
        ("REVIEWING", "VOID", "VOIDED"),
        ("SUSPENDED", "TRANSFER", "SUSPENDED"),
        ("SUSPENDED", "RESUME", "RECTIFYING"),
        ("SUSPENDED", "VOID", "VOIDED"),
        ("CLOSED", "TRANSFER", "CLOSED"),
        ("CLOSED", "REOPEN", "RECTIFYING"),
    ],
)
def test_an_action_leads_from_state_to_state(before: str, action: str, after: str) -> None:
    assert standing(MAR, *((FEB, each) for each in WAYS[before]), (MAR, action)).state == after


def test_a_finding_is_rectified_from_the_day_of_its_issue() -> None:
    assert stretches(finding(), [])[0].span.starts_on == ISSUED
    assert standing(ISSUED).state == State.RECTIFYING


def test_what_counts_on_a_day_is_the_state_after_its_last_event() -> None:
    history = [(FEB, "SUBMIT"), (FEB, "RETURN"), (FEB, "SUBMIT"), (FEB, "CLOSE")]
    assert standing(FEB, *history).state == State.CLOSED
    assert standing(FEB - DAY, *history).state == State.RECTIFYING


def test_events_of_one_day_count_in_the_order_of_their_numbers() -> None:
    history = [event(FEB, "CLOSE", number=2), event(FEB, "SUBMIT", number=1)]
    assert first_misfit(history) is None
    assert stretches(finding(), history)[-1].standing.submitted == FEB


def test_number_ten_comes_after_number_nine() -> None:
    history = [event(FEB, "RETURN", number=10), event(FEB, "SUBMIT", number=9)]
    assert first_misfit(history) is None


def test_an_event_on_the_day_of_issue_counts_that_day() -> None:
    assert standing(ISSUED, (ISSUED, "CLOSE")).state == State.CLOSED


def test_an_extension_may_bring_the_limit_forward() -> None:
    assert standing(FEB, (FEB, "EXTEND", FEB + DAY)).due == FEB + DAY


@pytest.mark.parametrize("new_due", [None, MAY])
def test_a_resumption_moves_the_limit_only_if_it_says_so(new_due: date | None) -> None:
    history = [event(FEB, "SUSPEND"), event(MAR, "RESUME", new_due_on=new_due)]
    assert stretches(finding(), history)[-1].standing.due == (new_due or DUE)


def test_a_reopening_sets_a_new_limit() -> None:
    assert standing(MAR, (FEB, "CLOSE"), (MAR, "REOPEN", MAY)).due == MAY


def test_money_put_right_adds_up_over_all_events() -> None:
    history = [
        event(FEB, "PROGRESS", amount=5),
        event(MAR, "CLOSE", amount=7),
        event(APR, "REOPEN"),
    ]
    assert [each.standing.rectified for each in stretches(finding(), history)] == [0, 5, 12, 12]


def test_a_closure_was_submitted_on_the_day_of_its_submission() -> None:
    assert standing(APR, (FEB, "SUBMIT"), (APR, "CLOSE")).submitted == FEB


def test_a_transfer_leaves_the_submission_as_it_is() -> None:
    assert standing(APR, (FEB, "SUBMIT"), (MAR, "TRANSFER"), (APR, "CLOSE")).submitted == FEB


def test_a_closure_without_submission_was_submitted_on_its_own_day() -> None:
    assert standing(APR, (APR, "CLOSE")).submitted == APR


def test_a_return_makes_the_submission_void() -> None:
    history = [(FEB, "SUBMIT"), (MAR, "RETURN"), (APR, "CLOSE")]
    assert standing(APR, *history).submitted == APR


def test_the_submission_after_a_return_counts() -> None:
    history = [(FEB, "SUBMIT"), (FEB, "RETURN"), (MAR, "SUBMIT"), (APR, "CLOSE")]
    assert standing(APR, *history).submitted == MAR


def test_a_reopening_clears_the_submission() -> None:
    history = [(FEB, "SUBMIT"), (FEB, "CLOSE"), (MAR, "REOPEN", MAY)]
    assert standing(MAR, *history).submitted is None
    assert standing(APR, *history, (APR, "CLOSE")).submitted == APR


def test_the_limit_of_a_closure_is_the_one_in_force_then() -> None:
    history = [(FEB, "EXTEND", APR), (MAR, "CLOSE"), (APR, "REOPEN", MAY)]
    assert standing(MAR, *history).done_due == APR
    assert standing(APR, *history).done_due is None


def test_the_last_event_is_the_one_of_the_day() -> None:
    assert standing(MAR, (FEB, "PROGRESS")).last_event_on == FEB
    assert standing(MAR).last_event_on == ISSUED


def test_a_life_has_no_gaps_and_no_end() -> None:
    life = stretches(finding(), events((ISSUED, "SUBMIT"), (FEB, "RETURN"), (FEB, "CLOSE")))
    assert all(
        one.span.ends_on == two.span.starts_on for one, two in zip(life, life[1:], strict=False)
    )
    assert date(2099, 12, 31) in life[-1].span


def test_progress_does_not_end_a_run() -> None:
    life = stretches(finding(), events((FEB, "PROGRESS"), (MAR, "TRANSFER"), (APR, "CLOSE")))
    assert [run.span.starts_on for run in runs(life)] == [ISSUED, APR]


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("day", [DUE - DAY, DUE, DUE + DAY])
def test_the_public_status_is_the_one_that_is_counted(state: str, day: date) -> None:
    history = [(FEB, each) for each in WAYS[state]]
    facts = facts_about(finding(), events(*history))
    status = public_status(standing(day, *history), day)
    counted = [each for each in PublicStatus if count(facts, each.lower(), day)]
    assert counted == ([] if status is None else [status])
