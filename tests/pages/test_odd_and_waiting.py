"""The quality tab lists what was odd and what waits, and lets the steward settle both."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import i18n
from dashboard.reads import cache
from dashboard.screens.data import odd
from data.intake.taking import take
from data.reference.lists import shipped
from data.workbook.outgoing.writing import export
from models.account import Role
from models.rectification import Finding
from tests.dashboard.apps import open_app
from tests.data.contents import DEFAULTS, NOW, TODAY, kept, net, workbook
from tests.data.own_ledgers.taking_cases import ledger, line, rows_of, with_units
from tests.data.own_ledgers.taking_cases import take as take_own
from tests.pages.tables import lists

pytestmark = pytest.mark.usefixtures("either_language")


def _(message: str, **values: object) -> str:
    """A text of the page in the language of the installation."""
    return i18n._(message, **values)


@pytest.fixture
def quality(sign_in_as: Callable[..., str]) -> Callable[..., AppTest]:
    """Opens the quality tab."""

    def opened(role: Role = Role.STEWARD, **address: str) -> AppTest:
        cache.forget_version()
        sign_in_as(role)
        app = open_app("data", tab="quality", **address)
        assert not app.exception
        return app

    return opened


def with_odd_import(engine: Engine, folder: Path) -> None:
    """Take in a finding of long ago."""
    kept(engine, workbook(**net()))
    row = DEFAULTS["findings"] | {"issued_on": date(2014, 12, 31)}
    export(folder / "book.xlsx", [(Finding, [row])])
    taken = take(
        engine, folder / "book.xlsx", day=TODAY, account="steward", now=NOW, references=shipped()
    )
    assert taken.number is not None


def with_waiting_row(engine: Engine, folder: Path) -> None:
    """Take in an own ledger of which one row waits."""
    with_units(engine)
    path = ledger(folder / "10.xlsx", [line(1, "往来款"), line(2, "库存", unit="某某中心")])
    [taken] = take_own(engine, path, set_aside=True)
    assert taken.set_aside == 1


def tables(app: AppTest, *headings: str) -> list[Any]:
    names = {_(each) for each in headings}
    return [each.value for each in lists(app) if names <= set(each.value.columns)]


def widget(app: AppTest, kind: str, key: str) -> Any:
    (found,) = [each for each in app.get(kind) if (each.key or "").startswith(key)]
    return found


def test_what_is_odd_stands_until_it_is_confirmed(engine, quality, tmp_path, monkeypatch) -> None:
    with_odd_import(engine, tmp_path)
    app = quality()
    [shown] = tables(app, "Anomaly")
    assert list(shown[_("Row")]) == [2]
    assert widget(app, "button", "odd-confirm").disabled
    monkeypatch.setattr(odd, "choose", lambda *_, **__: (0,))
    app.run()
    widget(app, "button", "odd-confirm").click().run()
    assert not app.exception
    assert tables(app, "Anomaly") == []
    who = "SELECT count(*) FROM import_warnings WHERE confirmed_by IS NOT NULL"
    assert rows_of(engine, who) == [(1,)]


def test_who_may_not_import_sees_what_is_odd_and_confirms_nothing(
    engine, quality, tmp_path
) -> None:
    with_odd_import(engine, tmp_path)
    app = quality(Role.LEADER)
    assert len(tables(app, "Anomaly")) == 1
    assert not [each for each in app.button if each.key == "odd-confirm"]


def test_a_waiting_row_is_answered(engine, quality, tmp_path) -> None:
    with_waiting_row(engine, tmp_path)
    app = quality()
    [shown] = tables(app, "Sender", "Asked")
    assert (list(shown[_("Row")]), list(shown[_("About")])) == ([4], ["库存"])
    field = widget(app, "selectbox", "waiting-")
    field.select_index(0).run()
    widget(app, "button", "waiting-answer").click().run()
    assert not app.exception
    [shown] = tables(app, "Sender", "Asked")
    assert list(shown[_("Asked")]) == [_("answered; can be taken in")]


def test_a_waiting_row_is_taken_in_with_preview_and_receipt(engine, quality, tmp_path) -> None:
    with_waiting_row(engine, tmp_path)
    app = quality()
    widget(app, "selectbox", "waiting-").select_index(0).run()
    assert rows_of(engine, "SELECT count(*) FROM findings") == [(1,)]
    widget(app, "button", "waiting-take").click().run()
    assert not app.exception
    assert rows_of(engine, "SELECT title FROM findings ORDER BY title") == [("库存",), ("往来款",)]
    assert tables(app, "Sender", "Asked") == []
    assert "10.xlsx" in " ".join(each.value.replace("\\", "") for each in app.success)


def test_a_waiting_row_is_dropped_for_a_reason(engine, quality, tmp_path) -> None:
    with_waiting_row(engine, tmp_path)
    app = quality()
    assert widget(app, "button", "waiting-drop").disabled
    widget(app, "text_input", "waiting-why").set_value("不属本区").run()
    widget(app, "button", "waiting-drop").click().run()
    assert not app.exception
    assert tables(app, "Sender", "Asked") == []
    assert rows_of(engine, "SELECT reason FROM rows_set_aside") == [("不属本区",)]


def test_who_may_not_import_sees_rows_that_wait_and_settles_none(engine, quality, tmp_path) -> None:
    with_waiting_row(engine, tmp_path)
    app = quality(Role.LEADER)
    assert len(tables(app, "Sender", "Asked")) == 1
    assert not [each for each in app.button if (each.key or "").startswith("waiting-")]
