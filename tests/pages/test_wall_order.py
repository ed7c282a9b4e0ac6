"""In which order the wall tells: overdue decisions, late units and weak sectors first."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Metric

from dashboard import clock
from dashboard.reads import cache
from dashboard.wall import findings
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import kept, workbook
from tests.pages.chart_rows import rows

pytestmark = pytest.mark.usefixtures("english")

LAST, NEXT = "M1", "M2"


@pytest.fixture(autouse=True)
def full(engine: Engine, sign_in_as: SignIn) -> None:
    """Four decisions that stand differently, two of the present meeting, and overdue findings."""
    today = clock.today()
    past, ahead = today - timedelta(40), today + timedelta(40)
    committee = {"kind": "COMMITTEE"}
    kept(
        engine,
        workbook(
            meetings=[
                {"code": LAST, "on_date": today - timedelta(90), **committee},
                {"code": NEXT, "on_date": today - timedelta(1), **committee},
            ],
            decisions=[
                {"meeting": LAST, "number": 1, "text": "按期", "due_on": past}
                | {"done_on": past - timedelta(1)},
                {"meeting": LAST, "number": 2, "text": "办迟", "due_on": past}
                | {"done_on": past + timedelta(5)},
                {"meeting": LAST, "number": 3, "text": "在办", "due_on": ahead},
                {"meeting": LAST, "number": 4, "text": "超期", "due_on": past},
                {"meeting": NEXT, "number": 1, "text": "先议", "due_on": ahead},
                {"meeting": NEXT, "number": 2, "text": "后议", "due_on": ahead},
            ],
            findings=[
                {"code": "S1", "unit": "S01"},
                *({"code": f"E{at}", "unit": "E01"} for at in range(3)),
            ],
            grid_elements=[
                {"unit": "E01", "element": element}
                for element in ("GRID", "DUTIES", "TASKS", "MECHANISMS")
            ],
        ),
        day=today,
    )
    cache.forget_version()
    sign_in_as(Role.COMMITTEE)


def slide(title: str) -> AppTest:
    """The slide of the agenda with this title."""
    for item in range(1, 15):
        app = open_app(
            "wall", meeting=NEXT, item=str(item), paused="1", as_of=clock.today().isoformat()
        )
        assert not app.exception
        if any(each.value.startswith(f"**{title} · ") for each in app.markdown):
            return app
    raise LookupError(title)


def places(app: AppTest, *texts: str) -> list[str]:
    """`texts` in the order in which they stand on the wall."""
    said = "\n".join(each.value for each in app.markdown)
    assert all(text in said for text in texts)
    return sorted(texts, key=said.index)


def test_the_opening_begins_with_what_is_overdue_and_counts_what_was_done_late() -> None:
    app = slide("What became of the decisions")
    assert app.metric[0].value == "2 / 4"
    assert places(app, "按期", "办迟", "在办", "超期") == ["超期", "在办", "办迟", "按期"]


def test_the_decisions_of_this_meeting_begin_with_the_latest() -> None:
    assert places(slide("Decisions of this meeting"), "先议", "后议") == ["后议", "先议"]


def test_units_with_most_overdue_findings_come_first() -> None:
    shown = rows(slide("Overdue findings"), "code", "value")
    assert shown == [("E01", 3), ("S01", 1)]


def test_sectors_with_the_lowest_share_come_first() -> None:
    shown = rows(slide("One net"), "code", "value", having="SOE")
    assert shown == [("SOE", 0.0), ("EDU", 1.0)]


def test_findings_of_one_title_have_a_bar_each():
    assert findings.distinct(["甲 · 乙", "丙", "甲 · 乙"]) == ["甲 · 乙", "丙", "甲 · 乙 (2)"]


def shaded(block: Block, shade: str = "bad", *, within: bool = False) -> Iterator[str]:
    """The labels of the numbers that are written in red, or in the colour `shade`."""
    for child in block.children.values():
        if isinstance(child, Block):
            named = getattr(child.proto, "id", "")
            yield from shaded(child, shade, within=within or f"wall-{shade}-number" in named)
        elif within and isinstance(child, Metric):
            yield child.label


def test_numbers_of_what_is_late_are_red_and_others_are_not() -> None:
    assert list(shaded(slide("What became of the decisions").main)) == ["Overdue"]
    assert [each.partition(" (")[0] for each in shaded(slide("Overdue findings").main)] == [
        "Overdue findings"
    ]


def test_idle_money_is_yellow_as_on_the_desk(engine: Engine) -> None:
    today = clock.today()
    paid = {"project": "P1", "on_date": today - timedelta(200), "stage": "DISBURSED", "amount": 5}
    approved = {"code": "P1", "unit": "E01", "kind": "OTHER", "approved": 9}
    approved |= {"approved_on": today - timedelta(300)}
    kept(engine, workbook(fund_projects=[approved], fund_flows=[paid]), day=today)
    cache.forget_version()
    main = slide("Major funds").main
    assert [each.removesuffix(" ◐") for each in shaded(main, "warn")] == ["Idle funds"]
    assert not list(shaded(main))
