"""A click on a bar, segment, dot or cell opens the rows it stands for; a table offers the same."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import going
from dashboard.reads import cache
from dashboard.widgets import ways
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import TODAY, kept, workbook
from tests.pages.chart_rows import click_chart
from tests.pages.tables import click_row, tables_of_charts

pytestmark = pytest.mark.usefixtures("english")

DAY = TODAY.isoformat()
LEDGERS: dict[str, list[dict[str, Any]]] = {
    "findings": [
        {"code": "F1", "unit": "E01", "due_on": date(2026, 6, 20)},
        {"code": "F2", "unit": "S01", "severity": "MAJOR", "due_on": date(2026, 3, 1)},
    ],
    "reports": [{"unit": "E01", "kind": "PLAN", "due_on": date(2026, 3, 1)}],
    "disposals": [{"code": "D1", "unit": "E01", "due_on": date(2026, 3, 1)}],
}


@pytest.fixture
def full(engine: Engine) -> Engine:
    """The database with overdue findings, a missing report and a late disposal."""
    kept(engine, workbook(**LEDGERS))
    cache.forget_version()
    return engine


@pytest.fixture
def went(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str | None]]]:
    """Where clicks led to."""
    found: list[tuple[str, dict[str, str | None]]] = []
    monkeypatch.setattr(going, "go", lambda to, **asked: found.append((to, asked)))
    monkeypatch.setattr(ways, "go", lambda to, **asked: found.append((to, asked)))
    return found


def opened(page: str, **asked: str) -> AppTest:
    return open_app(page, as_of=DAY, **asked)


@pytest.mark.parametrize(
    ("page", "asked", "chart", "code", "to", "named"),
    [
        ("rectification", {}, "rectification-bands", "1-30", "list", {"bucket": "1-30"}),
        (
            "rectification",
            {},
            "rectification-severity",
            "MAJOR UNRECTIFIED",
            "rectification",
            {"tab": "ledger", "severity": "MAJOR", "status": "UNRECTIFIED"},
        ),
        (
            "rectification",
            {"tab": "flow"},
            "rectification-flow",
            "NEW",
            "changes",
            {"way": "issued"},
        ),
        (
            "rectification",
            {"tab": "flow"},
            "rectification-trend",
            "due_rect_rate 2026-05-31",
            "list",
            {"figure": "due_rect_rate", "as_of": "2026-05-31"},
        ),
        (
            "rectification",
            {"tab": "dates"},
            "rectification-ages",
            "91-180",
            "rectification",
            {"tab": "ledger", "age": "91-180"},
        ),
        (
            "reports",
            {},
            "reports-states",
            "MISSING PLAN",
            "list",
            {"figure": "report_submission", "bucket": "PLAN"},
        ),
        (
            "disposals",
            {"tab": "course"},
            "disposals-trend",
            "FOUND 2026-05-31",
            "list",
            {"figure": "disposal_rate", "as_of": "2026-05-31"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mark_opens_the_rows_it_stands_for(
    sign_in_as: SignIn,
    full: Engine,
    went: list[tuple[str, dict[str, str | None]]],
    page: str,
    asked: dict[str, str],
    chart: str,
    code: str,
    to: str,
    named: dict[str, str],
) -> None:
    sign_in_as(Role.LEADER)
    click_chart(opened(page, **asked), chart, code)
    ((reached, parameters),) = went
    assert reached == to
    assert named.items() <= parameters.items()


def test_a_segment_of_disposals_narrows_the_list_below(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    app = opened("disposals", tab="course")
    click_chart(app, "disposals-kinds", "SHELL LATE")
    assert "tab" not in app.query_params
    assert app.query_params["kind"] == "SHELL"
    assert app.query_params["state"] == "LATE"


def test_a_chart_offers_a_table_with_its_rows_that_leads_on_as_it_does(
    sign_in_as: SignIn, full: Engine, went: list[tuple[str, dict[str, str | None]]]
) -> None:
    sign_in_as(Role.LEADER)
    app = opened("rectification")
    table = next(each for each in tables_of_charts(app) if "Days overdue" in each.value)
    assert int(table.value["Findings"].sum()) == 2
    click_row(app, "table-of-rectification-bands", 0)
    assert went[0][1]["bucket"] == "1-30"
