"""From where on a change for the worse is red."""

from fractions import Fraction

import pytest

from models.rules.worsening import how_far, is_grave


@pytest.mark.parametrize(
    ("now", "before", "is_share", "grave"),
    [
        (Fraction(90), Fraction(93), True, True),
        (Fraction("90.1"), Fraction(93), True, False),
        (Fraction(11), Fraction(10), False, True),
        (Fraction(109), Fraction(100), False, False),
        # A share of 20 % that falls by 2 points falls by a tenth, which does not count.
        (Fraction(18), Fraction(20), True, False),
        (Fraction(1), Fraction(0), False, True),
        (Fraction(0), Fraction(0), False, False),
    ],
)
def test_a_change_is_grave_from_three_points_of_a_share_or_a_tenth_of_another_figure(
    now: Fraction, before: Fraction, is_share: bool, grave: bool
) -> None:
    assert is_grave(now, before, is_share=is_share) is grave


def test_three_points_of_a_share_are_as_far_as_a_tenth_of_another_figure() -> None:
    points = how_far(Fraction(90), Fraction(93), is_share=True)
    assert points == how_far(Fraction(9), Fraction(10), is_share=False) == 1
