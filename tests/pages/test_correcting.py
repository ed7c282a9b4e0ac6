"""The page Data shows corrections by kind, old and new, and takes in just what is ticked."""

from datetime import date
from types import SimpleNamespace

import pytest
import streamlit as st
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.reads import cache
from dashboard.screens.data import correcting, importing
from dashboard.screens.data.correcting import Chosen
from data.intake.checks.corrections import RowName
from data.workbook.outgoing.writing import export
from models.account import Role
from models.rectification import Finding
from tests.dashboard.apps import open_app
from tests.data.contents import DEFAULTS, kept, workbook
from tests.pages.tables import lists

pytestmark = pytest.mark.usefixtures("english")


def corrections() -> None:
    """Three changes, of which two are of limits; what was decided about them as a text."""
    from datetime import date

    import streamlit as st

    from dashboard.screens.data.correcting import choose
    from data.intake.checks.corrections import Correction, RowName

    def found(key: str, column: str, before: object, after: object) -> Correction:
        return Correction(RowName("findings", key), column, before, after, "问题清单", 2, "问题")

    chosen = choose(
        [
            found("F1", "due_on", date(2026, 3, 10), date(2026, 4, 10)),
            found("F2", "due_on", date(2026, 3, 11), date(2026, 4, 11)),
            found("F1", "amount", 1_000_000, None),
        ],
        date(2026, 6, 30),
    )
    ticked, decided = (
        sorted(each.key for each in rows) for rows in (chosen.ticked, chosen.decided)
    )
    st.text(f"ticked: {ticked} extended: {sorted(chosen.extended.items())} decided: {decided}")


def test_corrections_are_shown_by_kind_old_and_new_with_what_to_do_first() -> None:
    app = AppTest.from_function(corrections, default_timeout=30).run()
    assert not app.exception
    amounts, limits = (frame.value for frame in lists(app))
    assert (list(amounts["Kept"]), list(amounts["New"])) == (["1"], ["—"])
    assert list(limits["Row"]) == ["F1", "F2"]
    assert list(limits["Kept"]) == [str(date(2026, 3, 10)), str(date(2026, 3, 11))]
    assert any("enter “延期” (EXTEND)" in caption.value for caption in app.caption)


def test_nothing_is_ticked_to_begin_with() -> None:
    app = AppTest.from_function(corrections, default_timeout=30).run()
    assert app.text[0].value == "ticked: [] extended: [] decided: []"


def decided(monkeypatch: pytest.MonkeyPatch, **columns: list[object]) -> str:
    """What comes of it where the tables are filled in so."""
    plain = st.data_editor

    def filled(cells: dict[str, list[object]], **how: object) -> dict[str, list[object]]:
        plain(cells, **how)
        return {**cells, **{name: columns[name] for name in columns if name in cells}}

    monkeypatch.setattr(st, "data_editor", filled)
    app = AppTest.from_function(corrections, default_timeout=30).run()
    assert not app.exception
    return str(app.text[0].value)


EXTENDED, MISTAKE = "the limit was extended", "what is kept is a mistake"


def test_a_limit_is_extended_on_a_day_or_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [date(2026, 3, 1), date(2026, 3, 2)]
    happened = {"What became of the limit": [EXTENDED, MISTAKE], "Extended on": days}
    said = decided(monkeypatch, **happened)
    # F1 has another change as well, which nobody decided about.
    assert said == "ticked: ['F2'] extended: [] decided: ['F2']"
    said = decided(monkeypatch, **happened, Correct=[True])
    assert said == (f"ticked: ['F1', 'F2'] extended: [('F1', {days[0]!r})] decided: ['F1', 'F2']")


def test_an_extension_without_a_day_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    happened = {
        "What became of the limit": [EXTENDED, EXTENDED],
        "Extended on": [None, date(2026, 3, 2)],
    }
    said = decided(monkeypatch, **happened, Correct=[True])
    assert said.endswith("decided: ['F2']")


def test_a_workbook_with_corrections_waits_until_they_are_ticked_for_a_reason(
    sign_in_as, engine, monkeypatch, tmp_path
):
    findings = [{"unit": "E01"}, {"code": "F2", "unit": "E01"}]
    kept(engine, workbook(findings=findings))
    cache.forget_version()
    book = tmp_path / "book.xlsx"
    changed = [DEFAULTS["findings"] | row | {"due_on": date(2026, 4, 10)} for row in findings]
    export(book, [(Finding, changed)])
    chosen = SimpleNamespace(name=book.name, getvalue=book.read_bytes)
    monkeypatch.setattr(importing, "uploader_of_several", lambda *_args, **_how: [chosen])
    sign_in_as(Role.STEWARD)
    app = open_app("data")
    assert not app.exception
    assert any("2 rows are not decided" in warning.value for warning in app.warning)
    (confirm,) = [each for each in app.button if each.key == "importing-confirm"]
    assert confirm.disabled
    rows = frozenset(RowName("findings", each["code"]) for each in changed)
    monkeypatch.setattr(correcting, "choose", lambda *_: Chosen(rows, decided=rows))
    app.run()
    assert any("need a reason" in warning.value for warning in app.warning)
    (reason,) = [each for each in app.text_input if each.key == "importing-reason"]
    reason.set_value("录入有误").run()
    assert any("who sent the file" in warning.value for warning in app.warning)
    (sender,) = [each for each in app.selectbox if each.key == "importing-sender"]
    sender.set_value("区审计局").run()
    (confirm,) = [each for each in app.button if each.key == "importing-confirm"]
    confirm.click().run()
    assert not app.exception
    with engine.connect() as connection:
        found = connection.execute(text("SELECT DISTINCT change, reason FROM versions")).all()
    assert found == [("CORRECTED", "录入有误")]
