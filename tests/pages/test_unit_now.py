"""The page of a unit opens on what is wrong: open findings, overdue first, and what it owes."""

from datetime import timedelta

import pytest

from dashboard.reads import cache
from models.account import Role
from tests.dashboard.apps import open_app
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.pages.chart_rows import rows
from tests.pages.tiles import regions

pytestmark = pytest.mark.usefixtures("english")


def ago(days):
    return TODAY - timedelta(days)


LATE = {"code": "F1", "unit": "E01", "title": "Late", "issued_on": ago(90), "due_on": ago(40)}
AHEAD = {"code": "F2", "unit": "E01", "title": "Ahead", "issued_on": ago(9), "due_on": ago(-30)}
CLOSED = {"code": "F3", "unit": "E01", "title": "Closed", "issued_on": ago(90), "due_on": ago(2)}
EVENTS = [
    {"finding": "F1", "on_date": ago(50), "action": "EXTEND", "new_due_on": ago(12)},
    {"finding": "F3", "on_date": ago(20), "action": "SUBMIT"},
    {"finding": "F3", "on_date": ago(10), "action": "CLOSE"},
]
PRINCIPAL = {"unit": "E01", "role": "PRINCIPAL", "name": "王五", "from_on": ago(900)}


@pytest.fixture
def opened(engine, sign_in_as):
    """The regions of the page of the unit E01, with rows of its ledgers."""

    def page(**rows):
        units = [{"code": each, "name": f"单位{each}"} for each in ("E01", "S01")]
        kept(engine, workbook(units=units, sectors=[{}], **rows), correct=RENAMED)
        cache.forget_version()
        sign_in_as(Role.LEADER)
        app = open_app("unit", node="unit:E01", as_of=TODAY.isoformat())
        assert not app.exception
        return regions(app)

    return page


def test_open_findings_stand_with_days_and_both_limits(opened):
    shown = opened(findings=[AHEAD, CLOSED, LATE], rectification_events=EVENTS)["findings"]
    (found,) = shown["parts"]
    columns = [each["name"] for each in found["columns"]]
    late, ahead = [dict(zip(columns, row["cells"], strict=True)) for row in found["rows"]]
    assert late["Days left"] == {"text": "overdue by 12 days", "tone": "bad"}
    assert (late["Finding"], late["Present limit"]) == ("Late", ago(12).isoformat())
    assert late["Original limit"] == ago(40).isoformat()
    assert (ahead["Days left"], ahead["Original limit"]) == ("30 days left", "—")
    assert late["Next step · by whom · by when"]["pieces"] == [
        "Issue a reminder",
        "Committee office",
        f"due since {ago(11)}",
    ]
    assert ahead["Next step · by whom · by when"]["text"] == (
        f"Rectify; submit for closure or an extension · the unit · by {ago(-30)}"
    )
    assert shown["says"].startswith("2 on ")


def test_all_that_is_late_is_told_apart_into_findings_and_the_rest(opened):
    report = {"unit": "E01", "due_on": ago(20)}
    shown = opened(findings=[LATE], reports=[report])
    assert shown["owes"]["parts"][0]["pieces"][0]["text"] == (
        "past the limit 2 (findings 1, others 1), the longest by 40 days: Late"
    )
    assert shown["findings"]["says"].startswith("1 on ")
    assert "1 of them overdue" in shown["findings"]["says"]


def test_the_head_says_what_is_overdue_what_is_next_and_who_answers(opened):
    near = AHEAD | {"due_on": ago(-4)}
    report = {"unit": "E01", "due_on": ago(20), "submitted_on": ago(21)}
    shown = opened(findings=[near, LATE], appointments=[PRINCIPAL], reports=[report])
    late, ahead, unknown = shown["owes"]["parts"][0]["pieces"]
    assert (late["text"], late["tone"]) == ("past the limit 1, the longest by 40 days: Late", "bad")
    assert late["way"]["asked"] == {"finding": "F1"}
    assert ahead["text"] == f"next {ago(-4)} (4 days left): Ahead"
    assert (ahead["tone"], ahead["way"]["asked"]) == ("warn", {"finding": "F2"})
    assert (unknown["text"], unknown["tone"]) == ("nothing entered so far: Duty", "silent")
    *who, against = shown["answerable"]["parts"][0]["pieces"]
    assert against["aside"] and against["text"].startswith("changes against ")
    assert [(each["text"], each["tone"]) for each in who] == [
        ("Principal: 王五", "strong"),
        ("Internal auditor: nobody in post", "warn"),
    ]


def test_the_head_of_a_unit_with_nothing_late_says_so(opened):
    duty = {"unit": "E01", "due_on": ago(90), "done_on": ago(91)}
    report = {"unit": "E01", "due_on": ago(20), "submitted_on": ago(21)}
    shown = opened(findings=[AHEAD], duties=[duty], reports=[report])
    told = [(each["text"], each["tone"]) for each in shown["owes"]["parts"][0]["pieces"]]
    assert told == [
        ("nothing is past its limit", "good"),
        (f"next {ago(-30)} (30 days left): Ahead", ""),
    ]
    assert "answerable" not in shown


def test_severity_stands_beside_findings_of_which_no_limit_was_moved(opened):
    (found,) = [each for each in opened(findings=[LATE])["findings"]["parts"] if "columns" in each]
    columns = [each["name"] for each in found["columns"]]
    assert "Severity" in columns and "Original limit" not in columns


def test_a_finding_is_red_on_the_time_line_only_from_its_present_limit(engine, sign_in_as):
    units = [{"code": each, "name": f"单位{each}"} for each in ("E01", "S01")]
    content = workbook(
        units=units, sectors=[{}], findings=[AHEAD, LATE], rectification_events=EVENTS[:1]
    )
    kept(engine, content, correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("unit", node="unit:E01", as_of=TODAY.isoformat())
    assert rows(app, "code", "starts_on", "ends_on", "state") == [
        ("F2", ago(9), TODAY, "IN_PROGRESS"),
        ("F1", ago(90), ago(12), "IN_PROGRESS"),
        ("F1", ago(12), TODAY, "UNRECTIFIED"),
    ]


def test_beside_the_findings_stands_what_else_is_owed_the_late_in_red(opened):
    shown = opened(
        findings=[LATE],
        appointments=[PRINCIPAL],
        duties=[{"unit": "E01", "item": "P2", "due_on": ago(3)}],
        reports=[{"unit": "E01", "due_on": ago(-5), "submitted_on": None}],
    )["owed"]
    late, ahead = [row["cells"] for row in shown["parts"][0]["rows"]]
    assert (late[0]["tone"], late[1]) == ("bad", "Duty: Hear reports on internal audit")
    assert (ahead[0]["tone"], ahead[1]) == ("warn", "Report: Audit plan")
    assert late[2]["pieces"] == [
        "Hear internal audit's report, and enter the minutes",
        "Principal 王五",
        f"was due by {ago(3)}",
    ]
    assert late[2]["last"]["tone"] == "bad"
    assert ahead[2]["text"] == f"Submit the report · Principal 王五 · by {ago(-5)}"
    assert shown["says"] == "1 past the limit"


def test_what_is_left_out_of_what_is_owed_is_called_late_where_it_is(opened):
    late = [{"unit": "E01", "item": "A2", "due_on": ago(days)} for days in range(3, 11)]
    shown = opened(duties=late)["owed"]
    assert len(shown["parts"][0]["rows"]) == 6
    assert shown["parts"][1]["text"] == "2 more, 2 of them past the limit"


def test_what_is_left_out_of_what_is_owed_and_not_late_is_called_later(opened):
    coming = [{"unit": "E01", "item": "A2", "due_on": ago(-days)} for days in range(3, 11)]
    assert opened(duties=coming)["owed"]["parts"][1]["text"] == "2 more, later"


def test_open_warnings_stand_with_level_and_days_the_red_first(opened):
    raised = {"unit": "E01", "raised_on": ago(9)}
    shown = opened(
        warnings=[
            raised | {"code": "W1", "level": "YELLOW", "raised_on": ago(30)},
            raised | {"code": "W2", "level": "RED"},
            raised | {"code": "W3", "level": "RED", "closed_on": ago(1)},
        ]
    )["warnings"]
    told = [(row["cells"][0]["tone"], row["cells"][1]) for row in shown["parts"][0]["rows"]]
    assert told == [("bad", "9"), ("warn", "30")]


def test_what_nobody_entered_is_not_called_fine(opened):
    shown = opened()
    assert shown["owed"]["parts"][0]["text"] == "nothing entered so far: Report, Duty"
    told = [each["text"] for each in shown["findings"]["parts"]]
    assert told[0] == f"Not known: nothing has come in here by {TODAY}."


def test_of_a_silent_unit_no_0_stands_and_what_is_to_be_done_does(opened):
    late = {"unit": "E01", "due_on": ago(3), "submitted_on": None}
    shown = opened(findings=[{**LATE, "unit": "S01"}], reports=[late])
    overdue = shown[""]["parts"][0]
    assert (overdue["value"], overdue["of"], overdue["tone"]) == ("—", "Not reported", "unknown")
    assert overdue["way"] is None
    told = [each["text"] for each in shown["findings"]["parts"] if "text" in each]
    assert told == [
        f"Not known: nothing has come in here by {TODAY}.",
        "To do: set the unit a day by which it reports.",
    ]


WRONG = {"findings", "owed"}
RATED = {"unit": "E01", "base_points": 5000, "year": 2025, "rated_on": ago(100)}


def test_without_warnings_or_changes_nothing_stands_beside_what_a_unit_owes(opened):
    report = {"unit": "E01", "due_on": ago(20), "submitted_on": ago(21)}
    shown = opened(reports=[report], ratings=[RATED])
    assert [shown[each]["place"] for each in ("findings", "owed", "outlook")] == ["over"] * 3


def test_beside_warnings_or_changes_stand_findings_and_what_a_unit_owes(opened):
    report = {"unit": "E01", "due_on": ago(20), "submitted_on": ago(21)}
    newly = {**LATE, "due_on": ago(2), "issued_on": ago(60)}
    shown = opened(findings=[newly], reports=[report])
    assert [shown[each]["place"] for each in ("findings", "owed", "changed")] == [
        "main",
        "main",
        "beside",
    ]


@pytest.mark.parametrize(("findings", "first"), [([AHEAD], "owed"), ([AHEAD, LATE], "findings")])
def test_what_else_a_unit_owes_comes_first_if_it_alone_is_late(opened, findings, first):
    duty = {"unit": "E01", "item": "A2", "due_on": ago(3)}
    shown = [each for each in opened(findings=findings, duties=[duty]) if each in WRONG]
    assert shown[0] == first and set(shown) == WRONG
