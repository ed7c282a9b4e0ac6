"""The trust in a figure: what is not known is never complete."""

from datetime import date, timedelta

import pytest

from models.rules.trust import Entered, Trust, is_of_last_year

DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("entered", "trust"),
    [
        (Entered(2, 2, 2, DAY), Trust.COMPLETE),
        (Entered(2, 2, 1, DAY), Trust.PARTIAL),
        (Entered(2, 0, 0, DAY), Trust.PARTIAL),
        (Entered(2, 2, 2, DAY, waiting=1), Trust.PARTIAL),
        (Entered(2, 0, 0, None), Trust.UNKNOWN),
        (Entered(2, 0, 0, None, waiting=1), Trust.UNKNOWN),
        (Entered(0, 0, 0, DAY), Trust.UNKNOWN),
        (Entered(0, 0, 0, None), Trust.UNKNOWN),
    ],
)
def test_complete_only_where_every_unit_entered_and_nothing_waits(
    entered: Entered, trust: Trust
) -> None:
    assert entered.trust is trust


def test_each_trust_has_a_sign_of_its_own() -> None:
    assert [each.sign for each in Trust] == ["●", "◐", "○"]


@pytest.mark.parametrize(("days", "is_of"), [(364, True), (365, False), (0, True), (-1, True)])
def test_an_entry_counts_for_a_year(days: int, is_of: bool) -> None:
    assert is_of_last_year(DAY - timedelta(days), DAY) is is_of


def test_no_entry_is_of_no_year() -> None:
    assert not is_of_last_year(None, DAY)
