"""Spans of days, half open, and what is made of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days import (
    FOREVER,
    Span,
    gaps,
    later,
    month_ends,
    overlap,
    union,
    until_next,
    year_from,
)

FIRST = date(2026, 1, 1)
NUMBERS = st.integers(0, 12)
SOME_SPANS = st.lists(st.builds(lambda one, two: span(one, two), NUMBERS, NUMBERS), max_size=5)


def day(number: int) -> date:
    return FIRST + timedelta(number)


def span(first: int, end: int | None = None) -> Span:
    return Span(day(first), FOREVER if end is None else day(end))


def covered(spans: list[Span]) -> set[int]:
    return {number for number in range(-1, 15) if any(day(number) in each for each in spans)}


def test_the_first_day_belongs_to_a_span_and_the_last_does_not() -> None:
    assert [number for number in range(5) if day(number) in span(1, 3)] == [1, 2]


def test_a_span_without_an_end_never_ends() -> None:
    assert date(2099, 12, 31) in span(1)


def test_a_span_is_false_when_it_has_no_day() -> None:
    assert not span(2, 2)
    assert not span(3, 2)
    assert span(2, 3)


def test_only_a_day_is_in_a_span() -> None:
    assert "2026-01-02" not in span(1, 3)


def test_what_never_ends_does_not_end_later_either() -> None:
    assert later(FOREVER, 1) == FOREVER
    assert later(day(0), -1) == day(-1)


def test_a_day_lies_in_the_last_year_for_365_days() -> None:
    year = year_from(FIRST)
    assert FIRST in year
    assert FIRST + timedelta(364) in year
    assert FIRST + timedelta(365) not in year
    assert FIRST - timedelta(1) not in year


def test_each_day_holds_until_the_next_and_the_last_for_ever() -> None:
    assert until_next([day(1), day(4)]) == [span(1, 4), span(4)]
    assert until_next([]) == []


def test_spans_that_touch_become_one() -> None:
    assert union([span(3, 5), span(1, 3)]) == [span(1, 5)]
    assert union([span(4, 5), span(1, 3)]) == [span(1, 3), span(4, 5)]


@pytest.mark.parametrize(
    ("spans", "free"),
    [
        ([], [span(2, 8)]),
        ([span(0, 9)], []),
        ([span(0, 3), span(5, 6)], [span(3, 5), span(6, 8)]),
        ([span(4)], [span(2, 4)]),
        ([span(9, 12)], [span(2, 8)]),
    ],
)
def test_gaps_are_the_days_that_no_span_covers(spans: list[Span], free: list[Span]) -> None:
    assert gaps(spans, span(2, 8)) == free


def test_ends_of_months_come_before_the_day_itself() -> None:
    last = [date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 15)]
    assert month_ends(date(2024, 3, 15), 3) == last
    assert month_ends(date(2024, 3, 15), 0) == last[-1:]


@given(SOME_SPANS)
def test_a_union_has_the_same_days_in_order_and_apart(spans: list[Span]) -> None:
    found = union(spans)
    assert covered(found) == covered(spans)
    assert all(one.ends_on < two.starts_on for one, two in zip(found, found[1:], strict=False))


@given(SOME_SPANS, SOME_SPANS)
def test_an_overlap_has_the_days_of_both(some: list[Span], others: list[Span]) -> None:
    found = list(overlap(some, others))
    assert all(found)
    assert covered(found) == covered(some) & covered(others)


@given(SOME_SPANS, NUMBERS, NUMBERS)
def test_gaps_and_spans_together_are_the_whole(spans: list[Span], first: int, end: int) -> None:
    within = span(first, end)
    assert covered(gaps(spans, within)) == covered([within]) - covered(spans)
