"""Ratings and vacant posts, one rule a test."""

from datetime import date, timedelta

import pytest

from models.days import Span
from models.duty import Appointment, PostRole
from models.mechanism import Rating
from models.rules.mechanism import latest_two, to_next_grade, vacant_since

DAY = date(2026, 6, 30)
GRADES = ((9500, "5A"), (9000, "4A"), (8000, "3A"), (7000, "2A"), (6000, "1A"), (0, "0A"))
MEMBER = Span(date(2024, 1, 1))


def rating(points: int, *, year: int = 2025, on: date = date(2026, 3, 15), **more) -> Rating:
    return Rating(
        unit="U1", year=year, base_points=points - 3000, operation_points=3000, rated_on=on, **more
    )


def chief(from_on: date, until_on: date | None = None) -> Appointment:
    return Appointment(
        unit="U1", name="张三", role="CHIEF_AUDITOR", from_on=from_on, until_on=until_on
    )


def vacancy(*people: Appointment, day: date = DAY) -> date | None:
    return vacant_since(people, PostRole.CHIEF_AUDITOR, MEMBER, day)


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


def test_nobody_appointed_is_vacant_since_the_unit_was_enrolled() -> None:
    assert vacancy() == MEMBER.starts_on


def test_a_post_is_vacant_from_the_day_it_was_left() -> None:
    assert vacancy(chief(date(2023, 1, 1), date(2026, 2, 1))) == date(2026, 2, 1)


def test_a_post_taken_up_is_not_vacant() -> None:
    assert vacancy(chief(date(2026, 1, 1))) is None


def test_an_earlier_vacancy_is_over_when_somebody_follows() -> None:
    people = chief(date(2023, 1, 1), date(2025, 2, 1)), chief(date(2025, 5, 1))
    assert vacancy(*people) is None
    assert vacancy(*people, day=date(2025, 3, 1)) == date(2025, 2, 1)


def test_another_post_does_not_fill_it() -> None:
    auditor = Appointment(unit="U1", name="李四", role="AUDITOR", from_on=date(2024, 1, 1))
    assert vacancy(auditor) == MEMBER.starts_on
