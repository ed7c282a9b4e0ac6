"""Findings: statuses, limits, rates, money and letters on each day."""

from datetime import date, timedelta

import pytest

from models.days import FOREVER, Span
from models.rules.fact import Fact
from models.rules.rectification import day_number
from tests.models.rules.rows import (
    DAY,
    DUE,
    ISSUED,
    count,
    days,
    event,
    events,
    facts_about,
    finding,
    letter,
    values,
)

FEB, MAR, APR, MAY = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
Named = tuple[date, str] | tuple[date, str, date]


def about(*named: Named, **of: object) -> list[Fact]:
    return facts_about(finding(**of), events(*named))


def test_a_finding_due_today_is_not_overdue() -> None:
    assert count(about(), "unrectified", DUE) == 0
    assert count(about(), "in_progress", DUE) == 1


def test_a_finding_is_overdue_from_the_day_after_it_was_due() -> None:
    assert count(about(), "unrectified", DUE + DAY) == 1
    assert count(about(), "in_progress", DUE + DAY) == 0


def test_waiting_for_the_reviewer_is_not_overdue() -> None:
    assert days(about((MAR, "SUBMIT")), "unrectified") == []


def test_a_return_puts_it_back_at_once() -> None:
    facts = about((MAR, "SUBMIT"), (APR, "RETURN"))
    assert days(facts, "unrectified") == [Span(APR)]


def test_a_suspended_finding_is_in_progress() -> None:
    facts = about((MAR, "SUSPEND"))
    assert count(facts, "in_progress", MAY) == count(facts, "suspended", MAY) == 1
    assert days(facts, "unrectified") == []


def test_a_finding_submitted_for_closure_is_under_review() -> None:
    assert days(about((MAR, "SUBMIT"), (APR, "CLOSE")), "under_review") == [Span(MAR, APR)]


def test_a_closed_finding_is_rectified_from_its_day_until_reopened() -> None:
    facts = about((FEB, "CLOSE"), (APR, "REOPEN", MAY))
    assert days(facts, "rectified") == [Span(FEB, APR)]


def test_a_voided_finding_is_required_until_the_day_before() -> None:
    facts = about((APR, "VOID"))
    assert days(facts, "in_progress") == [Span(ISSUED, DUE + DAY)]
    assert days(facts, "unrectified") == [Span(DUE + DAY, APR)]


def test_a_finding_voided_on_the_day_of_its_issue_never_counts() -> None:
    assert {fact.measure for fact in about((ISSUED, "VOID"), amount=5)} == {
        "flow_issued",
        "flow_voided",
    }


def test_an_extension_granted_later_ends_the_delay_of_that_day_on() -> None:
    facts = about((APR, "EXTEND", MAY))
    assert days(facts, "unrectified") == [Span(DUE + DAY, APR), Span(MAY + DAY)]


@pytest.mark.parametrize(
    ("over", "band"),
    [
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-90"),
        (90, "31-90"),
        (91, "91-180"),
        (180, "91-180"),
        (181, "181+"),
        (5000, "181+"),
    ],
)
def test_days_overdue_fall_into_bands(over: int, band: str) -> None:
    day = DUE + timedelta(over)
    bands = ("1-30", "31-90", "91-180", "181+")
    assert [each for each in bands if count(about(), "unrectified", day, each)] == [band]


def test_an_overdue_fact_carries_the_day_it_was_due() -> None:
    assert values(about(), "unrectified", MAY) == [day_number(DUE)]


@pytest.mark.parametrize(("before", "soon"), [(16, 0), (15, 1), (0, 1), (-1, 0)])
def test_due_soon_is_from_fifteen_days_before_to_the_day_itself(before: int, soon: int) -> None:
    assert count(about(), "due_soon", DUE - timedelta(before)) == soon


def test_what_waits_for_the_reviewer_is_not_due_soon() -> None:
    assert days(about((FEB, "SUBMIT")), "due_soon") == []


def test_due_counts_from_the_day_the_limit_comes() -> None:
    assert days(about(), "due_open") == [Span(DUE)]


def test_a_finding_closed_before_its_limit_counts_when_the_limit_comes() -> None:
    facts = about((FEB, "CLOSE"))
    assert days(facts, "due_closed") == days(facts, "on_time") == [Span(DUE)]


def test_a_moved_limit_moves_the_day_from_which_it_is_due() -> None:
    assert days(about((FEB, "EXTEND", MAY)), "due_open") == [Span(MAY)]


def test_closing_on_the_day_of_the_limit_is_on_time() -> None:
    assert days(about((DUE, "CLOSE")), "on_time") == [Span(DUE)]


def test_closing_a_day_after_the_limit_is_not() -> None:
    facts = about((DUE + DAY, "CLOSE"))
    assert days(facts, "on_time") == []
    assert days(facts, "due_closed") == [Span(DUE + DAY)]


def test_submitting_on_the_day_of_the_limit_is_on_time_whenever_it_is_closed() -> None:
    assert days(about((DUE, "SUBMIT"), (MAY, "CLOSE")), "on_time") == [Span(MAY)]


def test_a_late_submission_within_an_extension_is_on_time_but_not_strictly() -> None:
    facts = about((FEB, "EXTEND", APR), (APR, "CLOSE"))
    assert days(facts, "on_time") == [Span(APR)]
    assert days(facts, "on_time_original") == []


def test_strictly_on_time_counts_from_the_original_limit_on() -> None:
    facts = about((FEB, "EXTEND", MAY), (MAR, "CLOSE"))
    assert days(facts, "on_time_original") == [Span(DUE)]
    assert days(facts, "on_time") == [Span(MAY)]


def test_the_original_limit_comes_for_every_required_finding() -> None:
    facts = about((FEB, "EXTEND", MAY), (APR, "VOID"))
    assert days(facts, "due_original") == [Span(DUE, APR)]


def test_overdue_against_the_original_limit_looks_at_no_extension() -> None:
    facts = about((FEB, "EXTEND", MAY), (APR, "SUBMIT"))
    assert days(facts, "overdue_original") == [Span(DUE + DAY, APR)]


def test_days_to_rectify_end_with_the_submission() -> None:
    facts = about((FEB, "SUBMIT"), (APR, "CLOSE"))
    assert values(facts, "rect_days", APR) == [(FEB - ISSUED).days]


def test_a_repeated_finding_counts_while_it_is_required() -> None:
    assert days(about((APR, "VOID"), repeat_of="F0"), "repeated") == [Span(ISSUED, APR)]
    assert days(about(), "repeated") == []


def test_a_reopened_finding_counts_once_and_for_good() -> None:
    facts = about((FEB, "CLOSE"), (MAR, "REOPEN", MAY), (MAR, "CLOSE"), (APR, "REOPEN", MAY))
    assert count(facts, "reopened", date(2030, 1, 1)) == 1
    assert days(facts, "reopened") == [Span(MAR)]


def test_a_transferred_finding_counts_until_it_is_voided() -> None:
    assert days(about((FEB, "TRANSFER"), (MAR, "VOID")), "transferred") == [Span(FEB, MAR)]


@pytest.mark.parametrize(("put_right", "counted"), [(99, [99]), (100, [100]), (101, [100])])
def test_no_more_is_put_right_than_the_amount(put_right: int, counted: list[int]) -> None:
    facts = facts_about(finding(amount=100), [event(FEB, "PROGRESS", amount=put_right)])
    assert values(facts, "amount_rectified", FEB) == counted
    assert values(facts, "amount_rectified", FEB - DAY) == []


@pytest.mark.parametrize("amount", [None, 0])
def test_a_finding_without_amount_adds_nothing_to_the_money(amount: int | None) -> None:
    facts = facts_about(finding(amount=amount), [event(FEB, "PROGRESS", amount=7)])
    assert not [fact for fact in facts if fact.measure.startswith("amount") and fact.value]


def test_money_of_a_voided_finding_no_longer_counts() -> None:
    history = [event(FEB, "PROGRESS", amount=40), event(MAR, "VOID")]
    facts = facts_about(finding(amount=100), history)
    assert days(facts, "amount_required") == [Span(ISSUED, MAR)]
    assert days(facts, "amount_rectified") == [Span(FEB, MAR)]


def test_money_stays_put_right_when_a_finding_is_reopened() -> None:
    history = [event(FEB, "CLOSE", amount=40), event(MAR, "REOPEN", new_due_on=MAY)]
    assert values(facts_about(finding(amount=100), history), "amount_rectified", MAY) == [40]


@pytest.mark.parametrize("measure", ["rules_built", "persons_handled"])
def test_what_an_event_brought_counts_while_the_finding_is_required(measure: str) -> None:
    history = [event(FEB, "PROGRESS", **{measure: 2}), event(MAR, "VOID", **{measure: 3})]
    facts = facts_about(finding(), history)
    assert values(facts, measure, FEB) == [2]
    assert values(facts, measure, MAR) == []


def test_a_letter_waits_until_its_reply() -> None:
    facts = facts_about(finding(), [], [letter(FEB, replied_on=MAR)])
    assert days(facts, "escalation_open", "REMINDER") == [Span(FEB, MAR)]


def test_a_letter_answered_on_its_own_day_never_waits() -> None:
    assert days(facts_about(finding(), [], [letter(FEB, replied_on=FEB)]), "escalation_open") == []


@pytest.mark.parametrize("action", ["CLOSE", "VOID"])
def test_a_letter_about_what_is_closed_or_voided_does_not_wait(action: str) -> None:
    facts = facts_about(finding(), events((MAR, action)), [letter(FEB)])
    assert days(facts, "escalation_open") == [Span(FEB, MAR)]


def test_a_letter_waits_again_once_the_finding_is_reopened() -> None:
    history = events((MAR, "CLOSE"), (APR, "REOPEN", MAY))
    facts = facts_about(finding(), history, [letter(FEB)])
    assert days(facts, "escalation_open") == [Span(FEB, MAR), Span(APR)]


@pytest.mark.parametrize("action", ["SUBMIT", "SUSPEND", "PROGRESS"])
def test_a_letter_waits_in_every_state_before_closure(action: str) -> None:
    facts = facts_about(finding(), events((MAR, action)), [letter(FEB)])
    assert days(facts, "escalation_open") == [Span(FEB)]


# The statement of flows


def balance(named: list[Named], first: date, last: date) -> tuple[int, int]:
    """What was open on `last`, and what it ought to be from `first` and the movements between."""
    facts = about(*named)

    def open_on(day: date) -> int:
        return count(facts, "in_progress", day) + count(facts, "unrectified", day)

    def moved(measure: str) -> int:
        return count(facts, measure, last) - count(facts, measure, first)

    came = moved("flow_issued") + moved("flow_reopened")
    went = moved("flow_closed") + moved("flow_voided")
    return open_on(last), open_on(first) + came - went


@pytest.mark.parametrize(
    "named",
    [
        [],
        [(FEB, "CLOSE")],
        [(ISSUED, "CLOSE")],
        [(ISSUED, "VOID")],
        [(FEB, "VOID")],
        [(FEB, "SUBMIT"), (MAR, "VOID")],
        [(FEB, "SUSPEND"), (MAR, "VOID")],
        [(FEB, "CLOSE"), (MAR, "REOPEN", MAY), (APR, "VOID")],
        [(FEB, "CLOSE"), (MAR, "REOPEN", MAY), (MAR, "VOID")],
        [(FEB, "CLOSE"), (MAR, "REOPEN", MAY), (MAR, "CLOSE")],
        [(FEB, "CLOSE"), (FEB, "REOPEN", MAY), (APR, "CLOSE")],
        [(FEB, "CLOSE"), (FEB, "REOPEN", MAY), (FEB, "VOID")],
        [(FEB, "CLOSE"), (MAR, "TRANSFER"), (APR, "REOPEN", MAY)],
    ],
)
@pytest.mark.parametrize("first", [ISSUED - DAY, ISSUED, FEB, MAR])
@pytest.mark.parametrize("last", [ISSUED, FEB, MAR, APR, FOREVER - DAY])
def test_opening_and_movements_make_the_closing(
    named: list[Named], first: date, last: date
) -> None:
    closing, expected = balance(named, first, last)
    assert closing == expected


def test_a_closure_and_a_reopening_of_one_day_are_no_movement() -> None:
    facts = about((FEB, "CLOSE"), (FEB, "REOPEN", MAY))
    assert days(facts, "flow_closed") == days(facts, "flow_reopened") == []
