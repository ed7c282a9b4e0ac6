"""Parts of pages that hold no control: drawn once for a question, and never for another one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from sqlmodel import SQLModel
from streamlit.testing.v1 import AppTest

import models.tables  # noqa: F401
from dashboard.frame.view import View
from dashboard.i18n import language, use_language
from dashboard.reads import cache
from dashboard.widgets.drawing import still
from dashboard.widgets.place import Place, on_wall
from data.access.permission import viewer
from data.nodes import DISTRICT, parse
from data.scope import everything
from data.store import data_version
from data.store.database import connect, writing
from models.account import Role

DAY = date(2026, 6, 30)
DRAWN: list[str] = []
"""What `part` drew, whenever it ran."""
ASKED: list[tuple[View, str]] = []
"""For whom the script draws it, and in which language."""


@still
def part(view: View, more: str = "") -> None:
    said = f"{view.viewer.account} {view.as_of} {language()} {st.query_params.get('kind')} {more}"
    DRAWN.append(said)
    st.markdown(said)
    left, right = st.columns(2)
    left.metric("Left", said)
    with right:
        st.metric("Right", said)


def script() -> None:
    ((view, spoken),) = ASKED
    with use_language(spoken):
        part(view, more="more")


@pytest.fixture
def view() -> View:
    """What a leader asks of the district."""
    scope = everything(parse(DISTRICT), DAY)
    return View(viewer("wang", "wang", Role.LEADER, []), scope, date(2026, 5, 31))


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: View) -> Iterator[AppTest]:
    """A page with a still part, on an empty database."""
    engine = connect(f"sqlite:///{tmp_path / 'gridlight.sqlite'}")
    SQLModel.metadata.create_all(engine)
    monkeypatch.setattr(cache, "engine", lambda: engine)
    cache.forget_version()
    DRAWN.clear()
    ASKED[:] = [(view, "en")]
    yield AppTest.from_string(
        "from tests.dashboard.widgets.test_still import script\nscript()"
    ).run()
    engine.dispose()


def shown(app: AppTest) -> list[str]:
    """The texts on the page, in their order."""
    assert not app.exception
    return [app.markdown[0].value, *(metric.value for metric in app.metric)]


def test_it_looks_the_same_though_it_was_not_drawn_again(app):
    first = shown(app)
    assert shown(app.run()) == first == ["wang 2026-06-30 en None more"] * 3
    assert [metric.label for metric in app.columns[1].metric] == ["Right"]
    assert len(DRAWN) == 1


def test_another_language_gets_its_own(app, view):
    ASKED[:] = [(view, "zh_CN")]
    assert "zh_CN" in shown(app.run())[0]


def test_another_address_gets_its_own(app):
    app.query_params["kind"] = "SOE"
    assert "SOE" in shown(app.run())[0]


@pytest.mark.parametrize(
    "other",
    [
        {"viewer": viewer("li", "li", Role.LEADER, [])},
        {"scope": everything(parse(DISTRICT), date(2026, 6, 29))},
        {"since": date(2026, 1, 1)},
    ],
    ids=["viewer", "day", "day compared with"],
)
def test_another_view_gets_its_own(app, view, other):
    ASKED[:] = [(replace(view, **other), "en")]
    app.run()
    assert len(DRAWN) == 2


def test_changed_data_is_drawn_anew(app):
    with writing(cache.engine()) as connection:
        data_version.bump(connection)
    cache.forget_version()
    app.run()
    assert len(DRAWN) == 2


def test_on_a_wall_it_is_drawn_for_its_place(app, view):
    with use_language("en"), on_wall(Place(830, 480)):
        part(view, more="wall")
        part(view, more="wall")
    assert len(DRAWN) == 3
