"""The day of an earlier month that stands for a day of collection."""

from datetime import date

import pytest

from data.collection.periods import Period
from data.collection.same_day import in_earlier_month
from data.reference.lists import shipped


@pytest.mark.parametrize(
    ("day", "before"),
    [
        # The third working day of July, and of June.
        (date(2026, 7, 3), date(2026, 6, 3)),
        # A Saturday counts as the Friday before.
        (date(2026, 7, 4), date(2026, 6, 3)),
        # Nobody has been waited for yet.
        (date(2026, 6, 30), date(2026, 5, 31)),
    ],
)
def test_the_day_before_has_as_many_working_days_behind_it(day: date, before: date) -> None:
    assert in_earlier_month(Period(2026, 5), Period(2026, 6), day, shipped()) == before
