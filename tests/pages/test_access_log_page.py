"""“Check the chain” holds the log against the end that is noted outside the database."""

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import log_guard
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.log_changes import add as add_entry
from tests.dashboard.log_changes import cut

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def checked(sign_in_as):
    """A function that has the chain checked on the page, and returns the page."""
    sign_in_as(Role.LOG_ADMIN)

    def check() -> AppTest:
        app = open_app("administration", tab="log")
        app.button(key="log-verify").click().run()
        assert not app.exception
        return app

    return check


def test_the_page_says_up_to_where_the_log_is_proven(engine: Engine, checked) -> None:
    number = add_entry(engine)[0]
    [said] = checked().success
    assert "No end is noted outside the database yet" in said.value
    log_guard.keep_end(engine)
    add_entry(engine)
    [said] = checked().success
    assert f"Up to entry {number} the note outside the database proves" in said.value


def test_the_page_knows_that_the_end_was_cut_off(engine: Engine, checked) -> None:
    number = add_entry(engine)[0]
    log_guard.keep_end(engine)
    cut(engine)
    app = checked()
    assert not app.success
    said = f"entry {number} was noted down before and is not there; the end was cut off"
    assert [said in each.value for each in app.error] == [True]


def test_a_note_that_cannot_be_read_is_one_sentence(engine: Engine, checked) -> None:
    add_entry(engine)
    log_guard.keep_end(engine)
    log_guard.key_files.log_ends_file().write_text("{")
    [said] = checked().error
    assert "is no end of an access log" in said.value
