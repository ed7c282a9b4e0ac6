"""Chances are learnt from closed cohorts only, drawn towards the whole, and hold in simulation."""

from datetime import date, timedelta
from math import lgamma
from random import Random

import numpy as np
import pytest

from models.days import FOREVER, later
from models.rules.expected import counted
from models.rules.forecast_record import Case, score
from models.rules.limits import Wait
from models.rules.outlook import FURTHEST, LEARNT_DAYS, as_columns, learn, log_gamma
from tests.models.rules import outlook_districts
from tests.oracle.forecasts_compared import compared_learning

DAY = date(2026, 6, 30)
PASSED = later(DAY, -100)
GROUP = ("IMMEDIATE", "ORDINARY", "AGENCY", "0")
OTHER = ("PHASED", "MAJOR", "SOE", "1")


def wait(
    *,
    over: bool,
    due: date = PASSED,
    days: int = 60,
    ends_on: date = FOREVER,
    group: tuple[str, ...] = GROUP,
    state: str = "RECTIFYING",
) -> Wait:
    return Wait(group, state, later(due, -days), ends_on, due, over)


def test_without_a_closed_cohort_there_is_no_chance() -> None:
    open_ones = [wait(over=False, due=DAY), wait(over=False, due=later(DAY, 9))]
    assert learn(as_columns([]), DAY).chance(GROUP, "RECTIFYING", 10) is None
    assert learn(as_columns(open_ones), DAY).chance(GROUP, "RECTIFYING", 10) is None


@pytest.mark.parametrize(
    ("due", "learnt"),
    [
        (later(DAY, -1), 1),
        (DAY, 0),
        (later(DAY, -LEARNT_DAYS), 1),
        (later(DAY, -LEARNT_DAYS - 1), 0),
    ],
)
def test_a_limit_is_learnt_from_for_two_years_from_the_day_after_it(due: date, learnt: int) -> None:
    anchor = wait(over=False)
    chance = learn(as_columns([anchor, wait(over=True, due=due)]), DAY).chance(
        GROUP, "RECTIFYING", 0
    )
    assert chance and chance.of_all == 1 + learnt


def test_nothing_that_came_after_the_day_is_learnt() -> None:
    closed = [wait(over=number % 3 == 0) for number in range(30)]
    later_on = [wait(over=True, due=later(DAY, 5)) for _ in range(30, 90)]
    one, other = (
        learn(as_columns(waits), DAY).chance(GROUP, "RECTIFYING", 5)
        for waits in (closed, [*closed, *later_on])
    )
    assert one == other


def test_a_case_counts_only_on_the_days_before_its_limit_on_which_it_stood_open() -> None:
    due = later(DAY, -100)
    closed_early = wait(over=False, due=due, days=40, ends_on=later(due, -19))
    cohorts = learn(as_columns([closed_early, wait(over=True, due=due)]), DAY)
    cases = {left: cohorts.chance(GROUP, "RECTIFYING", left).cases for left in (19, 20, 40, 41)}
    assert cases == {19: 1, 20: 2, 40: 2, 41: 1}


def test_a_limit_far_away_is_judged_like_one_of_ninety_days() -> None:
    cohorts = learn(as_columns([wait(over=n < 3, days=300) for n in range(10)]), DAY)
    assert cohorts.chance(GROUP, "RECTIFYING", 250) == cohorts.chance(GROUP, "RECTIFYING", FURTHEST)


def test_a_group_lies_between_its_own_share_and_that_of_all() -> None:
    mine = [wait(over=number < 9) for number in range(10)]
    others = [wait(over=number < 10, group=OTHER) for number in range(100)]
    chance = learn(as_columns([*mine, *others]), DAY).chance(GROUP, "RECTIFYING", 30)
    assert chance is not None
    assert chance.cases == 10
    assert chance.of_all == 110
    assert chance.base < chance.own < 0.9


def test_a_group_without_cases_has_the_base_rate() -> None:
    chance = learn(as_columns([wait(over=n < 5) for n in range(20)]), DAY).chance(
        OTHER, "RECTIFYING", 30
    )
    assert chance is not None
    assert (chance.own, chance.cases) == (chance.base, 0)


def test_states_are_learnt_apart() -> None:
    working = [wait(over=n < 15) for n in range(20)]
    handed_in = [wait(over=False, state="REVIEWING") for _ in range(20)]
    cohorts = learn(as_columns([*working, *handed_in]), DAY)
    assert cohorts.chance(GROUP, "REVIEWING", 10).base < 0.1
    assert cohorts.chance(GROUP, "RECTIFYING", 10).base > 0.6


def test_a_property_that_tells_much_tells_of_groups_without_cases() -> None:
    late = [wait(over=n < 45, group=("PHASED", f"kind {n % 5}")) for n in range(50)]
    in_time = [wait(over=n < 5, group=("IMMEDIATE", f"kind {n % 5}")) for n in range(50)]
    cohorts = learn(as_columns([*late, *in_time]), DAY)
    unheard = cohorts.chance(("PHASED", "another"), "RECTIFYING", 10)
    assert unheard and unheard.cases == 0
    assert unheard.own > 0.75 > unheard.base


def test_the_series_is_the_gamma_function() -> None:
    numbers = np.array([1e-3, 0.5, 1, 1.5, 2, 7, 40, 1e4])
    assert log_gamma(numbers) == pytest.approx([lgamma(each) for each in numbers], abs=1e-8)


def test_the_order_of_the_cases_changes_nothing() -> None:
    district = [wait(over=n % 3 == 0, group=(GROUP, OTHER)[n % 2]) for n in range(90)]
    forth, back = (
        learn(as_columns(waits), DAY).chance(GROUP, "RECTIFYING", 20)
        for waits in (district, district[::-1])
    )
    assert forth and back
    assert forth.own == pytest.approx(back.own, abs=1e-12)
    assert forth[2:] == back[2:]


def test_properties_that_tell_nothing_are_left_out() -> None:
    alike = [wait(over=n % 4 == 0, group=("PHASED", f"kind {n // 25}")) for n in range(100)]
    chance = learn(as_columns(alike), DAY).chance(("PHASED", "kind 2"), "RECTIFYING", 20)
    assert chance is not None
    assert chance.own == chance.base


DISTRICTS = 200
DIFFERENCES = (0.0, 0.3, 1.0, 1.5)
"""From districts in which nothing tells limits apart to those in which much does."""


@pytest.fixture(scope="module")
def forecasts() -> list[list[list[Case]]]:
    """By district, the forecasts on two days a quarter of a year apart, with what came."""
    days = [outlook_districts.LAST_DAY - timedelta(FURTHEST + 90 * n) for n in range(2)]
    made = []
    for seed in range(DISTRICTS):
        district = outlook_districts.waits(seed, DIFFERENCES[seed % len(DIFFERENCES)])
        made.append([outlook_districts.forecast(district, day) for day in days])
    return made


@pytest.mark.parametrize("seed", [0, 1])
def test_the_chance_of_a_group_equals_its_oracle(seed: int) -> None:
    for _kind, where, shown, wanted in compared_learning(Random(seed)):
        assert shown == wanted, where


def test_ranges_of_two_hundred_districts_hold_as_often_as_they_say(
    forecasts: list[list[list[Case]]],
) -> None:
    held = [
        counted([case.chance for case in latest]).holds(sum(case.came for case in latest))
        for latest, _earlier in forecasts
    ]
    assert 0.7 <= sum(held) / DISTRICTS <= 0.9


def test_chances_are_worse_than_the_base_rate_in_few_of_two_hundred_districts(
    forecasts: list[list[list[Case]]],
) -> None:
    scores = [score([case for cases in by_day for case in cases]) for by_day in forecasts]
    worse = sum(each.brier > each.brier_base for each in scores)
    assert worse / DISTRICTS <= 0.1


def test_chances_are_better_than_the_base_rate_where_much_tells_limits_apart(
    forecasts: list[list[list[Case]]],
) -> None:
    apart = [
        score([case for cases in by_day for case in cases])
        for seed, by_day in enumerate(forecasts)
        if DIFFERENCES[seed % len(DIFFERENCES)] >= 1
    ]
    better = sum(each.brier < each.brier_base for each in apart)
    assert better / len(apart) >= 0.8
