"""On the page of a meeting: its agenda, what it decided, and who may set either."""

from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import clock
from dashboard.reads import cache
from dashboard.screens.meeting.agenda import in_order
from data.meetings import agendas
from data.meetings.agendas import Item
from data.nodes import DISTRICT
from data.store import access_log
from data.store.database import reading, writing
from models.account import Event, Role
from models.freeze import AgendaScreen
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.pages.tables import lists

pytestmark = pytest.mark.usefixtures("english")

DECIDED = {"number": 1, "text": "限期*整改*", "unit": "E01", "due_on": date(2026, 6, 25)}
EDUCATION_ONLY = {"number": 2, "text": "另行研究", "unit": "S01", "due_on": date(2026, 7, 25)}
SEES = (Role.LEADER, Role.MANAGER, Role.UNIT, Role.STEWARD)


@pytest.fixture
def met(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A database with a meeting that decided two matters, on the last day of June."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    kept(
        engine,
        workbook(
            units=[
                {"code": "E01", "name": "单位E01"},
                {"code": "S01", "name": "单位S01", "sector": "SOE"},
            ],
            sectors=[{}, {"code": "SOE", "name": "国资"}],
            meetings=[{"code": "M1", "name": "第一次会议", "on_date": date(2026, 6, 20)}],
            decisions=[DECIDED, EDUCATION_ONLY],
        ),
        correct=RENAMED,
    )
    cache.forget_version()
    return engine


def open_meeting(**asked: str) -> AppTest:
    app = open_app("meeting", meeting="M1", as_of=TODAY.isoformat(), **asked)
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    (button,) = (each for each in app.button if each.label == label)
    button.click().run()
    assert not app.exception
    return app


def table(app: AppTest, heading: str) -> list[object]:
    (found,) = (each.value for each in lists(app) if heading in each.value.columns)
    return list(found[heading])


def log(engine: Engine, what: Event) -> list[str]:
    with reading(engine) as connection:
        return [entry.subject for entry in access_log.entries(connection, what=what)]


def test_the_agenda_is_read_as_a_list_and_changed_in_an_editor_that_is_folded_away(
    met: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = open_meeting()
    assert table(app, "Screen")[:2] == ["1. What became of the decisions", "2. Overview"]
    (fold,) = (each for each in app.expander if each.label == "Change the agenda")
    assert not fold.proto.expanded
    assert [each.label for each in fold.button] == ["Save the agenda"]


def test_who_may_saves_the_agenda_as_it_stands_in_the_editor(
    met: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = press(open_meeting(), "Save the agenda")
    assert any("The agenda is saved" in each.value for each in app.success)
    assert log(met, Event.AGENDA_SAVED) == [f"M1 {len(agendas.DEFAULT)}"]
    with reading(met) as connection:
        assert agendas.agenda_of(connection, "M1") == agendas.DEFAULT


@pytest.mark.parametrize("role", SEES)
def test_who_may_not_set_it_sees_the_agenda_without_a_button(
    met: Engine, sign_in_as: SignIn, english: None, role: Role
) -> None:
    grants = {Role.MANAGER: {"sectors": ["EDU"]}, Role.UNIT: {"units": ["E01"]}}.get(role, {})
    sign_in_as(role, **grants)
    app = open_meeting()
    labels = {each.label for each in app.button}
    assert not labels & {"Save the agenda", "Note the decision", "Freeze the figures"}
    if role in (Role.LEADER, Role.STEWARD):
        assert table(app, "Screen")[0] == "1. What became of the decisions"
    else:
        # Meetings are the district's; who sees a part of it finds none here.
        assert not lists(app)


def test_a_right_taken_away_meanwhile_saves_nothing(
    met: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = open_meeting()
    with writing(met) as connection:
        connection.exec_driver_sql("UPDATE accounts SET role = 'leader'")
    cache.forget_viewers()
    for button in app.button:
        if button.label in ("Save the agenda", "Note the decision"):
            button.click()
    app.run()
    assert log(met, Event.AGENDA_SAVED) == log(met, Event.DECISION_NOTED) == []


def test_items_are_put_in_order_by_their_numbers_and_new_ones_come_last():
    rows = [
        {"number": 2, "screen": "OVERDUE", "node": "sector:EDU"},
        {"number": None, "screen": "TASKS", "node": DISTRICT},
        {"number": 1, "screen": "OVERVIEW", "node": None},
        {"number": 2, "screen": "FUNDS", "node": DISTRICT},
        {"number": 3, "screen": None, "node": DISTRICT},
    ]
    assert in_order(rows) == (
        Item(AgendaScreen.OVERVIEW),
        Item(AgendaScreen.OVERDUE, "sector:EDU"),
        Item(AgendaScreen.FUNDS),
        Item(AgendaScreen.TASKS),
    )


def test_decisions_stand_with_their_state_as_of_today(
    met: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = open_meeting()
    assert table(app, "Decision") == ["限期*整改*", "另行研究"]
    assert table(app, "Standing") == ["● Overdue", "◆ Open"]


def test_a_decision_is_noted_and_taken_back_on_the_page(
    met: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.COMMITTEE)
    app = open_meeting()
    app.text_area(key="deciding-text").set_value("请单位说明")
    app.selectbox(key="deciding-unit").set_value("S01")
    app = press(app, "Note the decision")
    assert table(app, "Decision")[-1] == "请单位说明"
    assert "Decision 3 is noted." in [each.value for each in app.success]
    assert log(met, Event.DECISION_NOTED) == ["M1 3"]
    app = press(app, "Take it back")
    assert table(app, "Decision") == ["限期*整改*", "另行研究"]
    assert not app.success
    assert log(met, Event.REMOVED)[0].endswith("decisions")


def test_who_sees_one_unit_sees_what_was_decided_for_it_alone(
    met: Engine, sign_in_as: SignIn, english: None
) -> None:
    sign_in_as(Role.UNIT, units=["S01"])
    app = open_app(
        "wall", meeting="M1", item=str(len(agendas.DEFAULT)), paused="1", as_of=TODAY.isoformat()
    )
    written = "\n".join(each.value for each in app.markdown)
    assert "另行研究" in written and "整改" not in written


@pytest.mark.parametrize("decided", [True, False])
def test_the_agenda_counts_its_rows_and_names_what_the_wall_leaves_out(
    met: Engine, sign_in_as: SignIn, english: None, decided: bool
) -> None:
    if not decided:
        with writing(met) as connection:
            connection.exec_driver_sql("DELETE FROM decisions")
        cache.forget_version()
    sign_in_as(Role.COMMITTEE)
    said = "\n".join(each.value for each in open_meeting().markdown)
    wall = open_app("wall", meeting="M1", paused="1", as_of=TODAY.isoformat())
    shown = len(agendas.DEFAULT) - (not decided)
    assert f"{len(agendas.DEFAULT)} items in order" in said
    assert ("is shown once something is decided" in said) is not decided
    assert any(f"1 / {shown}" in each.value for each in (*wall.markdown, *wall.caption))


def test_before_a_meeting_its_day_is_told_and_no_form_is_offered(
    met: Engine, sign_in_as: SignIn, english: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in_as(Role.COMMITTEE)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 6, 19))
    app = open_meeting()
    said = "“第一次会议” is on 2026-06-20. Its decisions are noted from that day on."
    assert said in [each.value for each in app.info]
    assert not app.text_area
    assert "Note the decision" not in [each.label for each in app.button]
