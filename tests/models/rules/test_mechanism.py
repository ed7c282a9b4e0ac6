"""Which rating is in force, and what is missing for the next grade."""

from datetime import date, timedelta

import pytest

from models.mechanism import Rating
from models.rules.mechanism import latest_two, to_next_grade

DAY = date(2026, 6, 30)
GRADES = ((9500, "5A"), (9000, "4A"), (8000, "3A"), (7000, "2A"), (6000, "1A"), (0, "0A"))


def rating(points: int, *, year: int = 2025, on: date = date(2026, 3, 15), **more) -> Rating:
    return Rating(
        unit="U1", year=year, base_points=points - 3000, operation_points=3000, rated_on=on, **more
    )


@pytest.mark.parametrize(
    ("points", "following"),
    [
        (5990, ("1A", 10)),
        (6000, ("2A", 1000)),
        (8250, ("4A", 750)),
        (9499, ("5A", 1)),
        (9500, None),
    ],
)
def test_the_next_grade_is_the_lowest_not_reached(points: int, following) -> None:
    assert to_next_grade(rating(points), GRADES) == following


def test_a_veto_leaves_the_points_missing_as_they_are() -> None:
    assert to_next_grade(rating(8250, veto="V1"), GRADES) == ("4A", 750)


def test_a_rating_counts_from_its_day_on() -> None:
    old, new = rating(8000, year=2024, on=date(2025, 3, 1)), rating(9000, on=DAY)
    assert latest_two([new, old], DAY) == (new, old)
    assert latest_two([new, old], DAY - timedelta(1)) == (old, None)


def test_of_ratings_of_one_day_the_later_year_is_in_force() -> None:
    old, new = rating(8000, year=2024), rating(9000, year=2025)
    assert latest_two([new, old], DAY) == (new, old)


def test_a_unit_without_a_rating_has_none() -> None:
    assert latest_two([], DAY) == (None, None)
