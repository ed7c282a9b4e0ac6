"""The page of units without a unit: how each is doing, the worst first, and a search among them."""

from datetime import timedelta

import pytest

from dashboard.reads import cache
from models.account import Role
from tests.dashboard.apps import open_app
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.pages.tiles import regions

pytestmark = pytest.mark.usefixtures("english")
UNITS = [
    {"code": "E01", "name": "一校"},
    {"code": "E02", "name": "二校"},
    {"code": "S01", "name": "三所", "withdrawn_on": TODAY - timedelta(9)},
]
LATE = {
    "code": "F1",
    "unit": "E02",
    "issued_on": TODAY - timedelta(400),
    "due_on": TODAY - timedelta(200),
    "severity": "MAJOR",
}


@pytest.fixture
def app(engine, sign_in_as):
    kept(engine, workbook(units=UNITS, sectors=[{}], findings=[LATE]), correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    return open_app("unit", as_of=TODAY.isoformat())


def rows(app):
    """The cells of the units by the names of their columns."""
    (listed,) = regions(app)["units"]["parts"]
    columns = [each["name"] for each in listed["columns"]]
    return [dict(zip(columns, row["cells"], strict=True)) for row in listed["rows"]]


def test_the_worst_unit_stands_first_with_what_is_wrong_in_red(app):
    worst, silent = rows(app)[:2]
    assert (worst["Unit"], worst["Light"]["tone"]) == ("二校", "bad")
    assert worst["Overdue findings"] == {"text": "1", "tone": "bad"}
    assert worst["Longest overdue"]["text"] == "200 days"
    assert worst["Why this light"] == "1 overdue > 30 days"
    # What is next, by whom and by when, as the page of the finding says it.
    assert worst["Next step · by whom · by when"]["pieces"] == [
        "Refer it to the committee",
        "Committee office",
        f"due since {TODAY - timedelta(19)}",
    ]
    assert worst["Next step · by whom · by when"]["last"]["tone"] == "bad"
    assert (silent["Unit"], silent["Overdue findings"]) == ("一校", "—")


def test_the_question_is_about_all_units_until_one_is_chosen(app):
    assert [each.value for each in app.title] == ["Which units come first?"]
    one = open_app("unit", as_of=TODAY.isoformat(), node="unit:E01")
    assert [each.value for each in one.title] == ["How is this unit doing?"]


def test_a_sentence_says_how_the_units_are_doing_and_how_many_lights_turned(app):
    (said,) = regions(app)["say"]["parts"]
    assert [(each["text"], each["tone"]) for each in said["pieces"]][:3] == [
        ("Red 1", "bad"),
        ("Not reported 1", "silent"),
        ("no light turned worse or better", ""),
    ]


def test_a_light_that_turned_since_the_day_of_comparison_is_told(engine, sign_in_as):
    known = [{"unit": "E02"}]
    kept(
        engine,
        workbook(units=UNITS, sectors=[{}], findings=[LATE], grid_elements=known),
        correct=RENAMED,
    )
    cache.forget_version()
    sign_in_as(Role.LEADER)
    since = TODAY - timedelta(190)
    app = open_app("unit", as_of=TODAY.isoformat(), since=since.isoformat())
    (said,) = regions(app)["say"]["parts"]
    assert ("turned worse 1", "bad") in [(each["text"], each["tone"]) for each in said["pieces"]]
    assert rows(app)[0][f"Light since {since}"] == {"text": "yellow → red", "tone": "bad"}


def test_a_unit_that_left_the_grid_is_found_and_named_so(app):
    app.text_input(key="unit-search").input("S01").run()
    (left,) = rows(app)
    assert left["Unit"] == "三所"
    assert (left["Light"]["word"], left["Overdue findings"]) == ("not in the grid", "—")


def test_where_nothing_fits_it_is_said(app):
    app.text_input(key="unit-search").input("无此单位").run()
    assert app.info[0].value == "No unit fits. Try a part of its name or its code."
    assert "units" not in regions(app)


def test_a_unit_red_by_a_warning_says_what_the_gravest_asks_for_and_a_silent_one_to_report(
    engine, sign_in_as
):
    verified = {"verdict": "TRUE", "verified_on": TODAY}
    warnings = [
        {"code": "W1", "unit": "E01", "level": "YELLOW", "rule": "W12"},
        {"code": "W2", "unit": "E01", "level": "RED", "rule": "W10", **verified},
    ]
    meeting = {"code": "M9", "name": "第九次会议", "on_date": TODAY + timedelta(30)}
    content = workbook(
        units=UNITS[:2], sectors=[{"lead": "区教育局"}], warnings=warnings, meetings=[meeting]
    )
    kept(engine, content, correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    found = rows(open_app("unit", as_of=TODAY.isoformat()))
    next_steps = {row["Unit"]: row["Next step · by whom · by when"] for row in found}
    done = {unit: next_steps[unit]["text"] for unit in ("一校", "二校")}
    by = f"by {TODAY + timedelta(30)}"
    assert done == {
        "一校": f"Put the bank account on record · 区教育局 · {by}",
        "二校": f"Report all data that are due · the unit · {by}",
    }
