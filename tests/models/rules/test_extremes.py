"""What stands out among counts and shares, ties included."""

from fractions import Fraction

import pytest

from models.rules.extremes import Extreme, least, most


@pytest.mark.parametrize(
    ("counted", "found"),
    [
        ({"a": 3, "b": 1}, Extreme(("a",), Fraction(3), False)),
        ({"a": 3, "b": 3, "c": 1}, Extreme(("a", "b"), Fraction(3), False)),
        ({"a": 3, "b": 3}, Extreme(("a", "b"), Fraction(3), True)),
        ({"a": 3}, Extreme(("a",), Fraction(3), False)),
        ({"a": 0, "b": None}, None),
        ({}, None),
    ],
)
def test_the_most_is_what_has_more_than_nothing_and_more_than_all_others(counted, found):
    assert most(counted) == found


@pytest.mark.parametrize(
    ("shares", "found"),
    [
        ({"a": Fraction(1, 2), "b": 1, "c": None}, Extreme(("a",), Fraction(1, 2), False)),
        ({"a": 0, "b": 0, "c": 1}, Extreme(("a", "b"), Fraction(0), False)),
        ({"a": None}, None),
    ],
)
def test_the_least_may_be_nothing_but_not_what_is_not_known(shares, found):
    assert least(shares) == found
