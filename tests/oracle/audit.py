"""Audit work and mechanisms, counted independently."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.oracle import forms
from tests.oracle.district import District, Row, by, in_last_year
from tests.oracle.forms import Form

RESULTS = ("PROBLEM", "NORMAL", "NOT_APPLICABLE")
GRADES = ("5A", "4A", "3A", "2A", "1A", "0A")


def figures(district: District, day: date, units: set[str]) -> dict[str, Form]:
    projects = district.of(units, "projects")
    planned = [each for each in projects if in_last_year(each["planned_on"], day)]
    reviews = [
        each
        for each in district.of(units, "cross_reviews", "reviewer")
        if in_last_year(each["due_on"], day)
    ]
    grid = district.in_grid(units, day)
    guided = [
        unit
        for unit in grid
        if any(
            in_last_year(visit["on_date"], day)
            for visit in district.where("guidance", unit=unit["code"])
        )
    ]
    return {
        "projects_running": forms.count(
            each
            for each in projects
            if by(each["started_on"], day) and not by(each["completed_on"], day)
        ),
        "plan_completion": forms.share(_done(planned, day), len(planned)),
        "cross_review_completion": forms.share(_done(reviews, day), len(reviews)),
        "guidance_coverage": forms.share(len(guided), len(grid)),
        **_content(district, day, [unit["code"] for unit in grid]),
        **_ratings(district, day, units),
        "assessment_mean": forms.points_mean(
            points
            for unit in grid
            if (points := _assessed(district, unit["code"], day)) is not None
        ),
    }


def _done(rows: Iterable[Row], day: date) -> int:
    return sum(by(row["completed_on"], day) for row in rows)


def _content(district: District, day: date, grid: list[str]) -> dict[str, Form]:
    items = {row["code"]: row["group"] for row in district.lists["content_items"]}
    pairs = [(unit, item) for unit in grid for item in items]
    results = {pair: result(district, *pair, day) for pair in pairs}

    def coverage(*of: str) -> Form:
        within = [pair for pair in pairs if pair[1] in of]
        return forms.share(sum(results[pair] is not None for pair in within), len(within))

    compared = untrue = 0
    for pair in pairs:
        own = result(district, *pair, day, "SELF_CHECK")
        cross = result(district, *pair, day, "CROSS")
        if own == "NORMAL" and cross is not None:
            compared += 1
            untrue += cross == "PROBLEM"
    return {
        "content_coverage": coverage(*items),
        **{
            f"content_coverage:{group}": coverage(*(each for each in items if items[each] == group))
            for group in ("FUND_SAFETY", "KEY_AUDIT")
        },
        **{f"content_coverage:{item}": coverage(item) for item in items},
        "content_problems": forms.count(pair for pair in pairs if results[pair] == "PROBLEM"),
        "self_check_gap": forms.share(untrue, compared),
    }


def result(
    district: District, unit: str, item: str, day: date, source: str | None = None
) -> str | None:
    """The result of the latest check of an item at a unit in the last year; None without one."""
    checks = [
        check
        for project in district.where("projects", unit=unit)
        if source in (None, project["source"])
        for check in district.where("content_checks", project=project["code"], item=item)
        if in_last_year(check["checked_on"], day)
    ]
    latest = max((check["checked_on"] for check in checks), default=None)
    of_latest = {check["result"] for check in checks if check["checked_on"] == latest}
    return next((each for each in RESULTS if each in of_latest), None)


def _ratings(district: District, day: date, units: set[str]) -> dict[str, Form]:
    in_grid = [
        grade(district, unit["code"], day) or "UNRATED" for unit in district.in_grid(units, day)
    ]
    rated = [each for each in in_grid if each != "UNRATED"]
    return {
        **{f"rating:{each}": forms.number(in_grid.count(each)) for each in (*GRADES, "UNRATED")},
        "rating_3a": forms.share(sum(each in ("5A", "4A", "3A") for each in rated), len(rated)),
    }


def grades(district: District, unit: str, day: date) -> list[str]:
    """The grades of the unit's ratings by `day`, the latest first."""
    ratings = [row for row in district.where("ratings", unit=unit) if row["rated_on"] <= day]
    ratings.sort(key=lambda row: (row["rated_on"], row["year"]), reverse=True)
    return [_grade(district, row) for row in ratings]


def grade(district: District, unit: str, day: date) -> str | None:
    """The grade of the unit's latest rating; None without one."""
    return next(iter(grades(district, unit, day)), None)


def _grade(district: District, rating: Row) -> str:
    hundredths = rating["base_points"] + rating["operation_points"]
    reached = [
        (Decimal(row["lowest_points"]), row["grade"])
        for row in district.lists["rating_grades"]
        if hundredths >= 100 * Decimal(row["lowest_points"])
    ]
    return "0A" if rating["veto"] or not reached else max(reached)[1]


def _assessed(district: District, unit: str, day: date) -> Fraction | None:
    rows = [row for row in district.where("assessments", unit=unit) if by(row["assessed_on"], day)]
    latest = max((row["year"] for row in rows), default=None)
    of_latest = [row for row in rows if row["year"] == latest]
    if not of_latest:
        return None
    points = sum(row["points"] for row in of_latest)
    return Fraction(100 * points, sum(row["full_points"] for row in of_latest))
