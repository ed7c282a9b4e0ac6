"""Grades on each day, assessments, guidance and cross reviews."""

from datetime import date, timedelta

import pytest

from models.days import Span
from models.mechanism import Assessment, CrossReview, Guidance
from models.rules.mechanism import (
    facts_of_assessments,
    facts_of_guidance,
    facts_of_ratings,
    facts_of_review,
    grade_of,
)
from tests.models.rules.rows import GRADES, START, days, rating, unit, values

FEB, MAR, APR = date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1)
YEAR = timedelta(365)


@pytest.mark.parametrize(
    ("points", "grade"),
    [(9500, "5A"), (9499, "4A"), (8000, "3A"), (7999, "2A"), (6000, "1A"), (5999, "0A"), (0, "0A")],
)
def test_a_grade_is_the_highest_whose_points_are_reached(points: int, grade: str) -> None:
    assert grade_of(rating(points, FEB), GRADES) == grade


def test_base_and_operation_points_add_up() -> None:
    assert grade_of(rating(5500, FEB, operation_points=4000), GRADES) == "5A"


def test_a_veto_is_0a() -> None:
    assert grade_of(rating(9900, FEB, veto="V1"), GRADES) == "0A"


def test_without_grades_nothing_is_reached() -> None:
    assert grade_of(rating(9900, FEB), ()) == "0A"


def test_the_latest_rating_counts_from_its_day() -> None:
    facts = list(
        facts_of_ratings(unit(), [rating(9500, FEB), rating(6000, MAR, year=2024)], GRADES)
    )
    assert days(facts, "rating", "5A") == [Span(FEB, MAR)]
    assert days(facts, "rating", "1A") == [Span(MAR)]


def test_a_unit_is_unrated_until_its_first_rating() -> None:
    facts = list(facts_of_ratings(unit(), [rating(9500, FEB)], GRADES))
    assert days(facts, "rating", "UNRATED") == [Span(START, FEB)]


def test_of_equal_days_the_later_year_counts() -> None:
    rows = [rating(9500, FEB, year=2025), rating(6000, FEB, year=2024)]
    facts = list(facts_of_ratings(unit(), rows, GRADES))
    assert days(facts, "rating", "5A") == [Span(FEB)]
    assert days(facts, "rating", "1A") == []


def test_grades_and_rated_units_count_while_the_unit_is_in_the_grid() -> None:
    left = unit(withdrawn_on=MAR)
    facts = list(facts_of_ratings(left, [rating(9500, FEB)], GRADES))
    assert days(facts, "rating", "5A") == [Span(FEB, MAR)]
    assert days(facts, "rated", "5A") == [Span(FEB, MAR)]


def assessment(year: int, points: int, assessed_on: date, full: int = 10_000) -> Assessment:
    return Assessment(
        unit="U1",
        year=year,
        indicator=f"{points}",
        full_points=full,
        points=points,
        assessed_on=assessed_on,
    )


def test_points_of_the_latest_assessed_year_count() -> None:
    rows = [assessment(2024, 100, FEB), assessment(2025, 300, MAR), assessment(2024, 500, APR)]
    facts = list(facts_of_assessments(unit(), rows))
    assert [values(facts, "assessment", day) for day in (FEB, MAR, APR)] == [[100], [300], [300]]


def test_indicators_of_a_year_add_up_as_they_come_in() -> None:
    rows = [assessment(2025, 100, FEB), assessment(2025, 300, MAR, full=500)]
    facts = list(facts_of_assessments(unit(), rows))
    assert values(facts, "assessment", FEB, "full=10000") == [100]
    assert values(facts, "assessment", MAR, "full=10500") == [400]


def test_assessments_count_while_the_unit_is_in_the_grid() -> None:
    facts = list(facts_of_assessments(unit(withdrawn_on=MAR), [assessment(2025, 100, FEB)]))
    assert days(facts, "assessment") == [Span(FEB, MAR)]


def test_a_unit_is_guided_for_a_year_from_its_last_visit() -> None:
    visits = [
        Guidance(unit="U1", on_date=day, by="DEPARTMENT", form="ON_SITE", topic="整改")
        for day in (FEB, MAR)
    ]
    assert days(facts_of_guidance(unit(), visits), "guided") == [Span(FEB, MAR + YEAR)]


def test_a_cross_review_counts_for_the_reviewing_unit() -> None:
    row = CrossReview(round="1", reviewer="U2", reviewed="U1", due_on=FEB, completed_on=APR)
    facts = list(facts_of_review(row))
    assert {fact.unit for fact in facts} == {"U2"}
    assert days(facts, "cross_review_due") == [Span(FEB, FEB + YEAR)]
    assert days(facts, "cross_review_done") == [Span(APR, FEB + YEAR)]
