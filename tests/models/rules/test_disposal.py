"""Dormant bodies, posts and assets: found, late, done, recovered."""

from datetime import date

import pytest

from models.days import Span
from models.disposal import Disposal, DisposalState
from models.rules.disposal import disposal_state, facts_of_disposal
from models.rules.fact import Fact
from tests.models.rules.rows import DAY, days, values

FOUND, DUE, DONE = date(2025, 2, 1), date(2025, 4, 1), date(2025, 5, 1)


def about(**values: object) -> list[Fact]:
    row = {"code": "D1", "kind": "SHELL", "unit": "U1", "quantity": 3} | values
    return list(facts_of_disposal(Disposal(**{"found_on": FOUND, "due_on": DUE} | row)))


def test_a_disposal_counts_from_the_day_it_is_found() -> None:
    assert days(about(), "disposal_found", "SHELL") == [Span(FOUND)]


def test_a_disposal_is_late_from_the_day_after_it_was_due_until_it_is_done() -> None:
    assert days(about(), "disposal_late") == [Span(DUE + DAY)]
    assert days(about(done_on=DONE), "disposal_late") == [Span(DUE + DAY, DONE)]


def test_a_disposal_found_after_it_was_due_is_late_from_then() -> None:
    assert days(about(found_on=DONE), "disposal_late") == [Span(DONE)]


def test_a_disposal_is_done_from_its_day() -> None:
    assert days(about(done_on=DONE), "disposal_done", "SHELL") == [Span(DONE)]
    assert days(about(), "disposal_done") == []


def test_only_idle_posts_bring_posts_back() -> None:
    assert values(about(kind="IDLE_POST", done_on=DONE), "posts_recovered", DONE) == [3]
    assert days(about(done_on=DONE), "posts_recovered") == []
    assert days(about(kind="IDLE_POST"), "posts_recovered") == []


def test_money_is_recovered_by_what_is_done_of_every_kind() -> None:
    assert values(about(done_on=DONE, recovered=500), "assets_recovered", DONE) == [500]
    assert days(about(recovered=500), "assets_recovered") == []


# How it stands on a day

LIMIT = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("done_on", "day", "state"),
    [
        (None, LIMIT, DisposalState.ONGOING),
        (None, date(2026, 7, 1), DisposalState.LATE),
        (date(2026, 7, 5), date(2026, 7, 4), DisposalState.LATE),
        (date(2026, 7, 5), date(2026, 7, 5), DisposalState.DONE),
    ],
)
def test_a_disposal_stands_by_its_limit_and_the_day_it_was_done(
    done_on: date | None, day: date, state: DisposalState
) -> None:
    assert disposal_state(LIMIT, done_on, day) == state
