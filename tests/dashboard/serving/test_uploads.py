"""What a session keeps of the files that it looks at, and when it is deleted."""

import weakref

import pytest
import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
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


def made_of_a_file(weight: int) -> AppTest:
    """A page on which `weight` bytes were made of a file, while somebody looks at it."""
    return AppTest.from_string(
        f"""
import streamlit as st
from dashboard.serving import uploads
with uploads.run_of_page():
    if st.session_state.get("looks", True) and not uploads.opened("file"):
        uploads.made({weight})
        uploads.opened("file")["digest"] = "many rows"
"""
    ).run()


def test_what_was_made_longest_ago_goes_where_all_sessions_hold_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "MOST_MADE", 100)
    first, second = uploads.Opened(), uploads.Opened()
    held = {"first": first, "second": second}
    for each in held.values():
        each["file"], each.weight = {"digest": "rows"}, 60
    monkeypatch.setattr(uploads, "_opened", held)
    assert uploads._make_room("second")
    assert (first, first.weight) == ({}, 0)
    assert second == {"file": {"digest": "rows"}}
    assert not uploads._make_room("second")


def test_what_one_session_made_alone_beyond_the_bound_goes_after_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "MOST_MADE", 100)
    assert kept(made_of_a_file(100)) == {"file": {"digest": "many rows"}}
    assert kept(made_of_a_file(101)) == {}


def test_a_session_that_left_the_page_weighs_nothing() -> None:
    page = made_of_a_file(100)
    assert page.session_state[uploads.OPENED].weight == 100
    page.session_state["looks"] = False
    assert kept(page.run()) == {}
    assert page.session_state[uploads.OPENED].weight == 0


def test_the_fields_of_questions_hold_no_rows_of_the_file() -> None:
    class Watched(StatedFile):
        """One of which it can be seen whether anything still holds it."""

    stated = Watched("a.xlsx")
    seen = weakref.ref(stated)
    more = more_answers(stated, Offers({}, ()))
    del stated
    assert callable(more)
    assert seen() is None


def field() -> None:
    """A page with an upload field, which says what it was given."""
    with uploads.run_of_page():
        files = uploads.uploader_of_several("Files", types=["xlsx", "csv"], key="files")
        st.text("|".join(each.name for each in files))


@pytest.fixture
def form(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page with the field."""
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", "en")
    return AppTest.from_string(
        "from tests.dashboard.serving.test_uploads import field\nfield()"
    ).run()


def given(form: AppTest, *names: str) -> tuple[str, list[str]]:
    """The names that the page got of files sent under `names`, and the sentences it shows."""
    form.file_uploader[0].set_value([(name, b"x", "") for name in names])
    form.run()
    assert not form.exception
    return form.text[0].value, [each.value.replace("\\", "") for each in form.error]


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "ok.exe", "csv", '"a\nb', "a\nb\r\nX: y", "a.csv/..", "a" * 300],
)
def test_a_file_of_another_name_is_one_sentence_and_not_looked_at(form: AppTest, name: str) -> None:
    got, [said] = given(form, name)
    assert got == ""
    assert said.startswith("Not looked at: “")
    assert said.endswith("”. The name of a file must end in .xlsx, .csv.")
    assert len(said) < 160


def test_files_beside_it_are_looked_at(form: AppTest) -> None:
    got, [said] = given(form, "a.csv", "ok.exe", "b.XLSX", "..")
    assert got == "a.csv|b.XLSX"
    assert said.startswith("Not looked at: “ok.exe”, “..”. ")


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("a\nb\r\nX: y.csv", "a-b--X- y.csv"),
        ("a\0b.csv", "a-b.csv"),
        ("x\u202evsc.csv", "x-vsc.csv"),
        ("x\ud800.csv", "x-.csv"),
        ("第三季度 (1).xlsx", "第三季度 (1).xlsx"),
    ],
    ids=["line ends", "zero", "turned around", "half a character", "plain"],
)
def test_characters_that_no_name_may_hold_are_replaced(
    monkeypatch: pytest.MonkeyPatch, name: str, kept_as: str
) -> None:
    manager = MemoryUploadedFileManager("/upload")
    manager.add_file("abc", UploadedFileRec("f-1", name, "", b"x"))

    class Running:
        uploaded_file_mgr = manager
        exists = staticmethod(lambda: True)

        @staticmethod
        def instance() -> "Running":
            return Running()

    monkeypatch.setattr(uploads, "Runtime", Running)
    uploads.clean_names("abc")
    uploads.clean_names("of nobody")
    [record] = manager.get_files("abc", ["f-1"])
    assert (record.name, record.data) == (kept_as, b"x")


def test_the_browser_still_offers_files_of_these_types_only(form: AppTest) -> None:
    assert sorted(form.file_uploader[0].allowed_type) == [
        ".csv",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
