"""Who was in post on a day, and for how many late days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.in_charge import LateDays, Term, in_post, late_days

D = date(2026, 6, 1)


def on(day: int) -> date:
    return D + timedelta(days=day)


def term(name: str, first: int, until: int | None = None) -> Term:
    return Term(name, on(first), None if until is None else on(until))


@pytest.mark.parametrize(("day", "held"), [(-1, ()), (0, ("张",)), (9, ("张",)), (10, ())])
def test_a_term_holds_from_its_first_day_until_before_its_last(day: int, held: tuple) -> None:
    assert in_post([term("张", 0, 10)], on(day)) == held


def test_who_came_first_stands_first_and_each_once() -> None:
    assert in_post([term("李", 5), term("张", 0), term("张", 3)], on(6)) == ("张", "李")


def test_days_are_late_from_the_day_after_the_limit_to_the_day_itself() -> None:
    assert late_days([term("张", -9)], on(0), on(0)) == ()
    assert late_days([term("张", -9)], on(0), on(1)) == (LateDays("张", 1),)


def test_a_handover_divides_them_on_the_day_the_new_one_comes() -> None:
    terms = [term("张", -9, 4), term("李", 4)]
    assert late_days(terms, on(0), on(10)) == (LateDays("张", 3), LateDays("李", 7))


def test_an_empty_post_has_its_days_too() -> None:
    terms = [term("张", -9, 4), term("李", 6)]
    assert late_days(terms, on(0), on(7)) == (
        LateDays("张", 3),
        LateDays(None, 2),
        LateDays("李", 2),
    )


def test_two_in_the_post_both_count_the_day() -> None:
    assert late_days([term("张", -9), term("李", 3)], on(0), on(4)) == (
        LateDays("张", 4),
        LateDays("李", 2),
    )


@given(
    terms=st.lists(
        st.builds(
            lambda name, first, long: term(name, first, None if long is None else first + long),
            st.sampled_from("张李王"),
            st.integers(-20, 30),
            st.none() | st.integers(1, 30),
        ),
        max_size=6,
    ),
    last=st.integers(-5, 40),
)
def test_it_is_what_counting_day_by_day_gives(terms: list[Term], last: int) -> None:
    counted: dict[str | None, int] = {}
    for day in range(1, last + 1):
        for name in in_post(terms, on(day)) or (None,):
            counted[name] = counted.get(name, 0) + 1
    assert {each.name: each.days for each in late_days(terms, on(0), on(last))} == counted
