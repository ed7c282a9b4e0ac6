"""The six ledgers of an office in their second month, dropped on the page Data."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine

from dashboard import clock
from dashboard.reads import cache
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.own_ledgers.words.stated import QuestionKind
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.account import Role
from tests.dashboard.apps import open_app
from tests.data.own_ledgers.own_files import OFFICE
from tests.data.own_ledgers.taking_cases import OCTOBER, first_answers, rows_of, take
from tests.pages.tables import lists

pytestmark = pytest.mark.usefixtures("english")

BUREAU = "区审计局"
RECTIFICATION, REPORTS, UNITS, AUDITORS, TRAININGS, FUNDS = (
    "1 审计整改台账(2026年10月).xlsx",
    "3 四类报告报送情况表.xlsx",
    "4 试点单位名册.xlsx",
    "5 内审人员花名册.xlsx",
    "6 培训签到统计.xlsx",
    "7 专项债资金台账.xlsx",
)
VANISHED = "固定资产未及时入账"
EVENTS = (
    "SELECT action, count(*) FROM rectification_events WHERE on_date > '2026-10-31' "
    "GROUP BY action ORDER BY action"
)


def rectification(sheet: Worksheet) -> None:
    """One closed, one extended, one partly paid, one vanished, one new."""
    sheet["A2"] = sheet["A2"].value.replace("10月25日", "11月30日")
    for cell, value in {
        "I19": "已完成",
        "K19": "2026-11-20",
        "L19": "已销号",
        "H20": "2027年3月底前",
        "J41": 30,
        "E38": "公务用车管理不规范。",
        "F38": 60,
    }.items():
        sheet[cell] = value
    for column in "FJ":
        cells = [sheet[f"{column}{row}"].value for row in range(5, 47)]
        sheet[f"{column}47"] = sum(each for each in cells if isinstance(each, int | float))


def funds(sheet: Worksheet) -> None:
    sheet["A1"] = sheet["A1"].value.replace("10月31日", "11月30日")
    sheet["H5"], sheet["I5"] = 2_600_000, 2_000_000


CHANGES: dict[str, Callable[[Worksheet], None]] = {
    RECTIFICATION: rectification,
    REPORTS: lambda sheet: sheet.__setitem__("J4", "√"),
    UNITS: lambda sheet: sheet.__setitem__("C5", "实验三中"),
    AUDITORS: lambda sheet: sheet.__setitem__("L4", "2026年11月调离"),
    TRAININGS: lambda sheet: None,
    FUNDS: funds,
}


def later(name: str) -> str:
    """The name of a file a month later."""
    return name.replace("(2026年10月)", "").replace(".xlsx", "(2026年11月).xlsx")


def november(folder: Path, name: str) -> Path:
    """The ledger `name` a month later, called after it; formulas stand as their results."""
    workbook = openpyxl.load_workbook(OFFICE / name, data_only=True)
    CHANGES[name](workbook.worksheets[0])
    path = folder / later(name)
    workbook.save(path)
    return path


def figures(engine: Engine) -> dict[str, Any]:
    """Every figure of October's day."""
    with reading(engine) as connection:
        found = read(connection, Scope(parse("district"), OCTOBER), catalogue(shipped()))
    return {key: each.as_json() for key, each in found.items()}


@pytest.fixture
def october(engine: Engine, monkeypatch: pytest.MonkeyPatch, sign_in_as: Any) -> dict[str, Any]:
    """The figures of October's day, after its six ledgers came in; now it is December."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 5, 4, tzinfo=UTC))
    paths = sorted(OFFICE.glob("*.xlsx"))
    answers = first_answers(take(engine, *paths), 区财政局="-")
    assert not any(each.refused for each in take(engine, *paths, answers=answers))
    sign_in_as(Role.STEWARD)
    cache.forget_version()
    return figures(engine)


def named(app: Any, kind: str, ending: str) -> Any:
    (found,) = [each for each in app.get(kind) if (each.key or "").endswith(ending)]
    return found


def test_the_rectification_ledger_asks_only_about_what_vanished(
    engine: Engine, october: dict[str, Any], tmp_path: Path
) -> None:
    file = november(tmp_path, RECTIFICATION)
    app = open_app("data")
    app.file_uploader[0].upload(file.name, file.read_bytes())
    app.run()
    named(app, "selectbox", "-sender").set_value(BUREAU).run()
    asked = [each for each in app.selectbox if QuestionKind.MISSING_ROW in (each.key or "")]
    assert [VANISHED in each.label for each in asked] == [True]
    named(app, "button", "own-ledger-confirm").click().run()
    assert not app.exception
    # The one that was closed and the new one were submitted; another was paid in part.
    assert rows_of(engine, EVENTS) == [("CLOSE", 1), ("EXTEND", 1), ("PROGRESS", 1), ("SUBMIT", 2)]
    assert figures(engine) == october


def test_the_other_ledgers_ask_nothing_and_change_what_changed(
    engine: Engine, october: dict[str, Any], tmp_path: Path
) -> None:
    app = open_app("data")
    for name in CHANGES.keys() - {RECTIFICATION}:
        file = november(tmp_path, name)
        app.file_uploader[0].upload(file.name, file.read_bytes())
    app.run()
    named(app, "selectbox", "several-sender").set_value(BUREAU).run()
    named(app, "button", "several-confirm").click().run()
    assert not app.exception
    shown = next(each.value for each in lists(app) if "Verdict" in each.value.columns)
    verdicts = dict(zip(shown["File"], shown["Verdict"], strict=True))
    taken = dict.fromkeys(map(later, (UNITS, AUDITORS, REPORTS, FUNDS)), "taken in")
    assert verdicts == {**taken, later(TRAININGS): "nothing new"}
    assert rows_of(engine, "SELECT sum(amount) FROM fund_flows WHERE on_date > '2026-10-31'") == [
        ((100 + 24) * 1_000_000,)
    ]
    assert figures(engine) == october
