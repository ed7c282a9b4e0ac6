"""A manager's landing: what is to be done today stands first, and what changed since when."""

from datetime import timedelta

import pytest

from dashboard import clock
from dashboard.reads import cache
from models.account import Role
from models.grid import Element
from tests.dashboard.apps import open_app
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.pages.tiles import regions

pytestmark = pytest.mark.usefixtures("english")
SINCE = TODAY - timedelta(30)
MET = [
    {"unit": "E01", "element": str(each), "met_on": TODAY - timedelta(90), "evidence": "x"}
    for each in Element
]
FINDING = {
    "code": "F1",
    "unit": "E01",
    "issued_on": TODAY - timedelta(70),
    "due_on": TODAY - timedelta(10),
}
ANSWERED_BY_NOBODY = {"finding": "F1", "step": "REMINDER", "issued_on": TODAY - timedelta(5)}


@pytest.fixture(autouse=True)
def _today_is_the_day_of_the_head(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def opened(engine, sign_in_as):
    """The regions of the page for the manager of the units' sector."""

    def page(**rows):
        units = [{"code": each, "name": f"Unit {each}"} for each in ("E01", "E02")]
        kept(engine, workbook(units=units, sectors=[{}], **rows), correct=RENAMED)
        cache.forget_version()
        sign_in_as(Role.MANAGER, sectors=["EDU"])
        app = open_app("my_units", as_of=TODAY.isoformat(), since=SINCE.isoformat())
        assert not app.exception
        return regions(app)

    return page


def cells(region):
    return [row["cells"] for row in region["parts"][0]["rows"]]


def test_a_step_that_awaits_its_answer_is_to_be_done_today(opened):
    shown = opened(grid_elements=MET, findings=[FINDING], escalations=[ANSWERED_BY_NOBODY])
    asked, silent = cells(shown["press"])
    assert asked[0]["word"] == "press for the reply to reminder"
    assert asked[3]["text"] == "5 days without reply"
    assert silent[0]["word"] == "Ask for data"
    assert shown["press"]["title"] == "To do today"
    assert shown["say"]["parts"][0]["pieces"][0]["text"] == "to do today 2"


def test_on_another_day_than_today_what_is_to_be_done_says_its_day(opened, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY + timedelta(40))
    shown = opened(grid_elements=MET, findings=[FINDING], escalations=[ANSWERED_BY_NOBODY])
    assert shown["press"]["title"] == f"To do on {TODAY}"
    assert shown["say"]["parts"][0]["pieces"][0]["text"] == f"to do on {TODAY}: 2"


def test_what_is_late_is_red_and_on_top_however_late_and_of_whatever_kind(opened):
    late = {"unit": "E01", "due_on": TODAY - timedelta(2), "submitted_on": None}
    shown = opened(
        grid_elements=MET, findings=[FINDING], escalations=[ANSWERED_BY_NOBODY], reports=[late]
    )
    told = [(row[0]["word"], row[0]["tone"], row[3]) for row in cells(shown["press"])]
    assert told[0] == ("Ask for the report", "bad", {"text": "overdue by 2 days", "tone": "bad"})
    # Five days without a reply are a wait: the last day of the reply is not over.
    assert told[1][:2] == ("press for the reply to reminder", "ongoing")
    assert told[2][:2] == ("Ask for data", "silent")
    columns = [each["name"] for each in shown["units"]["parts"][0]["columns"]]
    (unit,) = [row for row in cells(shown["units"]) if row[2] == "Unit E01"]
    assert unit[columns.index("Longest overdue")] == {"text": "10 days", "tone": "bad"}
    assert unit[columns.index("Why this light")] == "1 overdue"
    (silent,) = [row for row in cells(shown["units"]) if row[2] == "Unit E02"]
    assert silent[columns.index("Why this light")] == "nothing came in"


def test_a_reply_is_red_once_its_last_day_is_over_as_among_the_letters(opened):
    long_ago = ANSWERED_BY_NOBODY | {"issued_on": TODAY - timedelta(18)}
    overdue = FINDING | {"due_on": TODAY - timedelta(20)}
    shown = opened(grid_elements=MET, findings=[overdue], escalations=[long_ago])
    asked = cells(shown["press"])[0]
    assert (asked[0]["word"], asked[0]["tone"]) == ("press for the reply to reminder", "bad")
    # Ten working days after 12 June 2026, a holiday among them, end on 29 June.
    assert asked[3] == {"text": "overdue by 1 day", "tone": "bad"}
    assert asked[4] == "2026-06-29"
    said = [each["text"] for each in shown["say"]["parts"][0]["pieces"]]
    assert "overdue findings 1, the longest 20 days: Unit E01" in said


def test_no_limit_within_fifteen_days_leads_to_the_next_one(opened):
    ahead = {"code": "F2", "unit": "E01", "due_on": TODAY + timedelta(16)}
    shown = opened(grid_elements=MET, findings=[ahead])
    said = [each["text"] for each in shown["say"]["parts"][0]["pieces"]]
    assert f"findings due within 15 days: 0, next: 1 on {TODAY + timedelta(16)}" in said


def test_the_sentence_begins_with_what_presses_and_counts_the_rest(opened):
    late = {"unit": "E02", "due_on": TODAY - timedelta(20), "submitted_on": None}
    ahead = {"code": "F2", "unit": "E01", "due_on": TODAY + timedelta(16)}
    shown = opened(grid_elements=MET, findings=[FINDING, ahead], reports=[late])
    (said,) = shown["say"]["parts"]
    assert [each["text"] for each in said["pieces"][:4]] == [
        "to do today 3",
        "overdue findings 1, the longest 10 days: Unit E01",
        "due rate 0.0%",
        "open warnings 3",
    ]
    # The browser shows the first ones and says how many others there are.
    assert said["more"] == "{n} more ›" and len(said["pieces"]) > 4


def test_each_thing_to_do_says_by_when_and_who_answers_for_the_unit(opened):
    late = {"unit": "E01", "due_on": TODAY - timedelta(2), "submitted_on": None}
    principal = {"unit": "E01", "name": "王强", "role": "PRINCIPAL"}
    shown = opened(grid_elements=MET, reports=[late], appointments=[principal])
    columns = [each["name"] for each in shown["press"]["parts"][0]["columns"]]
    assert columns == ["To do", "Unit", "About", "How long", "By when", "Principal"]
    report, silent = cells(shown["press"])
    assert report[4:] == [str(TODAY - timedelta(2)), "王＊"]
    # Nobody ever entered a principal of the unit from which nothing came.
    assert silent[4:] == ["—", "Not entered"]
    # Why a name is not in full is said once, above the list.
    says = "units not reported 1; names are masked where the role may not see them"
    assert shown["press"]["says"].endswith(says)


def test_a_light_that_turned_says_from_what_to_what_since_when(opened):
    shown = opened(grid_elements=MET, findings=[FINDING])
    columns = [each["name"] for each in shown["units"]["parts"][0]["columns"]]
    turned = {row[2]: row[1] for row in cells(shown["units"])}
    assert columns[1] == f"Light since {SINCE}"
    assert turned["Unit E01"] == {"text": "green → yellow", "tone": "bad"}
    assert turned["Unit E02"] == "—"


def test_a_report_that_a_silent_unit_owes_is_counted_and_its_findings_are_not_known(opened):
    late = {"unit": "E02", "due_on": TODAY - timedelta(20), "submitted_on": None}
    shown = opened(grid_elements=MET, findings=[FINDING], reports=[late])
    columns = [each["name"] for each in shown["units"]["parts"][0]["columns"]]
    units = {row[2]: dict(zip(columns, row, strict=True)) for row in cells(shown["units"])}
    assert units["Unit E02"]["Light"]["tone"] == "silent"
    assert units["Unit E02"]["Late reports"] == {"text": "1", "tone": "bad"}
    assert units["Unit E02"]["Overdue findings"] == units["Unit E02"]["Due rate"] == "—"


def test_what_changed_leads_to_each_finding_and_the_worse_stands_first_in_red(opened):
    new = {"code": "F2", "unit": "E02", "title": "New", "issued_on": TODAY - timedelta(3)}
    shown = opened(findings=[FINDING, new | {"due_on": TODAY + timedelta(60)}])["changed"]
    late, issued = shown["parts"][0]["rows"]
    assert late["cells"][0] == {"text": "Newly overdue", "tone": "bad"}
    assert late["way"]["asked"] == {"finding": "F1"}
    assert issued["cells"] == ["Newly issued", "Unit E02 · New"]


def test_what_comes_next_lists_open_findings_by_their_limits(opened):
    ahead = [
        {"code": code, "unit": "E01", "title": code, "due_on": TODAY + timedelta(days)}
        for code, days in (("F2", 40), ("F3", 4))
    ]
    shown = opened(findings=[FINDING, *ahead])
    told = [(row[0]["word"], row[1]) for row in cells(shown["next desk"])]
    assert told == [("4 days left", "Unit E01 · F3"), ("40 days left", "Unit E01 · F2")]


def test_what_is_not_rectified_stands_below_the_units_the_longest_overdue_first(opened):
    ahead = {"code": "F2", "unit": "E02", "title": "Later", "due_on": TODAY + timedelta(16)}
    shown = opened(grid_elements=MET, findings=[ahead, FINDING | {"title": "Late"}])["open desk"]
    told = [(row[0]["word"], row[1], row[2]) for row in cells(shown)]
    assert told == [
        ("overdue by 10 days", "Unit E01", "Late"),
        ("16 days left", "Unit E02", "Later"),
    ]
    assert shown["parts"][0]["columns"][3]["name"] == "Next step · by whom · by when"
    assert [row[3]["pieces"] for row in cells(shown)] == [
        ["Issue a reminder", "Committee office", f"due since {TODAY - timedelta(9)}"],
        [
            "Rectify; submit for closure or an extension",
            "the unit",
            f"by {TODAY + timedelta(16)}",
        ],
    ]
    assert shown["says"] == f"2 on {TODAY}, the longest overdue first"
    assert shown["place"] == "main"


def test_open_warnings_stand_beside_with_their_unit(opened):
    raised = {"code": "W", "unit": "E01", "rule": "W18", "level": "RED"}
    raised |= {"raised_on": TODAY - timedelta(4)}
    region = opened(grid_elements=MET, warnings=[raised])["warnings desk"]
    assert region["title"] == "Open warnings"
    found = [row for row in cells(region) if row[0]["tone"] == "bad" and row[1] == "4"]
    assert [row[3].partition(" · ")[0] for row in found] == ["Unit E01"]
