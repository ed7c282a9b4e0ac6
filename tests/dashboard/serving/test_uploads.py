"""What a session keeps of the files that it looks at, and when it is deleted."""

import weakref

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.testing.v1 import AppTest

from dashboard.screens.data.own_ledger import more_answers
from dashboard.serving import uploads
from data.own_ledgers.memory.offers import Offers
from data.own_ledgers.words.stated import StatedFile


def script() -> None:
    """A page on which a file is opened while somebody looks at it."""
    with uploads.run_of_page():
        if st.session_state.get("looks", True):
            uploads.opened("file").setdefault("digest", "many rows")
        context = get_script_run_ctx()
        st.text(context.session_id if context else "")


@pytest.fixture
def app() -> AppTest:
    """The page, after a first look."""
    page = AppTest.from_string(
        "from tests.dashboard.serving.test_uploads import script\nscript()"
    ).run()
    assert kept(page) == {"file": {"digest": "many rows"}}
    return page


def kept(app: AppTest) -> dict:
    """What is kept of files after a run without errors."""
    assert not app.exception
    return app.session_state[uploads.OPENED]


def test_what_was_made_of_a_file_is_kept_from_run_to_run(app: AppTest) -> None:
    before = kept(app)["file"]
    assert kept(app.run())["file"] is before


def test_it_is_deleted_when_the_page_is_left(app: AppTest) -> None:
    app.session_state["looks"] = False
    assert kept(app.run()) == {}


def test_it_is_deleted_from_outside_and_made_again(app: AppTest) -> None:
    uploads.forget_opened(app.text[0].value)
    assert kept(app) == {}
    assert kept(app.run()) == {"file": {"digest": "many rows"}}


def test_the_fields_of_questions_hold_no_rows_of_the_file() -> None:
    class Watched(StatedFile):
        """One of which it can be seen whether anything still holds it."""

    stated = Watched("a.xlsx")
    seen = weakref.ref(stated)
    more = more_answers(stated, Offers({}, ()))
    del stated
    assert callable(more)
    assert seen() is None
