"""The record of forecasts: Brier scores, ranges that held, chances against what came."""

from datetime import date

import pytest

from models.days import later
from models.rules.forecast_record import LEAST_CASES, Case, calibration, ranges_said, score

DAY = date(2026, 1, 31)


def case(
    chance: float, *, came: bool, number: int = 1, base: float = 0.5, left: int = 10, on: date = DAY
) -> Case:
    return Case(on, f"F{number}", "U1", later(on, left), chance, base, came)


def test_without_cases_there_is_no_score() -> None:
    nothing = score([])
    assert (nothing.limits, nothing.brier, nothing.brier_base) == (0, None, None)
    assert not nothing.is_better


def test_the_score_is_the_mean_squared_miss() -> None:
    judged = score([case(0.9, came=True, number=1), case(0.3, came=False, number=2)])
    assert judged.brier == pytest.approx((0.1**2 + 0.3**2) / 2)
    assert judged.brier_base == pytest.approx(0.25)


def test_a_limit_judged_at_two_months_ends_is_one_case() -> None:
    assert score([case(0.4, came=True), case(0.4, came=True, on=DAY, left=10)]).limits == 1


@pytest.mark.parametrize(("cases", "enough"), [(LEAST_CASES - 1, False), (LEAST_CASES, True)])
def test_fewer_than_fifty_cases_are_not_judged_by(cases: int, enough: bool) -> None:
    judged = score([case(0.9, came=True, number=number) for number in range(cases)])
    assert (judged.is_enough, judged.is_better) == (enough, enough)


def test_what_is_as_good_as_the_base_rate_is_not_better() -> None:
    judged = score([case(0.5, came=True, number=number) for number in range(LEAST_CASES)])
    assert judged.is_enough
    assert not judged.is_better


def test_a_range_is_of_the_limits_within_its_days() -> None:
    cases = [case(0.9, came=True, number=1, left=29), case(0.9, came=True, number=2, left=30)]
    (month,) = ranges_said(cases, [DAY], 30)
    assert (month.expected.out_of, month.came, month.held) == (1, 1, True)
    (quarter,) = ranges_said(cases, [DAY], 90)
    assert (quarter.expected.out_of, quarter.came) == (2, 2)


def test_a_range_that_missed_did_not_hold() -> None:
    (month,) = ranges_said([case(0.01, came=True)], [DAY], 30)
    assert not month.held


def test_ranges_by_the_base_rate() -> None:
    (month,) = ranges_said([case(0.0, came=False, base=1.0)], [DAY], 30, by_base=True)
    assert month.expected.mean == 1


def test_calibration_sorts_chances_into_tenths_the_last_with_certainty() -> None:
    bands = calibration([case(0.05, came=False), case(0.1, came=True), case(1.0, came=True)])
    assert [(band.low, band.cases, band.came) for band in bands] == [
        (0.0, 1, 0.0),
        (0.1, 1, 1.0),
        (0.9, 1, 1.0),
    ]
