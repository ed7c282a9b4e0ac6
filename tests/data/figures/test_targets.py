"""Targets: the one that began last holds, and how far a figure as it is written is from it."""

from datetime import date
from fractions import Fraction

import pytest

from data.figures.catalogue import FIGURES
from data.figures.reading import Reading
from data.figures.targets import Target, points_short, target
from data.reference.lists import References, Row, shipped

BY_ID = {figure.id: figure for figure in FIGURES}
DAY = date(2026, 6, 30)


def listed(*rows: tuple[str, str, str]) -> References:
    targets: tuple[Row, ...] = tuple(
        {"figure": figure, "value": value, "from": day, "agreed_by": "区委审计委员会"}
        for figure, value, day in rows
    )
    return References({**shipped().lists, "targets": targets})


def reading(figure: str, part: int, whole: int) -> Reading:
    return Reading(BY_ID[figure], "", Fraction(part), whole)


def test_a_target_holds_from_its_first_day() -> None:
    lists = listed(("due_rect_rate", "95", "2026-06-30"))
    assert target(lists, "due_rect_rate", date(2026, 6, 29)) is None
    wanted = target(lists, "due_rect_rate", DAY)
    assert wanted == Target(Fraction(95), DAY, "区委审计委员会")


def test_the_target_that_began_last_holds_whatever_the_order_of_the_rows() -> None:
    lists = listed(
        ("due_rect_rate", "98", "2026-01-01"),
        ("due_rect_rate", "90", "2024-01-01"),
        ("due_rect_rate", "100", "2027-01-01"),
        ("rect_rate", "70", "2026-06-01"),
    )
    wanted = target(lists, "due_rect_rate", DAY)
    assert wanted is not None
    assert wanted.text == "98%"


def test_what_was_frozen_before_there_were_targets_has_none() -> None:
    earlier = {name: rows for name, rows in shipped().lists.items() if name != "targets"}
    assert target(References(earlier), "due_rect_rate", DAY) is None


@pytest.mark.parametrize(("percent", "text"), [("95", "95%"), ("97.5", "97.5%"), ("100", "100%")])
def test_a_target_is_written_without_idle_decimals(percent: str, text: str) -> None:
    assert Target(Fraction(percent), DAY, "").text == text


@pytest.mark.parametrize(
    ("figure", "part", "whole", "percent", "short"),
    [
        # 10/11 is written as 90.9 %, so it is 4.1 points short, not 4.09.
        ("due_rect_rate", 10, 11, "95", "4.1"),
        ("due_rect_rate", 19, 20, "95", "0"),
        ("due_rect_rate", 1, 1, "95", "0"),
        # Of repeats less is wanted.
        ("repeat_rate", 1, 10, "5", "5"),
        ("repeat_rate", 1, 20, "5", "0"),
    ],
)
def test_points_short_are_those_of_the_written_share(
    figure: str, part: int, whole: int, percent: str, short: str
) -> None:
    wanted = Target(Fraction(percent), DAY, "")
    assert points_short(reading(figure, part, whole), wanted) == Fraction(short)


def test_of_nothing_no_points_are_missing() -> None:
    assert points_short(reading("due_rect_rate", 0, 0), Target(Fraction(95), DAY, "")) is None
