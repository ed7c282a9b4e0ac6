"""What one run shows is one state of the data, though somebody writes while it is drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Connection
from sqlmodel import SQLModel
from streamlit.testing.v1 import AppTest

import models.tables  # noqa: F401
from dashboard import reads
from dashboard.reads import cache
from dashboard.reads.one_state import MOST, one_state
from data.store import data_version
from data.store.database import connect, writing

WRITES: list[int] = []
"""How often somebody still writes between the two questions of a run."""


def figure(connection: Connection) -> int:
    return data_version.current(connection)


def rows(connection: Connection) -> int:
    return data_version.current(connection)


AFTER: list[int] = []
"""How often somebody still writes after the button of a page was clicked."""
DONE: list[int] = []
"""What that button has done."""


def script_with_a_button() -> None:
    """A page with a button below its questions; what it does changes data, and asks again."""
    with one_state():
        reads.ask_now(figure)
        somebody_writes(WRITES)
        reads.ask_now(rows)
        if st.button("do"):
            DONE.append(1)
            somebody_writes([1])
            cache.forget_version()
            reads.ask_now(figure)
            somebody_writes(AFTER)
            reads.ask_now(rows)


def somebody_writes(still: list[int]) -> None:
    if still:
        still.pop()
        with writing(cache.engine()) as connection:
            data_version.bump(connection)


def script() -> None:
    """A page with a figure and its list, between which somebody writes."""
    with one_state():
        first = reads.ask_now(figure)
        somebody_writes(WRITES)
        st.text(f"{first} {reads.ask_now(rows)}")


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page, on a database that was written to once."""
    engine = connect(f"sqlite:///{tmp_path / 'gridlight.sqlite'}")
    SQLModel.metadata.create_all(engine)
    with writing(engine) as connection:
        data_version.bump(connection)
    monkeypatch.setattr(cache, "engine", lambda: engine)
    cache.forget_version()
    WRITES.clear()
    yield AppTest.from_string("from tests.dashboard.test_one_state import script\nscript()")
    engine.dispose()


def shown(app: AppTest) -> list[str]:
    assert not app.exception
    return app.text[0].value.split()


def test_a_write_between_two_questions_does_not_mix_states(app: AppTest) -> None:
    WRITES.append(1)
    assert shown(app.run()) == ["2", "2"]


@pytest.mark.parametrize(("before", "after"), [(1, 0), (2, 0), (0, 1), (1, 1)])
def test_a_click_is_done_once_though_somebody_writes_before_it_or_after(
    app: AppTest, before: int, after: int
) -> None:
    called = "from tests.dashboard.test_one_state import script_with_a_button as page"
    page = AppTest.from_string(f"{called}\npage()").run()
    DONE.clear()
    # Nothing is answered yet of the state that the click finds.
    somebody_writes([1])
    cache.forget_version()
    WRITES.extend([1] * before)
    AFTER.extend([1] * after)
    page.button[0].click().run()
    assert not page.exception and not WRITES and not AFTER
    assert DONE == [1]
    page.run()
    assert DONE == [1]


def test_a_page_of_one_state_comes_though_somebody_writes_in_every_run(app: AppTest) -> None:
    WRITES.extend([1] * (MOST + 5))
    first, second = shown(app.run())
    assert first == second
    assert len(WRITES) == 4


def test_a_run_on_a_snapshot_that_writes_shows_what_it_wrote(app: AppTest) -> None:
    with cache.one_snapshot():
        before = reads.ask_now(figure)
        with writing(cache.engine()) as connection:
            data_version.bump(connection)
        assert reads.ask_now(rows) == before
        cache.forget_version()
        assert reads.ask_now(rows) == before + 1


def test_a_run_that_writes_shows_what_it_wrote(app: AppTest) -> None:
    with cache.one_version():
        before = reads.ask_now(figure)
        with writing(cache.engine()) as connection:
            data_version.bump(connection)
        cache.forget_version()
        assert reads.ask_now(rows) == before + 1
