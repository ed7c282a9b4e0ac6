"""Who is ranked, who is only shown, and how far a share may lie off by chance."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.ranking import Basis, Entry, places, wilson

entries = st.lists(
    st.builds(
        Entry,
        st.sampled_from(["U1", "U2", "U3", "U4", "U5", "U6", "U7"]),
        st.none() | st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(2, 5), Fraction(1)]),
        st.none() | st.integers(0, 9),
    ),
    unique_by=lambda entry: entry.code,
)


def share(code: str, part: int, whole: int) -> Entry:
    return Entry(code, Fraction(part, whole) if whole else None, whole)


def ranks(*found: Entry, higher_is_better: bool = True) -> dict[str, int | None]:
    return {each.code: each.rank for each in places(found, higher_is_better=higher_is_better)}


def test_the_highest_share_has_rank_one_where_higher_is_better() -> None:
    assert ranks(share("U1", 4, 5), share("U2", 9, 10)) == {"U1": 2, "U2": 1}


def test_the_lowest_number_has_rank_one_where_lower_is_better() -> None:
    numbers = Entry("U1", Fraction(7)), Entry("U2", Fraction(0))
    assert ranks(*numbers, higher_is_better=False) == {"U1": 2, "U2": 1}


def test_equal_ones_share_a_rank_and_the_next_comes_after_both() -> None:
    equal = share("U1", 4, 5), share("U2", 8, 10), share("U3", 5, 5), share("U4", 1, 5)
    assert ranks(*equal) == {"U3": 1, "U1": 2, "U2": 2, "U4": 4}
    tied = [each.code for each in places(equal, higher_is_better=True) if each.tied]
    assert tied == ["U1", "U2"]


def test_fewer_than_five_are_shown_and_not_ranked() -> None:
    (few,) = places([share("U1", 4, 4)], higher_is_better=True)
    assert (few.basis, few.rank) == (Basis.FEW, None)


def test_five_are_enough_to_be_ranked() -> None:
    assert ranks(share("U1", 0, 5)) == {"U1": 1}


def test_who_reported_nothing_stands_last_and_has_no_rank() -> None:
    found = places([share("U1", 0, 0), share("U2", 0, 9), share("U3", 0, 2)], higher_is_better=True)
    assert [each.code for each in found] == ["U2", "U3", "U1"]
    assert (found[-1].basis, found[-1].rank) == (Basis.NOTHING, None)


def test_the_worst_stand_first() -> None:
    found = places([share("U1", 9, 9), share("U2", 1, 9), share("U3", 5, 9)], higher_is_better=True)
    assert [each.code for each in found] == ["U2", "U3", "U1"]


def test_values_closer_than_floats_can_tell_are_ranked_apart() -> None:
    third, more = Fraction(1, 3), Fraction(1, 3) + Fraction(1, 10**30)
    assert float(third) == float(more)
    close = Entry("U1", more, 9), Entry("U2", third, 9), Entry("U3", more, 9)
    assert ranks(*close) == {"U2": 3, "U1": 1, "U3": 1}


@given(entries, st.booleans())
def test_every_entry_gets_one_place(found: list[Entry], higher: bool) -> None:
    placed = places(found, higher_is_better=higher)
    assert sorted(each.code for each in placed) == sorted(each.code for each in found)


@given(entries, st.booleans())
def test_a_rank_is_one_more_than_the_number_of_better_ones(
    found: list[Entry], higher: bool
) -> None:
    sign = 1 if higher else -1
    values = {each.code: each.value for each in found if each.basis is Basis.RANKED}
    for place in places(found, higher_is_better=higher):
        if place.code in values:
            own = values[place.code]
            better = [each for each in values.values() if sign * each > sign * own]
            assert place.rank == 1 + len(better)
            assert place.tied == (list(values.values()).count(own) > 1)


@given(entries, st.booleans())
def test_who_is_not_ranked_moves_nobody(found: list[Entry], higher: bool) -> None:
    ranked = [each for each in found if each.basis is Basis.RANKED]
    alone = {each.code: each.rank for each in places(ranked, higher_is_better=higher)}
    among = {each.code: each.rank for each in places(found, higher_is_better=higher) if each.rank}
    assert among == alone


def test_the_interval_is_the_one_known_from_the_books() -> None:
    low, high = wilson(15, 20)
    assert (round(low, 3), round(high, 3)) == (0.531, 0.888)


def test_all_of_five_does_not_make_certain() -> None:
    low, high = wilson(5, 5)
    assert (round(low, 3), high) == (0.566, 1.0)


@given(st.data())
def test_a_share_lies_in_its_interval_on_the_scale(data: st.DataObject) -> None:
    whole = data.draw(st.integers(1, 100_000))
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole <= high <= 1
    assert low < high


@given(st.integers(1, 500), st.integers(2, 50), st.data())
def test_more_cases_of_the_same_share_make_it_surer(
    whole: int, times: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    surer_low, surer_high = wilson(part * times, whole * times)
    assert surer_high - surer_low < high - low


@given(st.integers(1, 500), st.data())
def test_the_interval_of_the_rest_is_the_mirror(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    other_low, other_high = wilson(whole - part, whole)
    assert (other_low, other_high) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError):
        wilson(part, whole)
