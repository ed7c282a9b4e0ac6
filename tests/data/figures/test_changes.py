"""How a figure moved: in which unit it is written, and whether it is for the better."""

from decimal import Decimal
from fractions import Fraction

import pytest

from data.figures.catalogue import catalogue
from data.figures.changes import change, weight
from data.figures.reading import Reading
from data.reference.lists import shipped

FIGURES = catalogue(shipped())


def reading(figure: str, numerator: int | None, denominator: int | None = None) -> Reading:
    value = None if numerator is None else Fraction(numerator)
    return Reading(FIGURES[figure], "", value, denominator)


def test_a_share_moves_by_percentage_points():
    moved = change(reading("rect_rate", 9, 10), reading("rect_rate", 8, 10))
    assert moved
    assert (moved.text, moved.points, moved.good) == ("+10.0", True, True)


@pytest.mark.parametrize(
    ("now", "before", "shown"), [((958, 1000), (9799, 10000), "−2.1"), ((2, 3), (1, 3), "+33.3")]
)
def test_a_change_is_the_difference_of_what_is_written(now, before, shown):
    figures = reading("rect_rate", *now), reading("rect_rate", *before)
    moved = change(*figures)
    new, old = (Decimal(each.text.rstrip("%")) for each in figures)
    assert moved
    assert moved.text == shown
    assert moved.amount == Fraction(new - old)


def test_what_is_written_alike_has_not_moved():
    moved = change(reading("rect_rate", 95_001, 100_000), reading("rect_rate", 95_099, 100_000))
    assert moved
    assert (moved.text, moved.good) == ("0.0", None)


def test_fewer_overdue_findings_are_good():
    moved = change(reading("overdue", 3), reading("overdue", 7))
    assert moved
    assert (moved.text, moved.good) == ("−4", True)


def test_more_overdue_findings_are_bad():
    moved = change(reading("overdue", 7), reading("overdue", 3))
    assert moved
    assert (moved.text, moved.good) == ("+4", False)


def test_what_is_neither_better_nor_worse_has_no_colour():
    moved = change(reading("required", 7), reading("required", 3))
    assert moved
    assert moved.good is None


def test_nothing_moved_has_no_sign():
    moved = change(reading("overdue", 3), reading("overdue", 3))
    assert moved
    assert (moved.text, moved.good) == ("0", None)


def test_money_moves_in_money():
    moved = change(reading("fund_idle", 300_000_000), reading("fund_idle", 100_000_000))
    assert moved
    assert moved.text == "+200.00万元"


@pytest.mark.parametrize(("now", "before"), [((0, 0), (1, 2)), ((1, 2), (0, 0))])
def test_a_dash_has_no_change(now, before):
    assert change(reading("rect_rate", *now), reading("rect_rate", *before)) is None


@pytest.mark.parametrize(
    ("figure", "now", "before", "weighed"),
    [
        ("overdue", (10,), (6,), Fraction(2, 3)),
        ("overdue", (6,), (10,), Fraction(2, 5)),
        ("overdue", (3,), (0,), Fraction(1)),
        ("overdue", (3,), (3,), Fraction(0)),
        ("rect_rate", (92, 100), (96, 100), Fraction(4, 100)),
        ("rect_rate", (0, 0), (96, 100), Fraction(0)),
    ],
)
def test_a_change_is_weighed_by_what_was_and_a_share_by_its_points(figure, now, before, weighed):
    assert weight(reading(figure, *now), reading(figure, *before)) == weighed
