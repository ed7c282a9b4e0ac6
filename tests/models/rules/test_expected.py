"""Expected numbers and sums; the range of each holds four times in five."""

from fractions import Fraction
from itertools import accumulate, product
from math import comb, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.expected import RANGE, STEPS, counted, summed

CHANCES = st.lists(st.floats(0, 1), max_size=7)


def outcomes(chances: list[float]) -> list[tuple[float, tuple[int, ...]]]:
    """Every way in which `chances` can turn out, with its probability."""
    return [
        (prod(p if hit else 1 - p for p, hit in zip(chances, hits, strict=True)), hits)
        for hits in product((0, 1), repeat=len(chances))
    ]


@settings(max_examples=60)
@given(CHANCES)
def test_the_range_of_a_number_is_that_of_all_ways_it_can_turn_out(chances: list[float]) -> None:
    expected = counted(chances)
    below = sum(p for p, hits in outcomes(chances) if sum(hits) < expected.low)
    above = sum(p for p, hits in outcomes(chances) if sum(hits) > expected.high)
    assert below <= (1 - RANGE) / 2 + 1e-6
    assert above <= (1 - RANGE) / 2 + 1e-6
    assert 0 <= expected.low <= expected.high <= len(chances)
    assert expected.mean == pytest.approx(sum(chances))


def test_the_range_is_no_wider_than_it_must_be() -> None:
    # Of twelve even chances 3 or fewer come with 7.3 %, 4 or fewer with 19.4 %.
    assert counted([0.5] * 12)[1:3] == (4, 8)


def test_the_range_of_many_equal_chances_is_that_of_their_binomial() -> None:
    number, chance = 301, Fraction(1, 4)
    exact = [
        comb(number, hits) * chance**hits * (1 - chance) ** (number - hits)
        for hits in range(number + 1)
    ]
    below = list(accumulate(exact))
    low = next(hits for hits, share in enumerate(below) if share >= Fraction(1, 10))
    high = next(hits for hits, share in enumerate(below) if share >= Fraction(9, 10))
    assert counted([0.25] * number)[1:3] == (low, high)
    # Every part is of ten steps, one chance in six can only be nothing.
    amounts = ([10] * 5 + [0]) * 60 + [10]
    assert summed([0.25] * len(amounts), amounts)[1:3] == (10 * low, 10 * high)


def test_nothing_ahead_is_nothing_expected() -> None:
    assert counted([]) == (0, 0, 0, 0)
    assert summed([], []) == (0, 0, 0, 0)
    assert summed([0.5], [0]) == (0, 0, 0, 0)


def test_certain_sums_are_told_to_one_part_in_thousands() -> None:
    amounts = [123_456_789, 7, 0, 10_000_000]
    expected = summed([1.0] * 4, amounts)
    assert expected.mean == sum(amounts)
    assert expected.low == pytest.approx(sum(amounts), rel=4 / STEPS)
    assert expected.high == pytest.approx(sum(amounts), rel=4 / STEPS)
    assert expected.out_of == sum(amounts)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 10**9)), min_size=1, max_size=7))
def test_the_range_of_a_sum_holds_four_times_in_five(pairs: list[tuple[float, int]]) -> None:
    chances, amounts = [list(each) for each in zip(*pairs, strict=True)]
    expected = summed(chances, amounts)
    slack = sum(amounts) * len(amounts) / STEPS + len(amounts)
    within = sum(
        p
        for p, hits in outcomes(chances)
        if expected.low - slack
        <= sum(a for a, hit in zip(amounts, hits, strict=True) if hit)
        <= expected.high + slack
    )
    assert within >= RANGE - 1e-6
