"""A draft is taken over into the form to note a decision, and is changed or noted from there."""

from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import clock
from dashboard.i18n import say
from dashboard.reads import cache
from data.meetings import drafts
from data.meetings.drafts import Draft
from data.nodes import DISTRICT, parse
from data.scope import everything
from data.store.database import reading
from models.account import Role
from models.rules.light import Light
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import RENAMED, TODAY, kept, workbook

pytestmark = pytest.mark.usefixtures("english")

MEETING = "M1"
LONG_OVERDUE = {"issued_on": date(2025, 1, 1), "due_on": date(2025, 6, 1)}


@pytest.fixture
def met(engine: Engine, sign_in_as: SignIn, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A meeting, a major finding overdue for long, and a key task that asks for co-ordination."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    kept(
        engine,
        workbook(
            units=[{"code": "E01", "name": "单位E01"}, {"code": "S01", "name": "单位S01"}],
            sectors=[{}],
            grid_elements=[{"unit": "E01"}, {"unit": "S01"}],
            meetings=[{"code": MEETING, "on_date": date(2026, 6, 20)}],
            findings=[{"unit": "E01", "severity": "MAJOR", "title": "挪用*专款*", **LONG_OVERDUE}],
            key_tasks=[{"name": "清产核资"}],
            task_progress=[{"needs_help": True}],
        ),
        correct=RENAMED,
    )
    cache.forget_version()
    sign_in_as(Role.COMMITTEE)
    return engine


def opened() -> AppTest:
    app = open_app("meeting", meeting=MEETING, as_of=TODAY.isoformat())
    assert not app.exception
    return app


def offered(engine: Engine) -> dict[Light, Draft]:
    """The drafts of the district, one of each light here."""
    with reading(engine) as connection:
        found = drafts.drafts(connection, everything(parse(DISTRICT), TODAY))
    return {draft.matter.light: draft for draft in found}


def pick(app: AppTest, draft: Draft) -> AppTest:
    """Choose `draft` in the list of drafts."""
    picker = app.selectbox(key="deciding-draft")
    (option,) = (each for each in picker.options if say(draft.matter.what) in each)
    picker.select(option)
    app.run()
    assert not app.exception
    return app


def in_form(app: AppTest) -> tuple[str | None, object]:
    """The words and the unit that stand in the form."""
    return app.text_area(key="deciding-text").value, app.selectbox(key="deciding-unit").value


def note(app: AppTest) -> AppTest:
    (button,) = (each for each in app.button if each.label == "Note the decision")
    button.click().run()
    assert not app.exception and not app.error
    return app


def noted(engine: Engine) -> list[tuple[object, ...]]:
    with reading(engine) as connection:
        found = connection.exec_driver_sql("SELECT text, unit FROM decisions ORDER BY number")
        return [tuple(row) for row in found]


def test_every_matter_that_needs_a_decision_is_offered_with_its_unit(met: Engine) -> None:
    options = opened().selectbox(key="deciding-draft").options
    assert len(options) == len(offered(met)) == 2
    (of_unit,) = (each for each in options if "挪用*专款*" in each)
    assert of_unit.startswith("单位E01")


def test_a_draft_that_is_picked_fills_the_form_and_is_noted_as_it_stands(met: Engine) -> None:
    draft = offered(met)[Light.RED]
    app = pick(opened(), draft)
    assert in_form(app) == (say(draft.words), "E01")
    assert noted(met) == []
    note(app)
    assert noted(met) == [(say(draft.words), "E01")]


def test_a_draft_about_the_district_names_no_unit(met: Engine) -> None:
    draft = offered(met)[Light.YELLOW]
    app = pick(pick(opened(), offered(met)[Light.RED]), draft)
    assert in_form(app) == (say(draft.words), None)


def test_words_may_be_changed_before_they_are_noted(met: Engine) -> None:
    app = pick(opened(), offered(met)[Light.RED])
    app.text_area(key="deciding-text").set_value("另行研究")
    note(app)
    assert noted(met) == [("另行研究", "E01")]


def test_once_a_decision_is_noted_no_draft_is_picked(met: Engine) -> None:
    app = note(pick(opened(), offered(met)[Light.RED]))
    assert app.selectbox(key="deciding-draft").value is None
    draft = offered(met)[Light.YELLOW]
    assert in_form(pick(app, draft)) == (say(draft.words), None)
