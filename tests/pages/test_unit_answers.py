"""The page of a unit answers: each report, duty and check with how it stands, persons by name."""

from datetime import date
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.reads import cache
from dashboard.screens import unit_answers, unit_mechanisms
from dashboard.screens.unit_answers import answerable, checks, done
from data.reference.lists import shipped
from models.account import Role
from tests.dashboard.apps import open_app
from tests.data.contents import TODAY, kept, workbook
from tests.pages.chart_rows import rows
from tests.pages.tables import lists

DAY = TODAY.isoformat()
OWED = {"unit": "E01", "year": 2026, "kind": "SUMMARY"}


def opened(title: str) -> AppTest:
    """The page of the unit with the tab of this title open."""
    app = open_app("unit", node="unit:E01", as_of=DAY)
    (container,) = [each for each in app.main if each.type == "tab_container"]
    states = app._tree.get_widget_states()
    states.widgets.add(id=container.proto.id, string_value=title)
    app._run(states)
    assert not app.exception
    return app


@pytest.fixture
def unit(engine, english, sign_in_as):
    reports = [
        {
            "unit": "E01",
            "year": 2026,
            "kind": "SUMMARY",
            "number": at,
            "due_on": due,
            "submitted_on": sent,
        }
        for at, (due, sent) in enumerate(
            [
                (date(2026, 5, 1), date(2026, 5, 1)),
                (date(2026, 5, 1), date(2026, 5, 4)),
                (date(2026, 6, 1), None),
            ],
            1,
        )
    ]
    kept(engine, workbook(reports=reports))
    cache.forget_version()
    sign_in_as(Role.LEADER)


def test_reports_stand_with_how_late_they_are(unit):
    (found,) = lists(opened("Reports"))
    told = dict(zip(found.value["No."], found.value["Standing"], strict=True))
    assert told == {
        1: "■ In time",
        2: "▲ Done 3 days late",
        3: f"● overdue by {(TODAY - date(2026, 6, 1)).days} days",
    }


def test_the_page_opens_on_the_latest_findings_and_the_reports_with_their_scores(unit, engine):
    finding = {"unit": "E01", "code": "F1", "title": "甲", "issued_on": date(2026, 3, 1)}
    scored = {"unit": "E01", "year": 2026, "kind": "SUMMARY", "number": 1}
    scored |= {"reviewer": "S01", "scored_on": date(2026, 6, 1), "points": 1000}
    points = [scored | {"dimension": each} for each in shipped().rubric["SUMMARY"]]
    kept(engine, workbook(findings=[finding], report_scores=points))
    cache.forget_version()
    app = open_app("unit", node="unit:E01", as_of=DAY)
    assert not app.exception
    assert rows(app, "code", "starts_on")[0] == ("F1", date(2026, 3, 1))
    (found,) = (each for each in lists(app) if "Score" in each.value)
    told = dict(zip(found.value["Report"], found.value["Score"], strict=True))
    assert told["Work summary 2026, no. 1"] == len(points) * 10
    assert told["Work summary 2026, no. 3"] is None


def headings(app: AppTest) -> str:
    return " ".join(each.value for each in app.markdown).replace("\\", "")


def test_cross_reviews_say_who_with_whom_and_how_late(engine, english, sign_in_as):
    review = {"round": "2026-1", "reviewer": "E01", "due_on": date(2026, 5, 1)}
    kept(
        engine,
        workbook(
            cross_reviews=[
                {**review, "reviewed": "S01", "completed_on": date(2026, 5, 1)},
                {**review, "round": "2026-2", "reviewed": "S01"},
            ]
        ),
    )
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = opened("Audit and review")
    assert "2 in all: 1 done, 1 overdue" in headings(app)
    found = next(each.value for each in lists(app) if "Who" in each.value)
    days = (TODAY - date(2026, 5, 1)).days
    assert list(found["Standing"]) == [f"● overdue by {days} days", "■ In time"]
    assert all(str(who).startswith("reviews ") for who in found["Who"])


def test_assessments_give_the_total_of_two_years(engine, english, sign_in_as):
    points = {"unit": "E01", "full_points": 5000, "assessed_on": date(2026, 5, 1)}
    kept(
        engine,
        workbook(
            assessments=[
                {**points, "year": 2025, "indicator": "甲", "points": 4500},
                {**points, "year": 2025, "indicator": "乙", "points": 2000},
                {**points, "year": 2024, "indicator": "甲", "points": 4000},
            ]
        ),
    )
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = opened("Audit and review")
    assert "2025: 65.0 of 100.0 points (65.0%); 2024: 40.0 of 50.0 points (80.0%)" in headings(app)
    found = next(each.value for each in lists(app) if "Share of full points" in each.value)
    assert list(found["Indicator"]) == ["乙", "甲"]
    assert list(found["Share of full points"]) == ["● 40.0%", "■ 90.0%"]


def test_money_of_a_unit_is_summed_up(engine, english, sign_in_as):
    project = {
        "code": "P1",
        "unit": "E01",
        "approved": 500_000_000,
        "approved_on": date(2026, 1, 5),
    }
    flow = {"project": "P1", "on_date": date(2026, 2, 1)}
    kept(
        engine,
        workbook(
            fund_projects=[project],
            fund_flows=[
                {**flow, "stage": "DISBURSED", "amount": 300_000_000},
                {**flow, "stage": "SPENT", "amount": 100_000_000},
            ],
        ),
    )
    cache.forget_version()
    sign_in_as(Role.LEADER)
    said = headings(opened("Money, disposals, warnings"))
    assert (
        "1 in all: 5.00 million yuan approved, 3.00 million yuan disbursed, 1.00 million yuan"
        " spent, 2.00 million yuan idle"
    ) in said
    assert "2 in all: 3.00 million yuan disbursed, 1.00 million yuan spent" in said


WARNED = {"raised_on": date(2026, 6, 1), "level": "RED", "verdict": None, "closed_on": None}


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({}, "● not verified for 29 days"),
        ({"verdict": "TRUE", "level": "YELLOW"}, "▲ open for 29 days"),
        ({"verdict": "FALSE"}, "○ false alarm, not closed"),
        ({"verdict": "TRUE", "closed_on": date(2026, 6, 4)}, "■ closed after 3 days"),
    ],
)
def test_a_warning_says_what_became_of_it(english, row, status):
    view = SimpleNamespace(as_of=date(2026, 6, 30))
    assert unit_mechanisms.became({**WARNED, **row}, view).text == status


@pytest.mark.parametrize(
    ("due", "on", "tone"),
    [
        (date(2026, 6, 1), date(2026, 6, 1), "good"),
        (date(2026, 6, 1), date(2026, 6, 2), "warn"),
        (date(2026, 6, 29), None, "bad"),
        (date(2026, 6, 30), None, "warn"),
    ],
)
def test_what_is_due_today_is_not_overdue(due, on, tone):
    assert done(due, on, date(2026, 6, 30)).tone == tone


def test_who_left_is_not_answerable_any_more():
    posts = (
        {"name": "甲", "role": "PRINCIPAL", "until_on": date(2026, 6, 29)},
        {"name": "乙", "role": "PRINCIPAL", "until_on": None},
    )
    said = answerable(posts, date(2026, 6, 30))
    assert "乙" in said and "甲" not in said


def test_the_latest_check_of_an_item_counts_and_problems_stand_first(monkeypatch):
    drawn = []
    monkeypatch.setattr(
        unit_answers, "_list", lambda _key, _title, _columns, listed: drawn.extend(listed)
    )
    earlier, later = date(2026, 3, 1), date(2026, 5, 1)
    rows = [
        {"item": "A", "result": "PROBLEM", "checked_on": earlier},
        {"item": "A", "result": "NORMAL", "checked_on": later},
        {"item": "B", "result": "PROBLEM", "checked_on": later},
        {"item": "B", "result": "NORMAL", "checked_on": earlier},
    ]
    checks("Checks", "checks", rows)
    assert [(row["item"], row["result"]) for row in drawn] == [("B", "PROBLEM"), ("A", "NORMAL")]


def test_a_report_has_a_number_only_where_there_are_several_of_its_kind_in_a_year(english):
    rows = [
        {"year": 2026, "kind": "SUMMARY", "number": 1},
        {"year": 2025, "kind": "SUMMARY", "number": 2},
        {"year": 2025, "kind": "SUMMARY", "number": 1},
        {"year": 2024, "kind": "SUMMARY", "number": 2},
    ]
    assert unit_answers._named(rows) == [
        "Work summary 2026",
        "Work summary 2025, no. 2",
        "Work summary 2025, no. 1",
        "Work summary 2024, no. 2",
    ]
