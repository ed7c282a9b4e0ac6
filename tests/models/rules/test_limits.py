"""A finding waits for each of its limits; it went over one if it was overdue the day after."""

from datetime import date, timedelta
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days import FOREVER, later
from models.rectification import Action, State
from models.rules.history import MOVES_DUE, TRANSITIONS
from models.rules.limits import CHANGING, OWED, Wait, wait_of_report, waits_of_finding
from tests.models.rules.rows import DUE, ISSUED, START, event, events, finding

DAY = timedelta(1)


def waits(*named: tuple) -> list[Wait]:
    return list(waits_of_finding(finding(), "AGENCY", events(*named)))


@pytest.mark.parametrize(
    ("closed_on", "over"),
    [(DUE, False), (DUE + DAY, False), (DUE + 2 * DAY, True), (None, True)],
)
def test_over_means_overdue_on_the_day_after_the_limit(closed_on: date | None, over: bool) -> None:
    (only,) = waits(*([(closed_on, "CLOSE")] if closed_on else []))
    assert (only.starts_on, only.due, only.went_over) == (ISSUED, DUE, over)
    assert only.ends_on == (closed_on or FOREVER)


def test_an_extension_ends_the_wait_for_one_limit_and_begins_another() -> None:
    new, on = later(DUE, 40), later(DUE, -10)
    first, second = waits((on, "EXTEND", new))
    assert (first.due, first.ends_on, first.went_over, first.group[-1]) == (DUE, on, False, "0")
    assert (second.due, second.starts_on, second.went_over, second.group[-1]) == (
        new,
        on,
        True,
        "1",
    )


def test_an_extension_after_the_limit_does_not_undo_that_it_was_passed() -> None:
    first, second = waits((later(DUE, 5), "EXTEND", later(DUE, 40)))
    assert first.went_over
    assert second.due == later(DUE, 40)


def test_more_than_two_extensions_count_as_two() -> None:
    moved = [(later(ISSUED, n), "EXTEND", later(DUE, 10 * n)) for n in (1, 2, 3)]
    assert [wait.group[-1] for wait in waits(*moved)] == ["0", "1", "2", "2"]


def test_waiting_for_the_reviewer_is_a_wait_of_its_own_and_no_delay() -> None:
    working, handed_in = waits((later(DUE, -3), "SUBMIT"))
    assert (working.state, handed_in.state) == ("RECTIFYING", "REVIEWING")
    assert not working.went_over
    assert not handed_in.went_over


def test_progress_ends_no_wait() -> None:
    assert len(waits((later(ISSUED, 3), "PROGRESS"), (later(ISSUED, 9), "PROGRESS"))) == 1


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(Action)), max_size=9))
def test_events_that_change_neither_state_nor_limit_tell_nothing_of_a_wait(
    drawn: list[tuple[int, Action]],
) -> None:
    named, state = [], str(State.RECTIFYING)
    for days, action in sorted(drawn, key=itemgetter(0)):
        if action in TRANSITIONS[state]:
            state = TRANSITIONS[state][action]
            moved = (later(DUE, days),) if action in MOVES_DUE else ()
            named.append((later(ISSUED, days), action, *moved))
    changing = [each for each in named if each[1] in CHANGING]
    assert waits(*named) == waits(*changing)


def test_what_begins_after_the_limit_is_no_wait_for_it() -> None:
    handed_in_late = waits((later(DUE, 4), "SUBMIT"), (later(DUE, 6), "RETURN"))
    assert [wait.state for wait in handed_in_late] == ["RECTIFYING"]


@pytest.mark.parametrize(("days", "over"), [(0, False), (1, False), (2, True)])
def test_a_report_is_over_if_it_is_not_in_the_day_after(days: int, over: bool) -> None:
    due = later(START, 50)
    wait = wait_of_report("SOE", "PLAN", due, later(due, days))
    assert (wait.state, wait.group, wait.went_over) == (OWED, ("PLAN", "SOE"), over)


def test_a_report_that_did_not_come_in_is_owed_for_ever_and_over() -> None:
    wait = wait_of_report("SOE", "PLAN", later(START, 50), None)
    assert (wait.ends_on, wait.went_over) == (FOREVER, True)


def test_the_group_is_of_the_finding_and_the_kind_of_its_unit() -> None:
    (only,) = waits_of_finding(finding(), "SOE", [event(ISSUED, "PROGRESS")])
    assert only.group == ("IMMEDIATE", "ORDINARY", "SOE", "0")
