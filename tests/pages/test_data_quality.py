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
from tests.pages.tiles import regions

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


def test_above_the_form_stands_what_is_to_be_settled_and_the_last_imports(sign_in_as, engine):
    kept(engine, workbook(reports=[{"unit": "E01", "submitted_on": date(2026, 1, 20)}]))
    cache.forget_version()
    sign_in_as(Role.STEWARD)
    shown = regions(open_app("data", as_of=TODAY.isoformat()))
    # A line breaks between the names of units, never within one.
    kinds = {each["name"]: each["class"] for each in shown["settle"]["parts"][0]["columns"]}
    assert kinds["Units"] == "names"
    found = {row["cells"][1]: row for row in shown["settle"]["parts"][0]["rows"]}
    line = found["Submitted reports without a score"]
    assert line["cells"][2] == "1"
    assert line["way"]["asked"] == {"tab": "quality", "check": "unscored"}
    numbers = [int(row["cells"][0]) for row in shown["imports desk"]["parts"][0]["rows"]]
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


def test_units_late_with_their_files_come_first_and_silent_ones_are_grey(sign_in_as, engine):
    kept(engine, workbook(**net()))
    cache.forget_version()
    sign_in_as(Role.STEWARD)
    shown = regions(open_app("data", as_of=TODAY.isoformat()))
    pieces = shown["say"]["parts"][0]["pieces"]
    rows = shown["settle"]["parts"][0]["rows"]
    tones = [row["cells"][0]["tone"] for row in rows]
    order = ["bad", "warn", "silent", "ongoing"]
    assert tones == sorted(tones, key=order.index)
    if any(" units late, by " in piece["text"] for piece in pieces):
        assert (tones[0], rows[0]["way"]["to"]) == ("bad", "inbox")
    assert " units have not reported anything" in pieces[0]["text"]
    # Each row says by whom and by when.
    at = [each["name"] for each in shown["settle"]["parts"][0]["columns"]]
    who = at.index("By whom · by when")
    (silent,) = [row for row in rows if row["cells"][0]["tone"] == "silent"]
    assert silent["cells"][who]["pieces"][0] == "each unit"
    if tones[0] == "bad":
        assert rows[0]["cells"][who]["pieces"] == ["the data steward", f"by {clock.today()}"]
    assert silent["way"]["asked"]["check"] == "silent"


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


def test_each_check_says_what_changed_and_what_is_next_by_whom_and_by_when(sign_in_as, engine):
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
