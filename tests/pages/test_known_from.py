"""Screens say from which day on findings are known, and tell no change or trend before it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import i18n
from dashboard.elements import matters
from dashboard.reads import cache
from dashboard.widgets.drawing import literal
from models.account import Role
from tests.dashboard.apps import open_app
from tests.data.own_ledgers.taking_cases import (
    NOVEMBER,
    OCTOBER,
    ledger,
    line,
    rows_of,
    taken_in,
    with_units,
)
from tests.pages.tables import lists
from tests.pages.tiles import shown_figures

pytestmark = pytest.mark.usefixtures("either_language")


def _(message: str, **values: object) -> str:
    """A text of the page in the language of the installation."""
    return i18n._(message, **values)


@pytest.fixture
def page(engine: Engine, sign_in_as: Callable[..., str], tmp_path: Path) -> Callable[..., AppTest]:
    """Opens a page as a leader, where the bureau's first sheet was of October."""
    with_units(engine)
    rows = [line(1, "往来款", limit="2026-06-30"), line(2, "库存", state="已完成", closed="已销号")]
    taken_in(engine, ledger(tmp_path / "10.xlsx", rows))
    cache.forget_version()
    sign_in_as(Role.LEADER)

    def opened(name: str, **address: str) -> AppTest:
        app = open_app(name, **{"as_of": "2026-12-31", **address})
        assert not app.exception
        return app

    return opened


def known_from() -> str:
    sender = _("{sender} from {day}", sender="区审计局", day=OCTOBER)
    return _("Known from {day} on: {senders}.", day=OCTOBER, senders=sender)


def captions(app: AppTest) -> list[str]:
    return [each.value for each in app.caption]


def moved(app: AppTest) -> dict[str, Any]:
    """By label, the change beside a figure."""
    return {each.label: each.delta for each in shown_figures(app)}


def test_the_unit_says_it_and_tells_no_change_against_an_earlier_day(page) -> None:
    early = page("unit", node="unit:U01", since="2026-10-30")
    assert literal(known_from()) in captions(early)
    late = page("unit", node="unit:U01", since=OCTOBER.isoformat())
    name = _("Overdue findings")
    shown = [label for label in moved(late) if label in moved(early)]
    assert shown
    assert [label for label in shown if moved(late)[label] and not moved(early)[label]], name


def test_the_trend_of_rectification_begins_on_that_day(page) -> None:
    app = page("rectification", tab="flow")
    assert literal(known_from()) in captions(app)
    [days] = [each.value[_("Day")] for each in lists(app) if _("Day") in each.value]
    assert min(days) == OCTOBER
    assert NOVEMBER in list(days)


def test_a_finding_says_what_is_only_known_as_of_the_day(page, engine) -> None:
    [(code,)] = rows_of(engine, "SELECT code FROM findings WHERE title = '库存'")
    app = page("finding", finding=code)
    said = _("Known as of {day} only: {columns}", day=OCTOBER, columns="")
    assert any(each.startswith(said) for each in captions(app))


def test_the_overview_says_it(page, monkeypatch) -> None:
    notes: list[str] = []
    plain = matters.note

    def noted(told: str) -> object:
        notes.append(told)
        return plain(told)

    monkeypatch.setattr(matters, "note", noted)
    page("overview")
    assert known_from() in notes
