"""Projects, and the pairs of a unit and a content item."""

from datetime import date, timedelta

import pytest

from models.audit import ContentCheck, Project
from models.days import Span
from models.rules.audit import facts_of_content, facts_of_project
from models.rules.fact import Fact
from tests.models.rules.rows import DAY, START, check, count, days, project, unit

FEB, MAR, APR = date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1)
YEAR = timedelta(365)
ITEMS = {"FS01": "FUND_SAFETY", "KA1": "KEY_AUDIT"}
PROJECTS = [
    project(),
    project(code="P2"),
    project(code="OWN", source="SELF_CHECK"),
    project(code="OWN2", source="SELF_CHECK"),
    project(code="CROSS", source="CROSS"),
    project(code="CROSS2", source="CROSS"),
]


def content(*checks: ContentCheck, **of: object) -> list[Fact]:
    return list(facts_of_content(unit(**of), PROJECTS, checks, ITEMS))


def about(**values: object) -> list[Fact]:
    found: Project = project(**values)
    return list(facts_of_project(found))


def test_a_project_runs_from_its_start_to_the_day_before_completion() -> None:
    facts = about(started_on=FEB, completed_on=APR)
    assert days(facts, "project_running") == [Span(FEB, APR)]


def test_a_project_completed_on_the_day_it_started_never_ran() -> None:
    assert days(about(started_on=FEB, completed_on=FEB), "project_running") == []


def test_a_plan_counts_for_a_year() -> None:
    facts = about(planned_on=FEB, started_on=FEB, completed_on=APR)
    assert days(facts, "project_planned") == [Span(FEB, FEB + YEAR)]
    assert days(facts, "project_completed") == [Span(APR, FEB + YEAR)]


def test_a_project_completed_before_its_planned_day_is_completed_from_then() -> None:
    facts = about(planned_on=APR, started_on=FEB, completed_on=MAR)
    assert days(facts, "project_completed") == [Span(APR, APR + YEAR)]


def test_every_configured_item_makes_a_pair() -> None:
    facts = content(enrolled_on=FEB, withdrawn_on=APR)
    assert count(facts, "content_pair", MAR) == 2
    assert days(facts, "content_pair", "KA1") == [Span(FEB, APR)]


@pytest.mark.parametrize("result", ["NORMAL", "PROBLEM", "NOT_APPLICABLE"])
def test_any_check_covers_its_pair_for_a_year(result: str) -> None:
    facts = content(check("P1", result, FEB))
    assert days(facts, "content_covered", "FS01") == [Span(FEB, FEB + YEAR)]
    assert days(facts, "content_covered", "KEY_AUDIT") == []


def test_a_pair_is_covered_only_while_the_unit_is_in_the_grid() -> None:
    facts = content(check("P1", "NORMAL", START), enrolled_on=FEB, withdrawn_on=MAR)
    assert days(facts, "content_covered") == [Span(FEB, MAR)]


def test_a_pair_checked_twice_counts_once() -> None:
    facts = content(check("P1", "NORMAL", FEB), check("P2", "NORMAL", MAR))
    assert count(facts, "content_covered", APR) == 1
    assert days(facts, "content_covered") == [Span(FEB, MAR + YEAR)]


def test_an_item_that_is_not_configured_counts_nowhere() -> None:
    assert days(content(check("P1", "PROBLEM", FEB, item="FS99")), "content_covered") == []


def test_a_problem_stands_until_the_next_check_says_otherwise() -> None:
    facts = content(check("P1", "PROBLEM", FEB), check("P2", "NOT_APPLICABLE", APR))
    assert days(facts, "content_problem") == [Span(FEB, APR)]


def test_a_problem_is_forgotten_after_a_year() -> None:
    assert days(content(check("P1", "PROBLEM", FEB)), "content_problem") == [Span(FEB, FEB + YEAR)]


@pytest.mark.parametrize("other", ["NORMAL", "NOT_APPLICABLE"])
def test_of_one_day_a_problem_counts_first(other: str) -> None:
    facts = content(check("P1", other, FEB), check("P2", "PROBLEM", FEB))
    assert count(facts, "content_problem", FEB) == 1
    assert count(facts, "content_covered", FEB) == 1


# Self-check against cross review


def compared(*checks: ContentCheck) -> tuple[list[Span], list[Span]]:
    facts = content(*checks)
    return days(facts, "self_check_compared"), days(facts, "self_check_untrue")


def test_a_self_check_and_a_cross_review_are_compared_while_both_are_of_the_last_year() -> None:
    both, untrue = compared(check("OWN", "NORMAL", FEB), check("CROSS", "PROBLEM", MAR))
    assert both == untrue == [Span(MAR, FEB + YEAR)]


@pytest.mark.parametrize("result", ["NORMAL", "NOT_APPLICABLE"])
def test_a_cross_review_without_a_problem_confirms_the_self_check(result: str) -> None:
    both, untrue = compared(check("OWN", "NORMAL", FEB), check("CROSS", result, MAR))
    assert both
    assert not untrue


@pytest.mark.parametrize("result", ["PROBLEM", "NOT_APPLICABLE"])
def test_only_a_self_check_that_says_normal_is_compared(result: str) -> None:
    assert compared(check("OWN", result, FEB), check("CROSS", "PROBLEM", MAR)) == ([], [])


def test_a_check_of_another_source_is_not_compared() -> None:
    assert compared(check("OWN", "NORMAL", FEB), check("P1", "PROBLEM", MAR)) == ([], [])


def test_the_latest_of_each_source_counts() -> None:
    both, untrue = compared(
        check("OWN", "PROBLEM", START),
        check("OWN2", "NORMAL", FEB),
        check("CROSS", "PROBLEM", MAR),
        check("CROSS2", "NORMAL", APR),
    )
    assert both == [Span(MAR, FEB + YEAR)]
    assert untrue == [Span(MAR, APR)]


def test_of_one_day_a_problem_found_by_the_unit_itself_counts_first() -> None:
    checks = [check("OWN", "NORMAL", FEB), check("OWN2", "PROBLEM", FEB)]
    assert compared(*checks, check("CROSS", "PROBLEM", FEB + DAY)) == ([], [])
