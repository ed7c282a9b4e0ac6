"""What a unit owes: what is late stands first and in red, whatever the light of the unit is."""

from datetime import date, timedelta

import pytest

from dashboard import clock
from dashboard.elements import matters
from dashboard.markdown import dotted
from dashboard.reads import cache
from dashboard.screens import owed_words, unit_now
from data.collection.settling import return_file
from data.reference import lists
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
PLANNED = "Next: Carry out the audits and self-checks that the plan lacks, and enter their results"
NOT_COUNTED = "not counted in the light: duties, letters and decisions past their limit"
LATE = {"unit": "E01", "item": "A2", "due_on": TODAY - timedelta(3)}
AHEAD = {"unit": "E01", "item": "A3", "due_on": TODAY + timedelta(20)}


@pytest.fixture(autouse=True)
def _today_is_the_day_of_the_head(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


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
    said = dotted((PLANNED, "Internal auditor"))
    assert (first["act"], first["mark"]) == (said, "Duty")
    assert first["days"] == {"text": f"due on {LATE['due_on']}", "tone": "bad"}
    assert first["rule"] == ""
    # What is told first is not listed again.
    assert len(shown["list"]["parts"][0]["rows"]) == 1
    assert list(shown).index("first") < list(shown).index("list")
    assert shown["unit"]["title"] == "Light and why"
    (unit,) = shown["unit"]["parts"][0]["matters"]
    assert (unit["status"]["tone"], unit["status"]["word"]) == ("good", "Green")
    assert unit["rule"].endswith(f"{NOT_COUNTED} (1)")


def test_each_thing_names_who_is_answerable_a_duty_by_whom_it_falls_to(opened):
    posts = [
        {"unit": "E01", "role": role, "name": name, "from_on": date(2025, 1, 1)}
        for role, name in (("PRINCIPAL", "王五"), ("AUDITOR", "赵六"))
    ]
    late = [LATE | {"due_on": TODAY - timedelta(9)}, LATE | {"item": "P1"}]
    shown = opened(grid_elements=MET, appointments=posts, duties=[*late, AHEAD])
    first, second = shown["first"]["parts"][0]["matters"]
    assert first["act"] == dotted((PLANNED, "Internal auditor 赵六"))
    assert second["act"] == dotted(
        (
            "Next: Put internal audit in the principal's charge, and file the document",
            "Principal 王五",
        )
    )
    listed = shown["list"]["parts"][0]
    assert [each["name"] for each in listed["columns"]][-1] == "By whom"
    assert [row["cells"][-1] for row in listed["rows"]] == ["Internal auditor 赵六"]


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
    # Which they are stands beside what is to be done, below the light.
    at = list(shown).index("changed desk")
    assert shown["changed desk"]["place"] == "beside" and list(shown)[at - 1] == "unit"


def test_no_limit_within_fifteen_days_leads_to_the_next_one(opened):
    same_day = AHEAD | {"item": "A2"}
    shown = opened(grid_elements=MET, duties=[AHEAD, same_day])
    said = [each["text"] for each in shown["say"]["parts"][0]["pieces"]]
    assert f"next {AHEAD['due_on']}: 2 things" in said


def test_on_a_past_day_all_is_counted_to_today_files_among_the_rest(opened, engine, monkeypatch):
    opened(grid_elements=MET, duties=[LATE, AHEAD])
    number = send(engine, book(disposals=[{"code": "D9", "unit": "E01"}]), None, "E01")
    return_file(engine, None, number, "缺附件", act=act(None), today=TODAY)
    cache.forget_version()
    today = TODAY + timedelta(40)
    monkeypatch.setattr(clock, "today", lambda: today)
    shown = regions(open_app("duties", as_of=TODAY.isoformat()))
    first = shown["first"]["parts"][0]["matters"]
    assert [(each["what"], each["status"]["word"]) for each in first] == [
        ("Files of 2026-05", f"overdue by {(today - date(2026, 6, 10)).days} days"),
        ("Carry out planned audits and self-checks", "overdue by 43 days"),
        ("Issue and file audit reports", "overdue by 20 days"),
        ("Files of 2026-07", "1 day left"),
    ]
    assert first[0]["act"] == dotted(
        ("Next: Correct the file as asked and send it again", "Principal")
    )
    assert first[0]["days"] == {"text": "due on 2026-06-10", "tone": "bad"}
    assert first[0]["rule"] == f"returned on {TODAY}: 缺附件"
    assert first[0]["way"]["asked"]["tab"] == "send" and first[3]["act"] == dotted(
        ("Next: Send the file", "Principal")
    )
    assert first[3]["days"]["tone"] == "warn"
    # One number has them all.
    said = [each["text"] for each in shown["say"]["parts"][0]["pieces"]]
    assert said[1] == "past the limit 3, the longest by 60 days: Files of 2026-05"
    counted = {each["says"]: each["value"] for each in shown["count"]["parts"][0]["figures"]}
    assert counted["File of the month"] == counted["Duty"] == "2"
    (unit,) = shown["unit"]["parts"][0]["matters"]
    assert unit["rule"].endswith("past their limit (2); files late today 1")


def test_where_a_matter_leads_it_is_counted_to_the_same_day(opened, monkeypatch):
    opened(grid_elements=MET, duties=[LATE, AHEAD])
    today = TODAY + timedelta(40)
    monkeypatch.setattr(clock, "today", lambda: today)
    app = open_app("duties", as_of=TODAY.isoformat())
    # So is the head, which names no other day and lets none be chosen.
    assert any(f"Today {today}" in each.value for each in app.markdown)
    assert "frame-as_of" not in [each.key for each in app.date_input]
    shown = regions(app)
    listed = shown["first"]["parts"][0]["matters"]
    ways = [each["way"] for each in (*listed, *shown["unit"]["parts"][0]["matters"])]
    assert {each["asked"]["as_of"] for each in ways} == {today.isoformat()}
    assert all(f"as_of={today}" in each["href"] for each in ways)
    tiles = [each.asked for each in shown_figures(app) if each.asked]
    assert tiles and {each["as_of"] for each in tiles} == {today.isoformat()}


def test_a_forecast_stands_apart_from_what_is_to_be_done(opened, monkeypatch):
    monkeypatch.setattr(unit_now, "_outlook", lambda view: [matters.note("forecast")])
    monkeypatch.setattr(unit_now, "_rating", lambda view: [matters.note("rating")])
    shown = opened(grid_elements=MET, duties=[LATE])
    told = shown["outlook spare"]
    assert told["title"] == "Forecast" and told["says"].endswith("not a step to take")
    assert [each["text"] for each in told["parts"]] == ["forecast"]
    assert [each["text"] for each in shown["rating spare"]["parts"]] == ["rating"]
    assert list(shown).index("first") < list(shown).index("outlook spare")


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
    assert none["text"] == "none owed: Letter, Decision, File of the month"


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


@pytest.mark.parametrize(("duties", "tone"), [([LATE, AHEAD], ""), ([LATE], "bad")])
def test_the_number_of_a_kind_is_red_only_if_all_of_it_is_late(opened, duties, tone):
    figures = opened(grid_elements=MET, duties=duties)["count"]["parts"][0]["figures"]
    (duty,) = [each for each in figures if each["says"] == "Duty"]
    assert (duty["value"], duty["tone"]) == (str(len(duties)), tone)
    assert (duty["of"], duty["of_tone"]) == ("1 past the limit", "bad")


def test_where_today_is_the_day_of_the_head_no_day_is_explained(opened):
    shown = opened(grid_elements=MET, duties=[LATE])
    assert "day" not in shown
    assert shown["first"]["says"] == "the earliest limit first"


def test_without_a_file_to_send_the_state_of_the_month_is_shown(opened, engine):
    opened(grid_elements=MET, duties=[LATE])
    send(engine, book(disposals=[{"code": "D9", "unit": "E01"}]), None, "E01")
    cache.forget_version()
    shown = regions(open_app("duties", as_of=TODAY.isoformat()))
    assert shown["files"]["title"] == "Files of the month"


def test_a_duty_that_the_district_has_put_in_a_codes_place_is_asked_for_in_general(
    opened, monkeypatch
):
    own = dict(lists.shipped().lists)
    own["duty_items"] = tuple(
        {**row, "name": "本区事项"} if row["code"] == "A2" else row for row in own["duty_items"]
    )
    monkeypatch.setattr(owed_words.reads, "references", lambda: lists.References(own))
    assert owed_words.of_duty("A2") == "Do it and have it entered"
    assert owed_words.of_duty("P6") == "Convene the internal audit group, and enter the minutes"


def test_a_finding_with_an_unanswered_letter_is_one_thing_and_asks_for_the_reply(opened):
    finding = {"unit": "E01", "issued_on": date(2026, 1, 1), "due_on": date(2026, 3, 2)}
    step = {"finding": "F1", "step": "REMINDER", "issued_on": date(2026, 3, 9)}
    shown = opened(grid_elements=MET, findings=[finding], escalations=[step])
    (first,) = shown["first"]["parts"][0]["matters"]
    assert first["mark"] == "Finding"
    said = first["act"].replace("\u2060", "")
    assert said.startswith("Next: Reply to the step “Reminder” by 2026-03-23; rectify")
