"""From a snapshot to what happened: one rule a test, then whole lives told month by month."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days import month_ends
from models.rectification import Action, Finding, RectificationEvent, State
from models.rules.history import TRANSITIONS, first_misfit
from models.rules.snapshot import (
    Answer,
    Doubt,
    EarlierStatement,
    Matter,
    Outcome,
    Stated,
    happened,
    standing_on,
)
from tests.models.rules.rows import DAY, DUE, ISSUED, event, events, finding

FEB, MAR, APR = date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)
"""Snapshot days; DUE lies between the first two."""
MAY = date(2026, 5, 31)


def undecided(_doubt: Doubt) -> None:
    """Nobody has answered."""


def compared(
    stated: Stated,
    history: Iterable[RectificationEvent] = (),
    told: EarlierStatement | None = None,
    answer: Answer | None = None,
    of: Finding | None = None,
) -> Outcome:
    """What happened to the finding of these tests; every doubt is answered with `answer`."""
    return happened(of or finding(), list(history), stated, told, lambda _doubt: answer)


def entered(outcome: Outcome) -> list[tuple[Any, ...]]:
    """Day and action of the events, and the new limit where there is one."""
    assert outcome.doubts == ()
    return [
        (each.on_date, each.action, *([each.new_due_on] if each.new_due_on else []))
        for each in outcome.events
    ]


def matters(outcome: Outcome) -> list[Matter]:
    return [each.matter for each in outcome.doubts]


# ── states ───────────────────────────────────────────────────────────────────────────────────────


def test_the_same_state_brings_nothing() -> None:
    for state, history in (
        (State.RECTIFYING, []),
        (State.REVIEWING, events((ISSUED, "SUBMIT"))),
        (State.CLOSED, events((ISSUED, "CLOSE"))),
        (State.SUSPENDED, events((ISSUED, "SUSPEND"))),
        (State.VOIDED, events((ISSUED, "VOID"))),
    ):
        assert compared(Stated(FEB, state, limit=DUE), history) == Outcome()


def test_a_sheet_without_states_brings_no_event() -> None:
    assert compared(Stated(FEB), events((ISSUED, "CLOSE"))) == Outcome()


@pytest.mark.parametrize(
    ("history", "state", "actions"),
    [
        ([], "REVIEWING", ["SUBMIT"]),
        ([], "CLOSED", ["SUBMIT", "CLOSE"]),
        ([], "SUSPENDED", ["SUSPEND"]),
        ([], "VOIDED", ["VOID"]),
        (["SUBMIT"], "CLOSED", ["CLOSE"]),
        (["SUBMIT"], "RECTIFYING", ["RETURN"]),
        (["SUBMIT"], "SUSPENDED", ["RETURN", "SUSPEND"]),
        (["SUBMIT"], "VOIDED", ["VOID"]),
        (["SUSPEND"], "RECTIFYING", ["RESUME"]),
        (["SUSPEND"], "REVIEWING", ["RESUME", "SUBMIT"]),
        (["SUSPEND"], "CLOSED", ["RESUME", "SUBMIT", "CLOSE"]),
        (["SUSPEND"], "VOIDED", ["VOID"]),
    ],
)
def test_a_state_is_reached_by_what_the_state_machine_allows(
    history: list[str], state: str, actions: list[str]
) -> None:
    kept = events(*((ISSUED, each) for each in history))
    outcome = compared(Stated(FEB, State(state)), kept)
    assert entered(outcome) == [(FEB, each) for each in actions]
    assert all(each.known_as_of for each in outcome.events)
    inferred = [each.action for each in outcome.events if each.inferred]
    assert inferred == [each for each in actions if each in ("RETURN", "RESUME")]


def test_an_event_has_the_day_that_the_sheet_names() -> None:
    named = date(2026, 2, 10)
    outcome = compared(Stated(FEB, State.CLOSED, state_on=named))
    assert entered(outcome) == [(named, "SUBMIT"), (named, "CLOSE")]
    assert [each.number for each in outcome.events] == [1, 2]
    assert not any(each.known_as_of for each in outcome.events)


def test_a_closed_finding_may_have_been_submitted_on_another_day() -> None:
    submitted, closed = date(2026, 2, 10), date(2026, 2, 20)
    outcome = compared(Stated(FEB, State.CLOSED, closed, submitted))
    assert entered(outcome) == [(submitted, "SUBMIT"), (closed, "CLOSE")]
    assert not any(each.known_as_of for each in outcome.events)


@pytest.mark.parametrize(
    ("named", "used"),
    [(ISSUED - DAY, ISSUED), (FEB + DAY, FEB)],
    ids=["before the issue", "after the snapshot"],
)
def test_a_day_that_cannot_be_is_marked_as_not_known(named: date, used: date) -> None:
    outcome = compared(Stated(FEB, State.REVIEWING, state_on=named))
    assert entered(outcome) == [(used, "SUBMIT")]
    assert outcome.events[0].known_as_of


def test_what_was_told_for_an_earlier_day_stays() -> None:
    told = EarlierStatement(FEB)
    outcome = compared(Stated(MAR, State.CLOSED, state_on=FEB - DAY), told=told)
    assert entered(outcome) == [(FEB + DAY, "SUBMIT"), (FEB + DAY, "CLOSE")]
    assert all(each.known_as_of for each in outcome.events)


def test_an_event_on_a_day_with_events_is_numbered_after_them() -> None:
    kept = events((ISSUED, "PROGRESS"), (FEB, "SUBMIT"))
    outcome = compared(Stated(FEB, State.CLOSED), kept)
    assert [(each.on_date, each.number) for each in outcome.events] == [(FEB, 3)]


@pytest.mark.parametrize("state", ["RECTIFYING", "REVIEWING", "SUSPENDED", "VOIDED"])
def test_a_closed_finding_that_is_open_on_the_sheet_is_asked_about(state: str) -> None:
    kept = events((ISSUED, "CLOSE"))
    outcome = compared(Stated(FEB, State(state)), kept)
    assert (matters(outcome), outcome.events) == ([Matter.REOPENED], ())
    assert outcome.doubts[0].answers == (Answer.REOPENED, Answer.KEPT)


def test_a_reopened_finding_has_the_limit_of_the_sheet() -> None:
    kept = events((ISSUED, "CLOSE"))
    outcome = compared(Stated(FEB, State.REVIEWING, limit=APR), kept, answer=Answer.REOPENED)
    assert entered(outcome) == [(FEB, "REOPEN", APR), (FEB, "SUBMIT")]


def test_a_reopened_finding_may_have_the_limit_that_it_had() -> None:
    kept = events((ISSUED, "CLOSE"))
    outcome = compared(
        Stated(MAR, State.RECTIFYING, limit=DUE),
        kept,
        EarlierStatement(FEB),
        answer=Answer.REOPENED,
    )
    assert entered(outcome) == [(DUE, "REOPEN", DUE)]


def test_a_reopened_finding_without_a_usable_limit_keeps_its_own_or_is_due_at_once() -> None:
    kept = events((ISSUED, "CLOSE"))
    before = compared(Stated(FEB, State.RECTIFYING), kept, answer=Answer.REOPENED)
    after = compared(Stated(APR, State.RECTIFYING), kept, answer=Answer.REOPENED)
    assert entered(before) == [(FEB, "REOPEN", DUE)]
    assert entered(after) == [(APR, "REOPEN", APR)]


def test_a_closed_finding_stays_closed_where_the_sheet_errs() -> None:
    kept = events((ISSUED, "CLOSE"))
    outcome = compared(Stated(FEB, State.RECTIFYING, limit=APR), kept, answer=Answer.KEPT)
    assert (outcome.events, outcome.doubts) == ((), ())
    assert "state" in outcome.apart


def test_a_voided_finding_does_not_come_back() -> None:
    outcome = compared(Stated(FEB, State.RECTIFYING), events((ISSUED, "VOID")))
    assert matters(outcome) == [Matter.VOIDED]
    assert outcome.doubts[0].answers == (Answer.KEPT,)


# ── time limits ──────────────────────────────────────────────────────────────────────────────────


def test_a_later_limit_is_an_extension_and_never_another_first_limit() -> None:
    outcome = compared(Stated(FEB, State.RECTIFYING, limit=APR))
    assert entered(outcome) == [(FEB, "EXTEND", APR)]
    assert outcome.corrections == ()


def test_an_extension_is_not_dated_after_the_day_to_which_it_reaches() -> None:
    outcome = compared(Stated(APR, State.RECTIFYING, limit=MAR), told=EarlierStatement(FEB))
    assert entered(outcome) == [(MAR, "EXTEND", MAR)]


@pytest.mark.parametrize(
    ("history", "state", "expected"),
    [
        ([], "REVIEWING", [(FEB, "EXTEND", APR), (FEB, "SUBMIT")]),
        ([], "CLOSED", [(FEB, "EXTEND", APR), (FEB, "SUBMIT"), (FEB, "CLOSE")]),
        (["SUBMIT"], "REVIEWING", [(FEB, "RETURN"), (FEB, "EXTEND", APR), (FEB, "SUBMIT")]),
        (["SUSPEND"], "SUSPENDED", [(FEB, "RESUME", APR), (FEB, "SUSPEND")]),
        (["SUSPEND"], "RECTIFYING", [(FEB, "RESUME", APR)]),
        ([], "VOIDED", [(FEB, "VOID")]),
    ],
)
def test_a_limit_moves_where_the_state_machine_lets_it(
    history: list[str], state: str, expected: list[tuple[Any, ...]]
) -> None:
    kept = events(*((ISSUED, each) for each in history))
    assert entered(compared(Stated(FEB, State(state), limit=APR), kept)) == expected


def test_a_limit_moves_before_the_day_on_which_the_sheet_says_it_was_closed() -> None:
    named = date(2026, 2, 10)
    outcome = compared(Stated(FEB, State.CLOSED, state_on=named, limit=APR))
    assert entered(outcome) == [(named, "EXTEND", APR), (named, "SUBMIT"), (named, "CLOSE")]


def test_an_earlier_limit_is_asked_about() -> None:
    earlier = FEB + DAY
    outcome = compared(Stated(FEB, State.RECTIFYING, limit=earlier))
    assert matters(outcome) == [Matter.EARLIER_LIMIT]
    assert outcome.doubts[0].answers == (Answer.MOVED, Answer.MISTYPED, Answer.KEPT)
    moved = compared(Stated(FEB, State.RECTIFYING, limit=earlier), answer=Answer.MOVED)
    assert entered(moved) == [(FEB, "EXTEND", earlier)]
    assert moved.corrections == ()


def test_only_a_mistyped_limit_corrects_what_is_kept() -> None:
    earlier = FEB + DAY
    first = compared(Stated(FEB, State.RECTIFYING, limit=earlier), answer=Answer.MISTYPED)
    assert [(each.ledger, each.column, each.value) for each in first.corrections] == [
        ("findings", "due_on", earlier)
    ]
    extended = events((FEB, "EXTEND", MAY))
    later = compared(Stated(MAR, limit=APR), extended, answer=Answer.MISTYPED)
    assert [(each.ledger, each.key, each.column, each.value) for each in later.corrections] == [
        ("rectification_events", ("F1", FEB, 1), "new_due_on", APR)
    ]


def test_a_limit_that_stays_as_kept_moves_nothing() -> None:
    outcome = compared(Stated(FEB, State.RECTIFYING, limit=FEB), answer=Answer.KEPT)
    assert outcome == Outcome()


def test_an_extension_to_a_day_already_reported_on_is_asked_about() -> None:
    outcome = compared(Stated(MAY, limit=DUE + DAY), told=EarlierStatement(MAR))
    assert matters(outcome) == [Matter.PAST_LIMIT]
    assert outcome.doubts[0].answers == (Answer.MISTYPED, Answer.KEPT)


def test_another_limit_of_a_closed_finding_is_asked_about() -> None:
    kept = events((ISSUED, "CLOSE"))
    asked = compared(Stated(FEB, State.CLOSED, limit=APR), kept)
    assert matters(asked) == [Matter.LIMIT_OF_CLOSED]
    reopened = compared(Stated(FEB, State.CLOSED, limit=APR), kept, answer=Answer.REOPENED)
    assert entered(reopened) == [(FEB, "REOPEN", APR), (FEB, "SUBMIT"), (FEB, "CLOSE")]


def test_a_limit_that_the_last_sheet_said_too_is_no_news() -> None:
    # In between somebody extended it by letter; the office's ledger does not know yet.
    kept = events((FEB, "EXTEND", MAY))
    told = EarlierStatement(FEB, {"limit": DUE})
    assert compared(Stated(MAR, State.RECTIFYING, limit=DUE), kept, told) == Outcome()


# ── what adds up ─────────────────────────────────────────────────────────────────────────────────


def test_an_event_carries_what_is_more_than_before() -> None:
    kept = [event(ISSUED, "PROGRESS", amount=300, rules_built=1)]
    totals = {"amount": 1000, "rules_built": 3, "persons_handled": 0}
    for state, host in ((State.RECTIFYING, "PROGRESS"), (State.CLOSED, "CLOSE")):
        outcome = compared(Stated(FEB, state, totals=totals), kept)
        assert outcome.events[-1].action == host
        assert outcome.events[-1].carried == {"amount": 700, "rules_built": 2}
        assert sum(each.carried.get("amount", 0) for each in outcome.events) == 700


@pytest.mark.parametrize(
    ("before", "state", "actions"),
    [
        ("SUBMIT", "REVIEWING", ["RETURN", "SUBMIT"]),
        ("SUSPEND", "SUSPENDED", ["RESUME", "SUSPEND"]),
    ],
)
def test_money_under_review_needs_steps_in_between(
    before: str, state: str, actions: list[str]
) -> None:
    kept = events((ISSUED, before))
    outcome = compared(Stated(FEB, State(state), totals={"amount": 5}), kept)
    assert [each.action for each in outcome.events] == actions
    assert all(each.inferred for each in outcome.events)
    assert outcome.events[-1].carried == {"amount": 5}


def test_less_than_before_is_asked_about() -> None:
    kept = [event(ISSUED, "PROGRESS", amount=300), event(FEB, "PROGRESS", amount=200)]
    stated = Stated(MAR, State.RECTIFYING, totals={"amount": 250})
    assert matters(compared(stated, kept)) == [Matter.LESS]
    mistyped = compared(stated, kept, answer=Answer.MISTYPED)
    assert [(each.key[1], each.column, each.value) for each in mistyped.corrections] == [
        (FEB, "amount", 0),
        (ISSUED, "amount", 250),
    ]
    left = compared(stated, kept, answer=Answer.KEPT)
    assert (left.events, left.corrections, left.apart) == ((), (), {"amount"})


def test_more_money_after_closing_is_asked_about() -> None:
    kept = [event(FEB, "CLOSE", amount=300)]
    stated = Stated(MAR, State.CLOSED, totals={"amount": 500})
    assert matters(compared(stated, kept)) == [Matter.PAID_AFTER_CLOSING]
    reopened = compared(stated, kept, answer=Answer.REOPENED)
    assert [each.action for each in reopened.events] == ["REOPEN", "SUBMIT", "CLOSE"]
    assert reopened.events[-1].carried == {"amount": 200}
    mistyped = compared(stated, kept, answer=Answer.MISTYPED)
    assert [(each.column, each.value) for each in mistyped.corrections] == [("amount", 500)]


def test_a_total_that_the_last_sheet_said_too_is_no_news() -> None:
    kept = [event(FEB, "PROGRESS", amount=500)]
    outcome = compared(
        Stated(MAR, totals={"amount": 300}), kept, EarlierStatement(FEB, {"amount": 300})
    )
    assert (outcome.events, outcome.doubts, outcome.apart) == ((), (), {"amount"})


# ── words, handing over, what was entered first ──────────────────────────────────────────────────


def test_progress_is_entered_only_where_the_words_changed() -> None:
    kept = [event(ISSUED, "PROGRESS", note="正在整改")]
    same = compared(Stated(FEB, State.RECTIFYING, progress="正在整改"), kept)
    changed = compared(Stated(FEB, State.RECTIFYING, progress="已收回一半"), kept)
    assert same == Outcome()
    assert [(each.action, each.note) for each in changed.events] == [("PROGRESS", "已收回一半")]


def test_words_of_the_last_sheet_are_not_entered_again_after_a_note_of_somebody_else() -> None:
    kept = [event(ISSUED, "PROGRESS", note="正在整改"), event(FEB, "PROGRESS", note="已催办")]
    told = EarlierStatement(FEB, {"progress": "正在整改"})
    assert compared(Stated(MAR, progress="正在整改"), kept, told) == Outcome()


def test_words_go_with_the_event_that_leads_to_the_state() -> None:
    outcome = compared(Stated(FEB, State.REVIEWING, progress="已完成"))
    assert [(each.action, each.note) for each in outcome.events] == [("SUBMIT", "已完成")]


def test_words_said_while_under_review_propose_a_return() -> None:
    kept = events((ISSUED, "SUBMIT"))
    outcome = compared(Stated(FEB, State.RECTIFYING, progress="重新办理"), kept)
    assert [(each.action, each.inferred) for each in outcome.events] == [
        ("RETURN", True),
        ("PROGRESS", False),
    ]


def test_handing_over_is_entered_once_and_before_voiding() -> None:
    stated = Stated(FEB, State.VOIDED, transferred=True)
    assert [each[1] for each in entered(compared(stated))] == ["TRANSFER", "VOID"]
    first = compared(Stated(FEB, State.CLOSED, transferred=True))
    assert [each[1] for each in entered(first)] == ["SUBMIT", "CLOSE", "TRANSFER"]
    again = compared(Stated(MAR, transferred=True), [event(FEB, "TRANSFER")])
    assert again == Outcome()


@pytest.mark.parametrize(
    ("column", "value"),
    [("issued_on", ISSUED + DAY), ("amount", 900), ("unit", "U2"), ("severity", "MAJOR")],
)
def test_another_value_of_what_was_entered_first_is_asked_about(column: str, value: object) -> None:
    stated = Stated(FEB, columns={column: value})
    asked = compared(stated)
    assert [(each.matter, each.column) for each in asked.doubts] == [(Matter.GUARDED, column)]
    mistyped = compared(stated, answer=Answer.MISTYPED)
    assert [(each.column, each.value) for each in mistyped.corrections] == [(column, value)]
    assert compared(stated, answer=Answer.KEPT).corrections == ()


def test_a_doubt_holds_back_every_event_of_its_finding() -> None:
    stated = Stated(FEB, State.CLOSED, limit=FEB, columns={"amount": 900})
    outcome = compared(stated)
    assert matters(outcome) == [Matter.GUARDED, Matter.EARLIER_LIMIT]
    assert (outcome.events, outcome.corrections) == ((), ())


@pytest.mark.parametrize(
    "stated", [Stated(FEB, State.CLOSED), Stated(ISSUED - DAY, State.RECTIFYING)]
)
def test_what_does_not_fit_what_came_later_is_asked_about(stated: Stated) -> None:
    outcome = compared(stated, events((MAR, "SUBMIT")))
    assert matters(outcome) == [Matter.LATER_HISTORY]


# ── whole lives ──────────────────────────────────────────────────────────────────────────────────


@st.composite
def lives(draw: st.DrawFn) -> tuple[Finding, list[RectificationEvent]]:
    """A finding and a sound history over half a year, several events a month."""
    of = finding(amount=10_000)
    state, day, history = State.RECTIFYING, of.issued_on, list[RectificationEvent]()
    for number in range(1, 1 + draw(st.integers(0, 14))):
        day += timedelta(draw(st.integers(0, 20)))
        allowed = sorted(TRANSITIONS[state])
        if not allowed:
            break
        action = draw(st.sampled_from(allowed))
        moves = action in (Action.EXTEND, Action.REOPEN) or (
            action == Action.RESUME and draw(st.booleans())
        )
        new_due = day + timedelta(draw(st.integers(0, 60))) if moves else None
        # While a finding is closed no step of its own can carry money.
        amount = None if state == State.CLOSED else draw(st.none() | st.integers(0, 900))
        history.append(
            event(day, action, number=number, new_due_on=new_due, amount=amount, note=f"{number}")
        )
        state = TRANSITIONS[state][action]
    return of, history


def truthful(doubt: Doubt) -> Answer | None:
    """What somebody answers who knows that every sheet is right."""
    wanted = (Answer.REOPENED, Answer.MOVED)
    return next((each for each in wanted if each in doubt.answers), None)


def printed(of: Finding, history: list[RectificationEvent], day: date) -> Stated:
    """The row of the finding in the monthly ledger of an office."""
    at = standing_on(of, history, day)
    words = [each.note for each in history if each.on_date <= day]
    return Stated(
        day,
        State(at.state),
        limit=at.due,
        totals={"amount": at.rectified},
        progress=words[-1] if words else None,
    )


def told_by_month(
    of: Finding,
    history: list[RectificationEvent],
) -> Iterator[tuple[date, Finding, list[RectificationEvent]]]:
    """The finding as it is kept after each snapshot of its life."""
    kept: list[RectificationEvent] = []
    first, *days = month_ends(date(2026, 9, 30), 8)
    known = finding(amount=of.amount, due_on=standing_on(of, history, first).due)
    told = None
    for day in (first, *days):
        stated = printed(of, history, day)
        outcome = happened(known, kept, stated, told, truthful)
        assert not outcome.doubts and not outcome.corrections and not outcome.apart
        kept = kept + [RectificationEvent(**each.values(known.code)) for each in outcome.events]
        assert first_misfit(kept) is None
        told = EarlierStatement(day, stated.said())
        again = happened(known, kept, stated, told, undecided)
        assert again == Outcome()
        yield day, known, kept


def standing_of(of: Finding, history: list[RectificationEvent], day: date) -> tuple[Any, ...]:
    at = standing_on(of, history, day)
    return at.state, at.rectified, at.due if at.state != State.VOIDED else None


@given(lives())
def test_on_every_snapshot_day_a_finding_stands_as_in_its_life(
    life: tuple[Finding, list[RectificationEvent]],
) -> None:
    of, history = life
    days = []
    for day, known, kept in told_by_month(of, history):
        days.append(day)
        # Those of the days before are still the same.
        for each in days:
            assert standing_of(known, kept, each) == standing_of(of, history, each)


@given(lives())
def test_every_event_of_a_snapshot_lies_in_its_month(
    life: tuple[Finding, list[RectificationEvent]],
) -> None:
    before, known = ISSUED, 0
    for day, _, kept in told_by_month(*life):
        new = kept[known:]
        assert all(before <= each.on_date <= day for each in new)
        assert len({(each.on_date, each.number) for each in kept}) == len(kept)
        before, known = day + DAY, len(kept)
