"""The page of the four reports, as different people see it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.reads import cache
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import TODAY, kept, workbook
from tests.pages.chart_rows import rows
from tests.pages.tables import click_row, lists
from tests.pages.tiles import said, shown_figures

pytestmark = pytest.mark.usefixtures("english")

PARTS = ("in", "quality", "reviewers", "scored", "units")
DAY = TODAY.isoformat()
DUE = ("report_submission", "report_timeliness")
PLAN = shipped().rubric["PLAN"]


def markings(unit: str, reviewer: str, percent: int) -> list[dict[str, Any]]:
    shared = {"unit": unit, "reviewer": reviewer}
    return [
        shared | {"dimension": dimension, "points": weight * percent}
        for dimension, weight in PLAN.items()
    ]


@pytest.fixture
def full(engine: Engine) -> Engine:
    """The database with reports of both units: one scored twice, one late, one to come."""
    kept(
        engine,
        workbook(
            units=[{"code": "R1", "name": "评审一"}, {"code": "R2", "name": "评审二"}],
            reports=[
                {"unit": "E01", "submitted_on": date(2026, 1, 20)},
                {"unit": "S01", "submitted_on": date(2026, 2, 5)},
                {"unit": "S01", "kind": "RECT_REPORT", "due_on": date(2026, 6, 1)},
                {"unit": "S01", "kind": "SUMMARY", "due_on": date(2027, 1, 15)},
            ],
            report_scores=[
                *markings("E01", "R1", 90),
                *markings("E01", "R2", 80),
                *markings("S01", "R1", 55),
                *markings("S01", "R2", 50),
            ],
        ),
    )
    cache.forget_version()
    return engine


def drawn(part: str, **query: str) -> AppTest:
    app = open_app("reports", tab=part, as_of=DAY, **query)
    assert not app.exception and not app.error
    return app


def column(app: AppTest, heading: str) -> list[Any]:
    """The cells below `heading`, which stands on one of the tables."""
    (table,) = (each.value for each in lists(app) if heading in each.value)
    return list(table[heading])


def toned(app: AppTest, heading: str) -> str:
    """The tone of numbers above 0 below `heading`."""
    (part,) = (each.part for each in lists(app) if heading in each.value)
    return next(each["tone"] for each in part["columns"] if each["name"] == heading)


def every_part(app: AppTest) -> Iterator[AppTest]:
    for part in PARTS:
        app.query_params["tab"] = part
        yield app.run()


@pytest.mark.usefixtures("either_language")
def test_every_part_is_drawn_of_an_empty_database(sign_in_as: SignIn) -> None:
    sign_in_as(Role.LEADER)
    for app in every_part(open_app("reports")):
        assert not app.exception and not app.error


@pytest.mark.usefixtures("either_language")
def test_every_part_is_drawn_of_a_full_database(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    for app in every_part(open_app("reports", as_of=DAY)):
        assert not app.exception and not app.error


def test_the_figures_shown_are_those_of_the_catalogue(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    shown = {metric.label: metric.value for metric in shown_figures(drawn("in"))}
    figures = catalogue(shipped())
    with reading(full) as connection:
        found = read(connection, Scope(parse("district"), TODAY), figures)
    wanted = ("report_submission", "report_timeliness", "reports_late", "report_quality")
    assert shown == {figures[figure].name: found[figure].text for figure in wanted}


def test_a_late_report_stands_with_its_days(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("in")
    (late,) = (each.value for each in lists(app) if "Days late" in each.value)
    assert list(late["Days late"]) == [29]
    assert list(late["Report due on"]) == [date(2026, 6, 1)]
    assert toned(app, "Days late") == "bad"
    assert any("**Late reports: 1, at 1 unit**" in each.value for each in app.markdown)


def test_kinds_stand_with_their_denominators(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    assert column(drawn("in"), "Submitted in time") == [
        "50.0% (1/2)",
        "— (0/0)",
        "0.0% (0/1)",
        "— (0/0)",
    ]


def test_a_kind_of_which_few_came_in_time_or_some_are_late_is_red(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("in")
    (kinds,) = (each.part for each in lists(app) if "Late now" in each.value)
    at = [heading["name"] for heading in kinds["columns"]].index("Submitted in time")
    assert [row[at]["tone"] for row in kinds["rows"]] == ["bad", "", "bad", ""]
    assert (column(app, "Late now"), toned(app, "Late now")) == ([0, 0, 1, 0], "bad")


def test_units_with_gaps_stand_alone_until_all_are_asked_for(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    (gaps,) = (each for each in lists(drawn("in")) if "Score" in each.value)
    assert list(gaps.value["Unit"]) == ["单位S01"]
    (row,) = gaps.value.to_dict("records")
    assert str(row["Audit plan"]).endswith("In late")
    assert str(row["Rectification report"]).endswith("Missing")
    assert row["Score"] == 52.5
    assert column(drawn("in", show="all"), "Score") == [52.5, 85.0]


def test_a_row_of_a_unit_leads_to_the_unit(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = click_row(drawn("in"), "reports-units", 0)
    assert any("单位S01" in each.value for each in app.markdown)
    assert app.query_params["node"] == "unit:S01"


def test_scored_reports_stand_lowest_first_with_every_reviewer(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("scored")
    assert column(app, "Score") == [52.5, 85.0]
    assert column(app, "By reviewer") == ["评审一 55.0 · 评审二 50.0", "评审一 90.0 · 评审二 80.0"]
    assert column(app, "Spread") == [5.0, 10.0]


def test_reviewers_with_few_common_reports_are_called_too_few(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("reviewers")
    assert not [each for each in lists(app) if "Weighted kappa" in each.value]
    assert any(
        each.value.startswith("No pair has scored 10 reports in common") for each in app.caption
    )


def test_a_unit_sees_its_own_reports_only(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.UNIT, units=["E01"])
    assert column(drawn("scored"), "Unit") == ["单位E01"]
    assert not [table for table in lists(drawn("in")) if "Days late" in table.value]


def test_a_year_that_no_report_has_is_refused(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("reports", as_of=DAY, year="1999")
    assert "1999" in app.error[0].value


def test_reports_are_split_into_in_time_late_and_missing(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    shown = rows(drawn("in"), "name", "state", "value")
    assert [row for row in shown if row[0] == "Audit plan" and row[2]] == [
        ("Audit plan", "ON_TIME", 1),
        ("Audit plan", "LATE", 1),
    ]
    assert ("Rectification report", "MISSING", 1) in shown


@pytest.fixture
def due_today(engine: Engine) -> Engine:
    """The database with a report that is late, one due on the day itself, and one due later."""
    reports = [
        {"unit": "S01", "kind": "RECT_REPORT", "due_on": date(2026, 6, 1)},
        {"unit": "S01", "kind": "AUDIT_REPORT", "due_on": TODAY},
        {"unit": "E01", "kind": "SUMMARY", "due_on": date(2026, 7, 15)},
    ]
    kept(engine, workbook(reports=reports))
    cache.forget_version()
    return engine


def test_what_is_not_in_is_told_apart_into_late_and_due_today(
    sign_in_as: SignIn, due_today: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("in")
    title = "2 of 2 reports due in the last year are not in: 1 late, 1 due today"
    assert any(title in each.value.replace("\\", "") for each in app.markdown)
    shown = rows(app, "name", "state", "value")
    assert ("Audit report", "DUE_TODAY", 1) in shown and ("Audit report", "MISSING", 0) in shown
    assert ("Rectification report", "MISSING", 1) in shown
    (kinds,) = (each.value for each in lists(app) if "Late now" in each.value)
    assert dict(zip(kinds["Report kind"], kinds["Due today"], strict=True)) == {
        "Audit plan": 0,
        "Audit report": 1,
        "Rectification report": 0,
        "Work summary": 0,
    }


def test_a_share_that_fell_by_reports_due_today_says_how_it_stands_without_them(
    sign_in_as: SignIn, engine: Engine
) -> None:
    reports = [
        {"unit": "S01", "submitted_on": date(2026, 1, 20)},
        {"unit": "E01", "submitted_on": date(2026, 1, 20)},
        {"unit": "S01", "kind": "AUDIT_REPORT", "due_on": TODAY},
    ]
    kept(engine, workbook(reports=reports))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("in")
    share = next(each for each in shown_figures(app) if each.asked == {"figure": DUE[0]})
    assert (share.value, share.of) == ("66.6%", "2/3, 1 due today")
    assert (share.note, share.brief) == ("without them 100.0%, ±0", "without them 100.0%")
    # None of them is late yet, so that the fall is not for the worse.
    assert (share.delta, share.delta_tone) == ("▼ 33.4 pp, due today, not late", "")
    piece = "due today and counted as due: 1; without them 100.0% submitted"
    assert (piece, "warn", {"to": "reports", "tab": "in", "show": "all"}) in said(app)
    # What is due today is not late, so a kind of which only that is missing is not red.
    (kinds,) = (each.part for each in lists(app) if "Late now" in each.value)
    at = [heading["name"] for heading in kinds["columns"]].index("Submitted")
    assert [row[at]["text"] for row in kinds["rows"]][1] == "0.0% (0/1)"
    assert [row[at]["tone"] for row in kinds["rows"]] == ["", "", "", ""]
    assert any("count as due: 1." in each.value for each in drawn("units").caption)


def test_a_late_report_names_who_answers_who_presses_and_the_next_meeting(
    sign_in_as: SignIn, full: Engine
) -> None:
    kept(
        full,
        workbook(
            sectors=[{"code": "SOE", "lead": "国资委"}],
            appointments=[{"unit": "S01", "name": "王实验", "role": "PRINCIPAL"}],
            meetings=[{"code": "M2", "on_date": date(2026, 7, 9)}],
        ),
    )
    cache.forget_version()
    sign_in_as(Role.COMMITTEE)
    app = drawn("in")
    first = lists(app)[0].value
    assert first["Late reports"][0] == "Rectification report 2026"
    assert first["Principal"][0] == "王实验"
    said = "Hand in the late reports · 国资委 presses · by 2026-07-09"
    assert first["Next step · by whom · by when"][0] == said


def test_a_unit_with_several_late_reports_is_named_once(sign_in_as: SignIn, full: Engine) -> None:
    owed = {"unit": "S01", "kind": "AUDIT_REPORT", "due_on": date(2026, 1, 31)}
    kept(full, workbook(reports=[owed]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = drawn("in")
    (late,) = (each.value for each in lists(app) if "Days late" in each.value)
    assert list(late["Late reports"]) == ["Audit report 2026, Rectification report 2026"]
    assert list(late["Days late"]) == [(TODAY - date(2026, 1, 31)).days]
    assert any("**Late reports: 2, at 1 unit**" in each.value for each in app.markdown)


def test_where_nothing_is_due_today_no_word_is_said_of_it(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("in")
    assert not any("due today" in each.value for each in app.markdown)
    assert not [each for each in lists(app) if "Due today" in each.value]


def test_what_is_due_next_stands_by_its_day_with_the_units(
    sign_in_as: SignIn, due_today: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("in")
    (coming,) = (each for each in lists(app) if "Days left" in each.value)
    assert list(coming.value["Report due on"]) == [TODAY, date(2026, 7, 15)]
    assert list(coming.value["Submitted"]) == ["0/1", "0/1"]
    assert list(coming.value["Units"]) == ["单位S01", "单位E01"]
    assert coming.tones("Days left") == ["warn", "warn"]


def test_few_cases_are_said_and_silence_is_not_drawn(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("units", by="report_quality", kind="INSTITUTION")
    shown = dict(rows(app, "code", "text"))
    assert set(shown) == {"E01", "S01"}
    assert all(text.endswith("Few cases") for text in shown.values())


def test_units_of_which_nothing_is_known_stand_in_the_table_and_not_in_the_chart(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = drawn("units", by="report_quality", kind="AGENCY")
    assert column(app, "Unit") == ["评审一", "评审二"]
    with pytest.raises(LookupError):
        rows(app, "code", "text")


def test_a_sentence_says_which_reports_are_late_and_whose_the_longest(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    assert said(drawn("quality"))[:2] == [
        ("late reports 1", "bad", {"to": "list", "figure": "reports_late"}),
        ("late the longest: 29 days, 单位S01", "bad", {"to": "unit", "node": "unit:S01"}),
    ]
    day = date(2027, 1, 15).isoformat()
    found = [each for each in said(open_app("reports", as_of=day)) if each[1] == "warn"]
    assert [each[2] for each in found] == [{"to": "reports", "tab": "in", "show": "all"}]
    assert found[0][0].startswith("due today and counted as due: 1; without them ")


def test_where_nothing_is_wanting_the_sentence_is_green(sign_in_as: SignIn, engine: Engine) -> None:
    report = {"unit": "H1", "submitted_on": date(2026, 1, 20)}
    kept(engine, workbook(units=[{"code": "H1", "sector": "EDU"}], reports=[report]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    assert said(drawn("in")) == [
        ("no report is late", "good", None),
        ("no report is due today", "good", None),
        ("changes against 2026-05-31", "", {"to": "changes"}),
    ]


def test_the_number_of_a_late_report_stands_only_where_it_tells_reports_apart(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    (late,) = (each.value for each in lists(drawn("in")) if "Days late" in each.value)
    assert list(late["Late reports"]) == ["Rectification report 2026"]
    kept(full, workbook(reports=[{"unit": "S01", "kind": "AUDIT_REPORT", "number": 2}]))
    cache.forget_version()
    (late,) = (each.value for each in lists(drawn("in")) if "Days late" in each.value)
    assert ", no. 2" in late["Late reports"][0]
