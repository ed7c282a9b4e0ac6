"""Several files on the page Data: a verdict each in an order that works, one press, one summary."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import i18n
from dashboard.reads import cache
from data.workbook.outgoing.writing import export
from models.account import Role
from models.registry import BY_ID
from tests.dashboard.apps import open_app
from tests.data.contents import DEFAULTS
from tests.data.own_ledgers.taking_cases import rows_of
from tests.pages.tables import lists

pytestmark = pytest.mark.usefixtures("either_language")


def _(message: str, **values: object) -> str:
    """A text of the page in the language of the installation."""
    return i18n._(message, **values)


def ours(folder: Path, name: str, **ledgers: list[dict[str, Any]]) -> Path:
    sheets = [
        (BY_ID[ledger], [DEFAULTS[ledger] | row for row in rows])
        for ledger, rows in ledgers.items()
    ]
    export(folder / name, sheets)
    return folder / name


@pytest.fixture
def app(engine: Engine, sign_in_as: Callable[..., str], tmp_path: Path) -> AppTest:
    """Three files are dropped: findings, lost findings, and the units they belong to."""
    cache.forget_version()
    sign_in_as(Role.STEWARD)
    app = open_app("data")
    files = [
        ours(tmp_path, "a.xlsx", findings=[{}]),
        ours(tmp_path, "b.xlsx", findings=[{"code": "F9", "unit": "U9"}]),
        ours(tmp_path, "c.xlsx", sectors=[{}], units=[{}]),
    ]
    for each in files:
        app.file_uploader[0].upload(each.name, each.read_bytes())
    app.run()
    assert not app.exception
    return app


def verdicts(app: AppTest) -> list[tuple[str, str]]:
    names = (_("File"), _("Verdict"))
    shown = next(each.value for each in lists(app) if set(names) <= set(each.value.columns))
    return list(zip(shown[names[0]], shown[names[1]], strict=True))


def widget(app: AppTest, kind: str, key: str) -> Any:
    (found,) = [each for each in app.get(kind) if each.key == key]
    return found


def test_each_file_has_its_verdict_units_first(app: AppTest) -> None:
    assert [file for file, _verdict in verdicts(app)] == ["c.xlsx", "a.xlsx", "b.xlsx"]
    assert verdicts(app)[0] == ("c.xlsx", _("can be taken in"))
    assert widget(app, "button", "several-confirm").disabled


def test_one_press_takes_in_what_can_be_and_sums_up(app: AppTest, engine: Engine) -> None:
    widget(app, "selectbox", "several-sender").set_value("区审计局").run()
    widget(app, "button", "several-confirm").click().run()
    assert not app.exception
    assert verdicts(app) == [
        ("c.xlsx", _("taken in")),
        ("a.xlsx", _("taken in")),
        ("b.xlsx", _("has faults")),
    ]
    said = _(
        "Taken in: {n} of {of} files; nothing new in {equal}; not taken in: {left}.",
        n=2,
        of=3,
        equal=0,
        left=1,
    )
    assert said in [each.value for each in app.warning]
    assert rows_of(engine, "SELECT code FROM findings") == [("F1",)]
    assert rows_of(engine, "SELECT DISTINCT sender FROM imports") == [("bureau",)]


def test_one_of_them_can_be_looked_at_by_itself(app: AppTest) -> None:
    widget(app, "selectbox", "several-one").select_index(2).run()
    assert not app.exception
    assert any(_("What is wrong and what to do") in each.value for each in lists(app))
