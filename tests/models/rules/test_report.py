"""Four reports: due, in, late, and the score that several reviewers come to."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from models.days import Span
from models.report import ReportScore
from models.rules.fact import Fact
from models.rules.report import agreed, facts_of_report, grade, score_on_days
from tests.models.rules.rows import DAY, days, report, score, values

DUE, FEB, MAR = date(2025, 1, 31), date(2025, 2, 10), date(2025, 3, 10)
YEAR = Span(DUE, DUE + timedelta(365))
WEIGHTS = {"TIMELY": 40, "RISK": 60}


def facts(submitted_on: date | None, scores: Iterable[ReportScore] = ()) -> list[Fact]:
    return list(facts_of_report(report(due_on=DUE, submitted_on=submitted_on), scores, WEIGHTS))


def whole(reviewer: str, points: int, on: date = FEB) -> list[ReportScore]:
    return [score(reviewer, "TIMELY", 1000, on), score(reviewer, "RISK", points - 1000, on)]


def scores_on(day: date, *of: list[ReportScore]) -> list[int]:
    rows = [row for each in of for row in each]
    return [points for span, points in score_on_days(rows, WEIGHTS) if day in span]


def test_a_report_is_due_for_a_year() -> None:
    assert days(facts(None), "report_due", "PLAN") == [YEAR]


def test_a_report_due_today_is_not_late() -> None:
    assert days(facts(None), "report_late") == [Span(DUE + DAY)]


def test_a_report_is_late_until_the_day_it_comes_in() -> None:
    assert days(facts(FEB), "report_late") == [Span(DUE + DAY, FEB)]
    assert days(facts(FEB), "report_in") == [Span(FEB, YEAR.ends_on)]


@pytest.mark.parametrize("submitted_on", [DUE, DUE - DAY])
def test_a_report_that_comes_in_by_the_day_is_in_time(submitted_on: date) -> None:
    found = facts(submitted_on)
    assert days(found, "report_timely") == days(found, "report_in") == [YEAR]
    assert days(found, "report_late") == []


def test_a_report_that_comes_in_a_day_later_is_not_in_time() -> None:
    assert days(facts(DUE + DAY), "report_timely") == []


def test_a_score_counts_for_a_year_from_submission() -> None:
    found = facts(FEB, whole("U2", 9000, MAR))
    assert days(found, "report_score", "PLAN") == [Span(MAR, FEB + timedelta(365))]


def test_a_report_that_is_not_in_has_no_score() -> None:
    assert days(facts(None, whole("U2", 9000)), "report_score") == []


def test_a_score_stands_in_its_band() -> None:
    assert values(facts(FEB, whole("U2", 9000)), "report_score", MAR, "EXCELLENT") == [9000]
    assert values(facts(FEB, whole("U2", 8999)), "report_score", MAR, "GOOD") == [8999]


@pytest.mark.parametrize(
    ("points", "band"),
    [
        (10000, "EXCELLENT"),
        (9000, "EXCELLENT"),
        (8999, "GOOD"),
        (8000, "GOOD"),
        (7999, "FAIR"),
        (7000, "FAIR"),
        (6999, "PASS"),
        (6000, "PASS"),
        (5999, "FAIL"),
        (0, "FAIL"),
    ],
)
def test_a_band_begins_at_its_lowest_points(points: int, band: str) -> None:
    assert grade(points) == band


def test_a_reviewer_counts_once_all_dimensions_are_scored() -> None:
    rows = [score("U2", "TIMELY", 1000, FEB), score("U2", "RISK", 5000, MAR)]
    assert scores_on(FEB, rows) == []
    assert scores_on(MAR, rows) == [6000]


def test_a_reviewer_who_left_a_dimension_out_does_not_count() -> None:
    assert scores_on(MAR, [score("U2", "TIMELY", 1000, FEB)]) == []


def test_a_dimension_that_is_no_longer_asked_does_not_count() -> None:
    assert scores_on(MAR, [*whole("U2", 8000), score("U2", "FORMER", 900, FEB)]) == [8000]


def test_a_kind_without_dimensions_has_no_scores() -> None:
    assert list(score_on_days(whole("U2", 8000), {})) == []


def test_one_reviewer_is_the_score() -> None:
    assert scores_on(MAR, whole("U2", 8010)) == [8010]


def test_two_reviewers_are_their_mean() -> None:
    assert scores_on(MAR, whole("U2", 8000), whole("U3", 6010)) == [7005]


def test_of_three_reviewers_the_two_closest_count() -> None:
    assert scores_on(MAR, whole("U2", 8000), whole("U3", 7000), whole("U4", 7010)) == [7005]


def test_of_equally_close_pairs_the_higher_counts() -> None:
    assert agreed([6000, 7000, 8000]) == 7500
    assert agreed([9000, 6010, 6000, 8990]) == 8995


def test_two_equal_totals_are_closer_than_any_other() -> None:
    assert agreed([6000, 9000, 9010, 6000]) == 6000


def test_each_further_reviewer_changes_the_score_from_that_day_on() -> None:
    rows = [whole("U2", 8000, FEB), whole("U3", 9000, MAR), whole("U4", 8990, MAR + DAY)]
    assert [scores_on(day, *rows) for day in (FEB, MAR, MAR + DAY)] == [[8000], [8500], [8995]]
