"""The page Data shows what a file would do row by row, and keeps who sent a workbook."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import i18n
from dashboard.reads import cache
from data.workbook.outgoing.writing import export
from models.account import Role
from models.rectification import Finding
from tests.dashboard.apps import open_app
from tests.data.contents import DEFAULTS, kept, net, workbook
from tests.data.own_ledgers.own_files import book
from tests.data.own_ledgers.taking_cases import HEADER, line, rows_of, with_units
from tests.pages.tables import lists

pytestmark = pytest.mark.usefixtures("either_language")


def _(message: str, **values: object) -> str:
    """A text of the page in the language of the installation."""
    return i18n._(message, **values)


def file_of(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "book.xlsx"
    export(path, [(Finding, [DEFAULTS["findings"] | row for row in rows])])
    return path


@pytest.fixture
def drop(engine: Engine, sign_in_as: Callable[..., str]) -> Callable[[Path], AppTest]:
    """Chooses a file as a steward, beside one finding that is kept."""

    def chosen(file: Path) -> AppTest:
        cache.forget_version()
        sign_in_as(Role.STEWARD)
        app = open_app("data")
        app.file_uploader[0].upload(file.name, file.read_bytes())
        app.run()
        assert not app.exception
        return app

    return chosen


def table(app: AppTest, *headings: str) -> Any:
    """The first table that has these headings."""
    names = [_(each) for each in headings]
    return next(each.value for each in lists(app) if set(names) <= set(each.value.columns))


def widget(app: AppTest, kind: str, key: str) -> Any:
    (found,) = [each for each in app.get(kind) if (each.key or "").endswith(key)]
    return found


def test_new_rows_and_changed_cells_are_shown_old_and_new(engine, drop, tmp_path) -> None:
    kept(engine, workbook(**net(), findings=[{"title": "旧题"}]))
    app = drop(file_of(tmp_path, {"title": "新题"}, {"code": "F2", "title": "另一题"}))
    changed = table(app, "Column", "Kept", "New")
    assert [list(changed[_(each)]) for each in ("Key", "Kept", "New")] == [
        ["F1"],
        ["旧题"],
        ["新题"],
    ]
    new = next(
        frame.value
        for frame in lists(app)
        if _("Row of the sheet") in frame.value and _("Key") not in frame.value
    )
    assert "另一题" in new.to_numpy()
    assert list(new[_("Row of the sheet")]) == [3]


def test_figures_are_shown_before_and_after(engine, drop, tmp_path) -> None:
    kept(engine, workbook(**net(), findings=[{}]))
    app = drop(file_of(tmp_path, {}, {"code": "F2"}))
    figures = table(app, "Before", "After")
    required = figures[figures[_("Figure")] == _("Findings to be rectified")]
    assert (list(required[_("Before")]), list(required[_("After")])) == (["1"], ["2"])


def test_an_own_ledger_shows_its_rows_and_figures_too(engine, drop, tmp_path) -> None:
    with_units(engine)
    title = "审计查出问题整改台账（截至2026年10月31日）"
    rows = [[title], HEADER, line(1, "往来款", issued=date(2026, 3, 1))]
    app = drop(book(tmp_path / "10.xlsx", rows))
    new = [frame.value for frame in lists(app) if "往来款" in frame.value.to_numpy()]
    assert new
    assert _("Findings to be rectified") in list(table(app, "Before", "After")[_("Figure")])


def test_a_workbook_comes_in_once_its_sender_is_said_and_history_names_it(
    engine, drop, tmp_path
) -> None:
    kept(engine, workbook(**net()))
    app = drop(file_of(tmp_path, {}))
    assert widget(app, "button", "importing-confirm").disabled
    widget(app, "selectbox", "importing-sender").set_value("区审计局").run()
    widget(app, "button", "importing-confirm").click().run()
    assert not app.exception
    assert rows_of(engine, "SELECT sender FROM imports ORDER BY number DESC")[0] == ("bureau",)
    app.query_params["tab"] = "imports"
    app.run()
    assert "区审计局" in list(table(app, "Number", "Sender")[_("Sender")])


def test_the_file_of_a_unit_with_rows_of_another_is_refused(engine, drop, tmp_path) -> None:
    kept(engine, workbook(**net("U1", "U2")))
    app = drop(file_of(tmp_path, {"unit": "U1"}))
    widget(app, "selectbox", "importing-sender").set_value("U2").run()
    assert not app.exception
    assert "U1" in " ".join(table(app, "Value", "What is wrong and what to do").astype(str).sum())
