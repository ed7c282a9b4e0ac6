"""The page of a unit answers: each report, duty and check with how it stands, persons by name."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.reads import cache
from dashboard.screens.unit_answers import answerable, done
from models.account import Role
from tests.dashboard.apps import open_app
from tests.data.contents import TODAY, kept, workbook
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
        2: "▲ 3 days late",
        3: f"● overdue by {(TODAY - date(2026, 6, 1)).days} days",
    }


@pytest.mark.parametrize(
    ("due", "on", "tone"),
    [
        (date(2026, 6, 1), date(2026, 6, 1), "good"),
        (date(2026, 6, 1), date(2026, 6, 2), "warn"),
        (date(2026, 6, 29), None, "bad"),
        (date(2026, 6, 30), None, "ongoing"),
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
