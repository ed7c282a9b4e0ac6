"""Scores of reports: what counts for whom on the day, and that it is what the rules say."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.reference.lists import shipped
from data.reports.scores import dimensions, grades, reviewers, scored, totals
from data.scope import Scope
from data.store.database import reading
from models.report import ReportScore
from models.rules.report import reviewer_totals
from tests.data.contents import TODAY, kept, net, workbook

DISTRICT = Scope(parse("district"), TODAY)
PLAN = shipped().rubric["PLAN"]
UNITS = ("U1", "U2", "U3", "U4")
KEY = ("U1", 2026, "PLAN", 1)


def marking(reviewer: str, percent: int, *, unit: str = "U1", **values: Any) -> list[dict]:
    """All dimensions of a plan, each at `percent` of its weight."""
    shared = {"unit": unit, "reviewer": reviewer} | values
    return [
        shared | {"dimension": dimension, "points": weight * percent}
        for dimension, weight in PLAN.items()
    ]


def taken(engine: Engine, *scores: dict, units: tuple[str, ...] = UNITS) -> Engine:
    reports = [{"unit": unit, "submitted_on": date(2026, 1, 20)} for unit in units]
    kept(engine, workbook(**net(*units), reports=reports, report_scores=list(scores)))
    return engine


def asked(engine: Engine, question: Any, *more: Any, scope: Scope = DISTRICT) -> Any:
    with reading(engine) as connection:
        return question(connection, scope, *more)


def test_a_dimension_is_the_mean_of_its_markings(engine: Engine) -> None:
    taken(engine, *marking("U2", 80), *marking("U3", 60))
    found = {mean.dimension: mean for mean in asked(engine, dimensions)}
    assert found["RISK"].mean == Fraction(PLAN["RISK"] * 7, 10)
    assert (found["RISK"].weight, found["RISK"].marks) == (PLAN["RISK"], 2)


def test_the_weakest_dimension_of_a_kind_stands_first(engine: Engine) -> None:
    weak = [
        row | ({"points": 100} if row["dimension"] == "APPROVAL" else {})
        for row in marking("U2", 90)
    ]
    taken(engine, *weak)
    assert asked(engine, dimensions)[0].dimension == "APPROVAL"


def test_markings_after_the_day_do_not_count(engine: Engine) -> None:
    taken(engine, *marking("U2", 80))
    assert asked(engine, dimensions, scope=DISTRICT.on(date(2026, 2, 9))) == ()
    assert asked(engine, totals, scope=DISTRICT.on(date(2026, 2, 9))) == {}


def test_a_reviewer_counts_once_all_dimensions_are_scored(engine: Engine) -> None:
    taken(engine, *marking("U2", 80), *marking("U3", 60)[:-1])
    assert asked(engine, totals) == {KEY: {"U2": 8000}}


def test_totals_are_those_of_the_rule(engine: Engine) -> None:
    rows = [*marking("U2", 80), *marking("U3", 60), *marking("U4", 90)[1:]]
    taken(engine, *rows)
    scores = [
        ReportScore(year=2026, kind="PLAN", scored_on=date(2026, 2, 10), **row) for row in rows
    ]
    by_rule = sorted(total for _day, total in reviewer_totals(scores, PLAN))
    assert sorted(asked(engine, totals)[KEY].values()) == by_rule


def test_reports_submitted_more_than_a_year_ago_are_left_out(engine: Engine) -> None:
    taken(engine, *marking("U2", 80))
    assert asked(engine, totals, scope=DISTRICT.on(date(2027, 1, 19))) != {}
    assert asked(engine, totals, scope=DISTRICT.on(date(2027, 1, 20))) == {}


def test_grades_by_kind_add_up_to_the_figure(engine: Engine) -> None:
    taken(engine, *marking("U2", 95), *marking("U3", 50, unit="U2"))
    counted = asked(engine, grades)
    readings = asked(engine, read, catalogue(shipped()))
    assert counted == {("PLAN", "EXCELLENT"): 1, ("PLAN", "FAIL"): 1}
    assert readings["report_grade:FAIL"].numerator == 1


def test_scored_reports_stand_lowest_first_with_every_total(engine: Engine) -> None:
    taken(engine, *marking("U2", 90), *marking("U3", 80), *marking("U3", 60, unit="U2"))
    low, high = asked(engine, scored, 30)
    assert (low.unit, low.score, low.totals) == ("U2", 6000, {"U3": 6000})
    assert (high.unit, high.score, high.totals) == ("U1", 8500, {"U2": 9000, "U3": 8000})


def test_no_more_scored_reports_than_asked_for(engine: Engine) -> None:
    taken(engine, *marking("U2", 90), *marking("U3", 60, unit="U2"))
    assert [each.unit for each in asked(engine, scored, 1)] == ["U2"]


def test_reviewers_are_compared_on_the_reports_both_scored(engine: Engine) -> None:
    units = tuple(f"U{at}" for at in range(1, 15))
    scores = [
        row
        for at, unit in enumerate(units[2:])
        for row in (
            *marking("U1", 95 if at % 2 else 75, unit=unit),
            *marking("U2", 95 if at % 2 else 65, unit=unit),
        )
    ]
    taken(engine, *scores, units=units)
    found = asked(engine, reviewers, 30)
    (pair,) = found.agreements
    assert (pair.one, pair.other, pair.reports, pair.same) == ("U1", "U2", 12, 6)
    # Six times (FAIR, PASS), six times (EXCELLENT, EXCELLENT): 1 − 12·6 / (36·(9 + 4 + 1)).
    assert pair.kappa == Fraction(6, 7)
    assert {each.reviewer: each.difference for each in found.leniencies} == {"U1": 500, "U2": -500}
    assert found.names == {"U1": "单位", "U2": "单位"}


def test_a_unit_sees_the_scores_of_its_own_reports_only(engine: Engine) -> None:
    taken(engine, *marking("U3", 90), *marking("U3", 60, unit="U2"))
    own = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    assert [each.unit for each in asked(engine, scored, 30, scope=own)] == ["U2"]
    assert {key[0] for key in asked(engine, totals, scope=own)} == {"U2"}
    assert sum(asked(engine, grades, scope=own).values()) == 1


@pytest.mark.parametrize("question", [dimensions, grades, totals])
def test_nothing_is_known_of_an_empty_database(engine: Engine, question: Any) -> None:
    assert not asked(engine, question)
