"""Parts of pages that hold no field: drawn once for a question, and never for another one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import streamlit as st
from sqlmodel import SQLModel
from streamlit.testing.v1 import AppTest

import models.tables  # noqa: F401
from dashboard import clock
from dashboard.frame.view import View
from dashboard.i18n import language, use_language
from dashboard.reads import cache, questions
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.place import Place, on_wall
from dashboard.widgets.tables import table
from data.access.permission import viewer
from data.nodes import DISTRICT, parse
from data.scope import everything
from data.store import data_version
from data.store.database import connect, writing
from models.account import Role
from tests.pages.tables import click_row, lists

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
    st.space("xsmall")
    with st.expander("More"):
        st.markdown(said)


def script() -> None:
    ((view, spoken),) = ASKED
    with use_language(spoken):
        part(view, more="more")


PICKED: list[int] = []
"""The rows that were clicked."""


@still
def leading(view: View) -> None:
    """A part whose rows lead on."""
    DRAWN.append("leading")
    with st.container(border=True):
        heading("Units", "worst first")
        table({"Unit": ["U1", "U2"]}, key="units", says="Units", on_pick=PICKED.append)


@still
def asking(view: View) -> None:
    """A part with a field, which may hold something else for everybody."""
    DRAWN.append("asking")
    st.text_input("Words", key="words")


def several() -> None:
    ((view, _spoken),) = ASKED
    if st.query_params.get("above"):
        st.caption("Something above")
    leading(view)
    st.caption("Below")
    asking(view)


@pytest.fixture
def view() -> View:
    """What a leader asks of the district."""
    scope = everything(parse(DISTRICT), DAY)
    return View(
        viewer("wang", "wang", Role.LEADER, []), scope, date(2026, 5, 31), date(2026, 6, 30)
    )


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: View) -> Iterator[AppTest]:
    """A page with a still part, on an empty database."""
    engine = connect(f"sqlite:///{tmp_path / 'gridlight.sqlite'}")
    SQLModel.metadata.create_all(engine)
    monkeypatch.setattr(cache, "engine", lambda: engine)
    cache.forget_version()
    DRAWN.clear()
    PICKED.clear()
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
    assert [each.value for each in app.expander[0].markdown] == first[:1]
    assert len(DRAWN) == 1


@pytest.fixture
def page(app: AppTest) -> AppTest:
    """A page with two parts, of which one leads on and the other has a field."""
    return AppTest.from_string(
        "from tests.dashboard.widgets.test_still import several\nseveral()"
    ).run()


def test_its_rows_lead_on_though_it_was_not_drawn_again(page: AppTest) -> None:
    click_row(page.run(), "units", 1)
    assert not page.exception
    assert PICKED == [1]
    assert DRAWN.count("leading") == 1


def test_its_rows_lead_on_for_somebody_else_who_never_had_it_drawn(page: AppTest) -> None:
    another = AppTest.from_string(
        "from tests.dashboard.widgets.test_still import several\nseveral()"
    ).run()
    click_row(another, "units", 0)
    assert not another.exception
    assert PICKED == [0]
    assert DRAWN.count("leading") == 1


def test_it_stands_where_the_page_has_come_to(page: AppTest) -> None:
    page.query_params["above"] = "1"
    page.run()
    page.run()
    assert [each.value for each in page.caption] == ["Something above", "Below"]
    assert [each.value for each in page.markdown] == ["**Units** :gray[worst first]"]
    assert [each.widget for each in lists(page)] == [lists(page)[0].widget]
    assert DRAWN.count("leading") == 2


def test_a_part_with_a_field_is_drawn_each_time_and_keeps_what_is_typed(page: AppTest) -> None:
    page.text_input[0].input("typed").run()
    assert page.text_input[0].value == "typed"
    assert DRAWN.count("asking") == 2


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


def test_the_next_day_it_is_drawn_anew(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    app.run()
    assert len(DRAWN) == 2


def test_an_address_longer_than_pages_make_is_not_kept(app: AppTest) -> None:
    app.query_params["kind"] = "x" * (questions.LONGEST_ADDRESS + 1)
    app.run()
    app.run()
    assert len(DRAWN) == 3
