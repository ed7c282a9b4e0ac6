"""What a unit owes: what is late stands first and in red, whatever the light of the unit is."""

import re
from datetime import date, timedelta

import pytest

from dashboard import clock
from dashboard.reads import cache
from data.collection.settling import return_file
from models.account import Role
from models.grid import Element
from tests.dashboard.apps import open_app
from tests.data.collection.sent_cases import act, book, send
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.pages.tiles import regions, shown_figures

pytestmark = pytest.mark.usefixtures("english")
MET = [
    {"unit": "E01", "element": str(each), "met_on": TODAY - timedelta(90), "evidence": "x"}
    for each in Element
]
PARTS = ("Duties overdue", "number done and done in time")
"""Words of the headings of the open duties, and of all items."""
NOT_COUNTED = "not counted in the light: duties, letters and decisions past their limit"
LATE = {"unit": "E01", "item": "A2", "due_on": TODAY - timedelta(3)}
AHEAD = {"unit": "E01", "item": "A3", "due_on": TODAY + timedelta(20)}


@pytest.fixture
def opened(engine, sign_in_as):
    """The regions of the page for the unit E01, with rows of its ledgers."""

    def page(**rows):
        units = [{"code": each, "name": f"单位{each}"} for each in ("E01", "S01")]
        kept(engine, workbook(units=units, sectors=[{}], **rows), correct=RENAMED)
        cache.forget_version()
        sign_in_as(Role.UNIT, units=["E01"])
        app = open_app("duties", as_of=TODAY.isoformat())
        assert not app.exception
        return regions(app)

    return page


def test_a_late_duty_is_told_first_and_a_green_light_says_that_it_does_not_count_it(opened):
    shown = opened(grid_elements=MET, duties=[LATE, AHEAD])
    pieces = shown["say"]["parts"][0]["pieces"]
    assert [(each["text"].split(":")[0], each["tone"]) for each in pieces] == [
        ("单位E01", "strong"),
        ("past the limit 1, the longest by 3 days", "bad"),
        (f"next {AHEAD['due_on']}", ""),
        ("nothing entered so far", "silent"),
        ("changes against 2026-05-31", ""),
    ]
    (first,) = shown["first"]["parts"][0]["matters"]
    assert (first["status"]["word"], first["status"]["tone"]) == ("overdue by 3 days", "bad")
    assert first["act"] == "Do it and have it entered"
    assert first["rule"] == f"Duty; due on {LATE['due_on']}"
    # What is told first is not listed again.
    assert len(shown["list"]["parts"][0]["rows"]) == 1
    assert list(shown).index("first") < list(shown).index("list")
    assert shown["unit"]["title"] == "Light and why"
    (unit,) = shown["unit"]["parts"][0]["matters"]
    assert (unit["status"]["tone"], unit["status"]["word"]) == ("good", "Green")
    assert unit["rule"].endswith(f"{NOT_COUNTED} (1)")


def test_without_anything_late_the_light_stands_as_it_is(opened):
    shown = opened(grid_elements=MET, duties=[AHEAD])
    (unit,) = shown["unit"]["parts"][0]["matters"]
    assert (unit["status"]["word"], unit["status"]["tone"]) == ("Green", "good")
    assert "not counted" not in unit["rule"] and "first" not in shown


def test_what_moved_since_the_day_of_comparison_is_said_with_its_list(opened):
    shown = opened(grid_elements=MET, findings=[{"unit": "E01", "issued_on": TODAY}])
    said = {each["text"]: each["way"] for each in shown["say"]["parts"][0]["pieces"]}
    onward = said["Newly issued 1"]
    assert (onward["to"], onward["asked"]) == ("changes", {"way": "issued"})


def test_no_limit_within_fifteen_days_leads_to_the_next_one(opened):
    same_day = AHEAD | {"item": "A2"}
    shown = opened(grid_elements=MET, duties=[AHEAD, same_day])
    said = [each["text"] for each in shown["say"]["parts"][0]["pieces"]]
    assert f"next {AHEAD['due_on']}: 2 things" in said


def test_files_are_counted_to_today_with_why_and_what_to_do(opened, engine, monkeypatch):
    opened(grid_elements=MET, duties=[AHEAD])
    number = send(engine, book(disposals=[{"code": "D9", "unit": "E01"}]), None, "E01")
    return_file(engine, None, number, "缺附件", act=act(None), today=TODAY)
    cache.forget_version()
    today = TODAY + timedelta(40)
    monkeypatch.setattr(clock, "today", lambda: today)
    shown = regions(open_app("duties", as_of=TODAY.isoformat()))
    # Files are counted to today under a title that says so, everything else to the day of the page.
    assert shown["files"]["says"] == f"files to send: 2; counted to today, {today}"
    assert shown["list"]["says"].startswith("1 in all, ")
    assert shown["list"]["says"].endswith(f"counted to {TODAY}")
    back, missing = shown["files"]["parts"][0]["matters"]
    assert (back["what"], missing["what"]) == ("Files of 2026-05", "Files of 2026-07")
    assert back["status"]["word"] == f"overdue by {(today - date(2026, 6, 10)).days} days"
    assert back["rule"] == f"due on 2026-06-10; returned on {TODAY}: 缺附件"
    assert back["act"] == "Correct the file as asked and send it again"
    assert back["way"]["asked"]["tab"] == "send" and missing["act"] == "Send the file"
    # The sentence and the unit count what the list of files has, and add it to nothing else.
    said = [each["text"] for each in shown["say"]["parts"][0]["pieces"]]
    late = sum(each["status"]["tone"] == "bad" for each in (back, missing))
    assert f"files late {late} (today, {today})" in said
    assert "Nothing is past its limit" not in said
    (unit,) = shown["unit"]["parts"][0]["matters"]
    assert unit["rule"].endswith(f"not counted in the light: files late {late} (today, {today})")
    assert "File of the month" not in {
        each["says"] for each in shown["count"]["parts"][0]["figures"]
    }


def test_where_nothing_came_in_nothing_is_green(opened):
    shown = opened()
    assert [(each["text"], each["tone"]) for each in shown["say"]["parts"][0]["pieces"]][1:] == [
        ("nothing entered so far: Finding, Report, Duty", "silent")
    ]
    counted = {each["says"]: each["value"] for each in shown["count"]["parts"][0]["figures"]}
    assert counted["Finding"] == counted["Report"] == counted["Duty"] == "—"
    assert shown["unit"]["parts"][0]["matters"][0]["status"]["tone"] == "silent"


def test_how_much_more_is_late_than_before_stands_beside_what_is_late(opened):
    late = opened(grid_elements=MET, duties=[LATE, AHEAD])["say"]["parts"][0]["pieces"][1]
    assert (late["change"]["text"], late["change"]["tone"]) == ("▲ 1", "bad")
    assert late["change"]["against"].startswith("against ")


def test_what_is_late_as_before_has_no_change(opened):
    long_late = LATE | {"due_on": TODAY - timedelta(200)}
    shown = opened(grid_elements=MET, duties=[long_late])
    assert shown["say"]["parts"][0]["pieces"][1]["change"] is None


def test_kinds_of_which_nothing_is_owed_are_told_in_one_line(opened):
    shown = opened(grid_elements=MET, duties=[LATE, AHEAD])
    figures, none = shown["count"]["parts"]
    # Findings and reports are not entered, which says nothing of what is owed.
    told = {each["says"]: each["value"] for each in figures["figures"]}
    assert (told["Duty"], told["Finding"], told["Report"]) == ("2", "—", "—")
    assert none["text"] == "none owed: Letter, Decision"


def test_the_overview_of_a_unit_tells_findings_from_other_late_duties_and_leads_to_them(opened):
    opened(grid_elements=MET, duties=[LATE, AHEAD], findings=[{"unit": "E01"}])
    shown = regions(open_app("overview", node="unit:E01", as_of=TODAY.isoformat()))
    pieces = {each["text"]: each for each in shown["say"]["parts"][0]["pieces"]}
    assert any(each.startswith("overdue findings ") for each in pieces)
    late = pieces["other duties past their limit 1"]
    assert (late["tone"], late["way"]["to"]) == ("bad", "duties")


def test_a_late_duty_leads_to_its_own_row_above_all_others(opened):
    shown = opened(grid_elements=MET, duties=[LATE, AHEAD, LATE | {"item": "A3"}])
    asked = shown["first"]["parts"][0]["matters"][0]["way"]["asked"]
    assert asked == {"node": "unit:E01", "tab": "duties", "item": "A2"}
    app = open_app("responsibilities", as_of=TODAY.isoformat(), **asked)
    written = [each.value for each in app.markdown]
    at = [next(i for i, each in enumerate(written) if says in each) for says in PARTS]
    assert at == sorted(at)
    assert "**Duties overdue**" in written[at[0]] and "1 of the last year" in written[at[0]]


def test_a_unit_sees_its_open_warnings_below_what_it_owes(opened):
    raised = {"code": "W", "unit": "E01", "rule": "W18", "level": "RED"}
    raised |= {"raised_on": TODAY - timedelta(4)}
    region = opened(grid_elements=MET, warnings=[raised])["warnings spare"]
    assert [each["name"] for each in region["parts"][0]["columns"]][:3] == [
        "Level",
        "Days open",
        "Rule",
    ]
    assert ("bad", "4") in [
        (row["cells"][0]["tone"], row["cells"][1]) for row in region["parts"][0]["rows"]
    ]


def test_what_became_of_the_files_sent_last_stands_below(opened, engine):
    assert "sent spare" not in opened(grid_elements=MET)
    number = send(engine, book(disposals=[{"code": "D9", "unit": "E01"}]), None, "E01")
    return_file(engine, None, number, "缺附件", act=act(None), today=TODAY)
    cache.forget_version()
    region = regions(open_app("duties", as_of=TODAY.isoformat()))["sent spare"]
    (row,) = region["parts"][0]["rows"]
    assert (row["cells"][0]["word"], row["cells"][0]["tone"]) == ("Returned", "warn")
    assert row["way"]["asked"] == {"file": str(number)}


def test_what_is_late_on_the_day_of_the_page_and_files_late_today_are_never_added(
    opened, engine, monkeypatch
):
    opened(grid_elements=MET, duties=[LATE])
    number = send(engine, book(disposals=[{"code": "D9", "unit": "E01"}]), None, "E01")
    return_file(engine, None, number, "缺附件", act=act(None), today=TODAY)
    cache.forget_version()
    monkeypatch.setattr(clock, "today", lambda: TODAY + timedelta(40))
    shown = regions(open_app("duties", as_of=TODAY.isoformat()))
    said = [each["text"] for each in shown["say"]["parts"][0]["pieces"]]
    # Each says its own day, and the light says once what it does not count.
    assert said[1].startswith(f"past the limit 1 ({TODAY}), ")
    assert re.fullmatch(rf"files late \d+ \(today, {clock.today()}\)", said[2])
    (unit,) = shown["unit"]["parts"][0]["matters"]
    assert f"{NOT_COUNTED} (1); {said[2]}" in unit["rule"]
    assert unit["rule"].count("not counted in the light") == 1
    assert shown["first"]["says"] == f"counted to {TODAY}"


def test_the_figures_by_which_the_one_own_unit_is_judged_stand_below(opened):
    opened(grid_elements=MET, duties=[LATE])
    app = open_app("duties", as_of=TODAY.isoformat())
    labels = [each.label for each in shown_figures(app)]
    assert {"Overdue findings", "Duties done", "Report quality"} <= set(labels)


def test_the_kinds_add_up_to_the_list(opened):
    shown = opened(grid_elements=MET, duties=[LATE, AHEAD], findings=[{"unit": "E01"}])
    listed = [*shown["first"]["parts"][0]["matters"], *shown["list"]["parts"][0]["rows"]]
    figures = shown["count"]["parts"][0]["figures"]
    known = [int(each["value"]) for each in figures if each["value"] != "—"]
    assert sum(known) == len(listed)
    assert shown["count"]["says"] == f"{len(listed)} in all"


def test_files_say_their_day_only_where_it_is_not_that_of_the_page(opened, engine, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    opened(grid_elements=MET)
    send(engine, book(disposals=[{"code": "D9", "unit": "E01"}]), None, "E01")
    cache.forget_version()
    shown = regions(open_app("duties", as_of=TODAY.isoformat()))
    assert "counted to today" not in shown["files"]["says"]
    assert "counted to" not in shown["list"].get("says", "")
