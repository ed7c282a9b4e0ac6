"""Working days: the list of holidays before the calendar, and Monday to Friday where both end."""

from datetime import date, timedelta

import pytest

from data.reference.lists import References, shipped
from data.reference.working_days import WorkingDays, after, between


def with_holidays(*rows: tuple[str, str]) -> References:
    holidays = tuple({"day": day, "working": working, "name": ""} for day, working in rows)
    return References({**shipped().lists, "holidays": holidays})


def test_the_first_day_does_not_count_and_the_last_does() -> None:
    assert between(date(2026, 6, 1), date(2026, 6, 3), shipped()).days == 2


@pytest.mark.parametrize("end", [date(2026, 6, 1), date(2026, 5, 1)])
def test_nothing_lies_before_its_start(end: date) -> None:
    assert between(date(2026, 6, 1), end, shipped()) == WorkingDays(0)


def test_public_holidays_are_no_working_days() -> None:
    assert between(date(2025, 9, 30), date(2025, 10, 8), shipped()) == WorkingDays(0)


def test_a_sunday_that_is_made_up_for_is_a_working_day() -> None:
    assert between(date(2025, 9, 27), date(2025, 9, 28), shipped()).days == 1


def test_the_list_comes_before_the_calendar() -> None:
    lists = with_holidays(("2026-06-02", "0"), ("2026-06-06", "1"))
    assert between(date(2026, 6, 1), date(2026, 6, 7), lists).days == 4


def test_years_that_nobody_knows_are_counted_by_weekdays_and_named() -> None:
    counted = between(date(2097, 12, 31), date(2098, 1, 7), shipped())
    assert counted == WorkingDays(5, unknown_years=(2098,))
    assert not counted.certain


def test_a_year_in_the_list_is_known() -> None:
    lists = with_holidays(("2098-01-01", "0"))
    assert between(date(2097, 12, 31), date(2098, 1, 7), lists) == WorkingDays(4)


@pytest.mark.parametrize("days", [0, 1, 5, 10])
def test_the_day_after_so_many_working_days_is_the_first_on_which_they_are_over(days: int) -> None:
    start = date(2025, 9, 25)
    end = after(start, days, shipped())
    assert between(start, end, shipped()).days == days
    assert not days or between(start, end - timedelta(1), shipped()).days == days - 1
