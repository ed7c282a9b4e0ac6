"""The page of data quality: a row that a check found can be told from others."""

from datetime import date
from typing import Any

import pytest

from dashboard import clock
from dashboard.reads import cache
from models.account import Role
from tests.dashboard.apps import open_app
from tests.data.collection.sent_cases import book, send
from tests.data.contents import TODAY, kept, net, workbook
from tests.pages.tables import lists
from tests.pages.tiles import areas, regions

pytestmark = pytest.mark.usefixtures("english")


def test_a_report_without_a_score_is_shown_by_kind_year_and_number(sign_in_as, engine):
    report = {"unit": "E01", "kind": "AUDIT_REPORT", "submitted_on": date(2026, 1, 20)}
    kept(engine, workbook(reports=[report | {"number": 2}]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("data", as_of=TODAY.isoformat())
    (choice,) = [each for each in app.selectbox if each.key == "asked-check"]
    choice.select("unscored").run()
    assert "unscored" in app.query_params["check"]
    (table,) = [frame.value for frame in lists(app) if "Kind" in frame.value]
    shown = dict(zip(table, table.iloc[0], strict=True))
    assert shown["Kind"] == "Audit report"
    assert (shown["Year"], shown["Number"]) == (2026, 2)


def test_below_the_form_stands_what_is_to_be_settled_and_the_last_imports(sign_in_as, engine):
    kept(engine, workbook(reports=[{"unit": "E01", "submitted_on": date(2026, 1, 20)}]))
    cache.forget_version()
    sign_in_as(Role.STEWARD)
    app = open_app("data", as_of=TODAY.isoformat())
    shown = regions(app)
    # Who comes to take a file in finds its field before the list, behind the sentence alone.
    drawn = [
        each
        for element in app.main
        for each in (areas(element) or [getattr(element, "key", None) or ""])
    ]
    order = ["say", "importing-file", "settle", "imports desk spare"]
    assert [each for each in drawn if each in order] == order
    # A line breaks between the names of units, never within one.
    kinds = {each["name"]: each["class"] for each in shown["settle"]["parts"][0]["columns"]}
    assert kinds["Units concerned"] == "names"
    found = {row["cells"][1]: row for row in shown["settle"]["parts"][0]["rows"]}
    line = found["Submitted reports without a score"]
    assert line["cells"][2] == "1"
    assert line["way"]["asked"] == {"tab": "quality", "check": "unscored"}
    numbers = [int(row["cells"][0]) for row in shown["imports desk spare"]["parts"][0]["rows"]]
    assert numbers == sorted(numbers, reverse=True) != []


def test_the_sentence_says_first_whether_the_data_are_complete_and_what_changed(sign_in_as, engine):
    finding = {"found_on": date(2026, 1, 5), "unit": "E01"}
    report = {"unit": "E01", "submitted_on": date(2026, 2, 20)}
    kept(engine, workbook(findings=[finding], reports=[report]))
    cache.forget_version()
    sign_in_as(Role.STEWARD)

    def pieces(since: str) -> list[dict[str, Any]]:
        shown = regions(open_app("data", as_of=TODAY.isoformat(), since=since))
        return list(shown["say"]["parts"][0]["pieces"])

    def first(since: str) -> dict[str, Any]:
        return pieces(since)[0]

    def against(since: str) -> list[str]:
        return [each["text"] for each in pieces(since) if each["aside"]]

    said = first("2026-02-01")
    assert said["text"].startswith("not complete: ")
    assert said["text"].endswith("rows to complete or correct: 5")
    assert (said["tone"], said["way"]["asked"]["tab"]) == ("bad", "quality")
    assert (said["change"]["text"], said["change"]["tone"]) == ("▲ 1", "bad")
    # Only where something changed is said against what.
    assert against("2026-02-01") == ["changes against 2026-02-01"] and not against("2026-03-01")
    assert first("2026-03-01")["change"] is None


def test_what_is_longest_past_its_limit_comes_first_in_red_and_says_who_acts(
    sign_in_as, engine, monkeypatch
):
    met = {"code": "M9", "on_date": date(2026, 7, 17)}
    finding = {"found_on": date(2026, 1, 5), "unit": "U1"}
    kept(engine, workbook(**net(), meetings=[met], findings=[finding]))
    send(engine, book(), None)
    cache.forget_version()
    sign_in_as(Role.STEWARD)

    def settled(today: date) -> dict[str, list[Any]]:
        monkeypatch.setattr(clock, "today", lambda: today)
        cache.forget_version()
        (part,) = regions(open_app("data", as_of=TODAY.isoformat()))["settle"]["parts"]
        at = [each["name"] for each in part["columns"]].index("By whom · by when")
        return {
            row["cells"][1]: [row["cells"][0]["tone"], *row["cells"][at]["pieces"]]
            for row in part["rows"]
        }

    pending, silent = "Pending files in the inbox", "Units that have not reported anything"
    projects = "Findings without a project"
    before = settled(date(2026, 7, 9))
    # What waits is the steward's of today; what units are to mend is theirs by the next meeting.
    assert before[pending] == ["warn", "the data steward", "by 2026-07-09"]
    assert before[projects] == ["ongoing", "each unit concerned", "by 2026-07-17"]
    # Units are asked for data by the steward, not by themselves.
    assert before[silent] == ["silent", "the data steward", "by 2026-07-17"]
    after = settled(date(2026, 8, 1))
    files = "Units late with their files of 2026-05"
    assert after[files] == ["bad", "the data steward", "52 days late; due on 2026-06-10"]
    assert after[projects] == ["bad", "the data steward", "15 days late; due on 2026-07-17"]
    assert after[silent] == ["bad", "the data steward", "15 days late; due on 2026-07-17"]
    order = list(after)
    assert order[0] == files and order[-1] == pending
    assert order.index(projects) < order.index(pending)


def test_what_waits_of_today_stands_behind_its_day_where_the_head_names_another(sign_in_as, engine):
    send(engine, book(disposals=[{"code": "D9", "unit": "E01"}]), None, "E01")
    cache.forget_version()
    sign_in_as(Role.STEWARD)

    def said(day: date) -> list[str]:
        shown = regions(open_app("data", as_of=day.isoformat()))
        return [piece["text"] for piece in shown["say"]["parts"][0]["pieces"]]

    named = f"today, {clock.today()}:"
    pieces = said(TODAY)
    assert pieces.index(named) < pieces.index("pending files 1")
    assert pieces[0].startswith("not complete: ") and pieces.count(named) == 1
    assert named not in said(clock.today())


def test_a_check_of_the_address_that_finds_nothing_says_so(sign_in_as, engine):
    kept(engine, workbook(reports=[{"unit": "E01", "submitted_on": date(2026, 1, 20)}]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("data", as_of=TODAY.isoformat(), check="often-moved")
    assert not app.exception
    assert [each.value for each in app.caption if "no gaps and no anomalies" in each.value]


def test_the_quality_of_data_begins_with_whether_they_can_be_trusted(sign_in_as, engine):
    kept(engine, workbook(**net(), reports=[{"unit": "U1", "submitted_on": date(2026, 1, 20)}]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("data", as_of=TODAY.isoformat())
    pieces = regions(app)["say"]["parts"][0]["pieces"]
    assert pieces[0]["text"].startswith("not complete: ")
    assert pieces[0]["tone"] == "bad"
    # Not every unit has entered reports.
    (partly,) = [each for each in pieces if each["text"] == "ledgers entered by some units only 1"]
    assert partly["way"]["asked"] == {"tab": "entered"}


def test_each_check_says_what_changed_and_what_is_next_by_whom_and_by_when(
    sign_in_as, engine, monkeypatch
):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 7, 17))
    met = {"code": "M9", "on_date": date(2026, 7, 17)}
    reports = [
        {"unit": "U1", "submitted_on": date(2026, 1, 20)},
        {"unit": "U1", "kind": "SUMMARY", "submitted_on": date(2026, 6, 20)},
    ]
    kept(engine, workbook(**net(), meetings=[met], reports=reports))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("data", as_of=TODAY.isoformat(), since="2026-05-31")
    (drawn,) = [each for each in lists(app) if "Check" in each.value]
    checks = drawn.value
    cards = {each["name"]: each["card"] for each in drawn.part["columns"]}
    assert cards["Next step · by whom · by when"] == "Next: {n}" and not cards["Why it matters"]
    row = list(checks["Check"]).index("Submitted reports without a score")
    assert checks["Since 2026-05-31"][row] == "▲ 1"
    assert checks["Next step · by whom · by when"][row] == (
        "Score the reports · Committee office · by 2026-07-17"
    )
    # Once that is past, it is said in red by how many days, whatever day the figures have.
    monkeypatch.setattr(clock, "today", lambda: date(2026, 7, 19))
    cache.forget_version()
    app = open_app("data", as_of=TODAY.isoformat(), since="2026-05-31")
    (drawn,) = [each for each in lists(app) if "Check" in each.value]
    assert drawn.value["Next step · by whom · by when"][row] == (
        "Score the reports · Committee office · 2 days late; due on 2026-07-17"
    )
