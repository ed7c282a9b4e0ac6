"""Cross reviews by round and state, and the self-checks that a cross review proved untrue."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.mechanisms.cross_reviews import late, reviews, rounds, untrue, untrue_by_item
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.mechanism import ReviewState
from tests.data.contents import TODAY, kept, net, workbook

DISTRICT = Scope(parse("district"), TODAY)
UNITS = ("U1", "U2", "U3")
YESTERDAY = TODAY - timedelta(1)


def asked(engine: Engine, question: Any, *more: Any, scope: Scope = DISTRICT) -> Any:
    with reading(engine) as connection:
        return question(connection, scope, *more)


def taken(engine: Engine, **sheets: list[dict[str, Any]]) -> Engine:
    kept(engine, workbook(**net(*UNITS), **sheets))
    return engine


@pytest.mark.parametrize(
    ("due_on", "completed_on", "state"),
    [
        (TODAY, None, ReviewState.DUE),
        (YESTERDAY, None, ReviewState.LATE),
        (YESTERDAY, TODAY, ReviewState.DONE),
    ],
)
def test_a_review_is_late_the_day_after_it_was_due(
    engine: Engine, due_on: date, completed_on: date | None, state: ReviewState
) -> None:
    taken(engine, cross_reviews=[{"due_on": due_on, "completed_on": completed_on}])
    (review,) = asked(engine, reviews, "2026-1", 30)
    assert (review.state, review.completed_on) == (state, completed_on)


def test_what_was_done_later_was_late_on_the_day(engine: Engine) -> None:
    taken(engine, cross_reviews=[{"due_on": YESTERDAY - timedelta(9), "completed_on": TODAY}])
    (review,) = asked(engine, reviews, "2026-1", 30, scope=DISTRICT.on(YESTERDAY))
    assert (review.state, review.completed_on) == (ReviewState.LATE, None)


def test_late_reviews_stand_before_those_due_and_done(engine: Engine) -> None:
    taken(
        engine,
        cross_reviews=[
            {"reviewer": "U1", "reviewed": "U2", "due_on": YESTERDAY, "completed_on": TODAY},
            {"reviewer": "U2", "reviewed": "U3", "due_on": TODAY},
            {"reviewer": "U3", "reviewed": "U1", "due_on": YESTERDAY},
        ],
    )
    found = asked(engine, reviews, "2026-1", 2)
    assert [review.reviewer for review in found] == ["U3", "U2"]
    assert [review.reviewer for review in asked(engine, late, 30)] == ["U3"]


def test_rounds_count_what_the_figure_counts(engine: Engine) -> None:
    taken(
        engine,
        cross_reviews=[
            {"reviewer": "U1", "reviewed": "U2", "due_on": YESTERDAY, "completed_on": TODAY},
            {"reviewer": "U3", "reviewed": "U1", "due_on": YESTERDAY},
        ],
    )
    (found,) = asked(engine, rounds)
    figure = asked(engine, read, catalogue(shipped()))["cross_review_completion"]
    assert (found.states[ReviewState.DONE], found.reviews) == (figure.numerator, figure.denominator)


def test_the_latest_round_stands_first_and_one_far_ahead_is_not_shown(engine: Engine) -> None:
    taken(
        engine,
        cross_reviews=[
            {"round": "2025-1", "due_on": date(2025, 6, 30)},
            {"round": "2026-1", "due_on": TODAY + timedelta(60)},
            {"round": "2026-2", "due_on": TODAY + timedelta(61)},
        ],
    )
    assert [each.code for each in asked(engine, rounds)] == ["2026-1", "2025-1"]


def test_a_review_belongs_to_the_unit_that_owes_it(engine: Engine) -> None:
    taken(engine, cross_reviews=[{"reviewer": "U1", "reviewed": "U2"}])
    at_reviewed = Scope(parse("unit:U2"), TODAY)
    assert asked(engine, rounds, scope=at_reviewed) == ()
    assert asked(engine, reviews, "2026-1", 30, scope=at_reviewed) == ()


def checked(engine: Engine, own: str, cross: str, item: str = "FS01") -> Engine:
    """U1 checked `item` itself, and was then reviewed."""
    return taken(
        engine,
        projects=[
            {"code": "S1", "source": "SELF_CHECK"},
            {"code": "X1", "source": "CROSS"},
        ],
        content_checks=[
            {"project": "S1", "item": item, "result": own, "checked_on": date(2026, 3, 1)},
            {"project": "X1", "item": item, "result": cross, "checked_on": date(2026, 4, 1)},
        ],
    )


def test_normal_by_self_check_and_problem_by_cross_review_is_untrue(engine: Engine) -> None:
    checked(engine, "NORMAL", "PROBLEM")
    (found,) = asked(engine, untrue, 30)
    assert (found.unit, found.item, found.project) == ("U1", "FS01", "X1")
    assert (found.self_checked_on, found.cross_checked_on) == (date(2026, 3, 1), date(2026, 4, 1))


def test_what_both_call_normal_is_compared_and_true(engine: Engine) -> None:
    checked(engine, "NORMAL", "NORMAL")
    assert asked(engine, untrue, 30) == ()
    assert asked(engine, untrue_by_item) == {"FS01": (0, 1)}


def test_untrue_rows_are_as_many_as_the_figure(engine: Engine) -> None:
    checked(engine, "NORMAL", "PROBLEM", "KA1")
    figure = asked(engine, read, catalogue(shipped()))["self_check_gap"]
    assert asked(engine, untrue_by_item) == {"KA1": (figure.numerator, figure.denominator)}


def test_another_unit_does_not_see_them(engine: Engine) -> None:
    checked(engine, "NORMAL", "PROBLEM")
    other = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    assert asked(engine, untrue, 30, scope=other) == ()
    assert asked(engine, untrue_by_item, scope=other) == {}
