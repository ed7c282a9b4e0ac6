"""How a figure is written: cut shares, means rounded half up, money in 万元 or 亿元."""

from fractions import Fraction

import pytest

from data.figures.catalogue import FIGURES, catalogue
from data.figures.catalogue.figure import Figure
from data.figures.reading import Reading, money_text
from data.reference.lists import shipped

CATALOGUE = catalogue(shipped())


def reading(
    figure: str, numerator: int | Fraction | None, denominator: int | None = None
) -> Reading:
    value = None if numerator is None else Fraction(numerator)
    return Reading(CATALOGUE[figure], "", value, denominator)


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (1691, 1786, "94.6%"),
        (1999, 2000, "99.9%"),
        (99_999, 100_000, "99.9%"),
        (1, 1, "100.0%"),
        (0, 3, "0.0%"),
        (1, 1001, "0.0%"),
        (2, 3, "66.6%"),
    ],
)
def test_a_share_is_cut_not_rounded(part: int, whole: int, text: str) -> None:
    assert reading("rect_rate", part, whole).text == text


@pytest.mark.parametrize("figure", ["rect_rate", "rect_days_mean", "report_quality"])
def test_an_empty_denominator_is_a_dash(figure: str) -> None:
    empty = reading(figure, 0, 0)
    assert empty.text == "—"
    assert empty.exact is None
    assert empty.as_json()["denominator"] == 0


@pytest.mark.parametrize(
    ("total", "number", "text"), [(1, 20, "0.1"), (1, 21, "0.0"), (5, 4, "1.3"), (7, 2, "3.5")]
)
def test_a_mean_is_rounded_half_up(total: int, number: int, text: str) -> None:
    assert reading("rect_days_mean", total, number).text == text


def test_points_are_written_as_decimals() -> None:
    assert reading("report_quality", 173_050, 20).as_json() == {
        "numerator": "1730.5",
        "denominator": 20,
        "text": "86.5",
    }
    assert reading("report_quality", 173_000, 20).as_json()["numerator"] == "1730"


def test_a_numerator_without_end_has_six_decimals_and_a_text_of_the_exact_value() -> None:
    third = Fraction(10_000, 3)
    written = reading("assessment_mean", third * 2, 2).as_json()
    assert written == {"numerator": "66.666667", "denominator": 2, "text": "33.3"}


def test_a_mean_just_below_a_half_is_not_rounded_twice() -> None:
    written = reading("assessment_mean", Fraction("504.9999999") * 10, 10).as_json()
    assert written == {"numerator": "50.5", "denominator": 10, "text": "5.0"}


def test_a_count_is_a_number() -> None:
    assert reading("overdue", 3).as_json() == {"value": 3, "text": "3"}


def test_texts_have_no_thousands_separators() -> None:
    assert reading("training_people", 1_234_567).text == "1234567"


def test_money_is_a_string_of_yuan() -> None:
    assert reading("amount_required", 251_023_540_000).as_json() == {
        "value": "2510235400.00",
        "text": "25.10亿元",
    }


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0.00万元"),
        (4999, "0.00万元"),
        (5000, "0.01万元"),
        (1_000_000, "1.00万元"),
        (123_456_789, "123.46万元"),
        (9_999_999_999, "10000.00万元"),
        (10_000_000_000, "1.00亿元"),
        (10_050_000_000, "1.01亿元"),
        (123_450_000_000_000, "12345.00亿元"),
    ],
)
def test_money_is_in_wan_and_from_one_yi_on_in_yi(fen: int, text: str) -> None:
    assert money_text(Fraction(fen, 100)) == text


def test_what_does_not_exist_has_no_value() -> None:
    for figure in ("overdue_days_max", "task_progress"):
        assert reading(figure, None).as_json() == {"value": None, "text": "—"}


def test_a_bucket_is_printed_after_a_colon() -> None:
    assert Reading(CATALOGUE["required"], "source=STATE", Fraction(1)).id == "required:source=STATE"


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_figure_says_what_it_is(figure: Figure) -> None:
    assert figure.name and figure.definition and figure.formula
    assert bool(figure.denominator) == (figure.way in ("SHARE", "MEAN", "AGE_MEAN", "RATIO_MEAN"))
