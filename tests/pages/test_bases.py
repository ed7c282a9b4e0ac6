"""What changes are compared with stands in the address, follows the figures, and is named."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from dashboard.reads import cache
from data.meetings import freezes
from data.store.access_log import Act
from models.account import Role
from models.days import year_before
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import NOW, TODAY, kept, workbook

pytestmark = pytest.mark.usefixtures("english")

DAY = TODAY.isoformat()
OVERDUE = {"unit": "E01", "due_on": date(2026, 3, 10)}
MEETING = {"code": "M1", "name": "第一次会议", "on_date": date(2026, 6, 20)}


def told(page: str, **asked: str) -> str:
    app = open_app(page, as_of=DAY, **asked)
    assert not app.exception
    return " ".join(each.value for each in [*app.markdown, *app.caption, *app.error])


@pytest.fixture
def full(engine: Engine) -> Engine:
    """The database with a meeting and an overdue finding."""
    kept(engine, workbook(meetings=[MEETING], findings=[{"code": "F1", **OVERDUE}]))
    cache.forget_version()
    return engine


@pytest.mark.parametrize(
    ("word", "since"),
    [("month-end", "2026-05-31"), ("last-year", "2025-06-30"), ("2026-01-15", "2026-01-15")],
)
def test_a_base_is_a_word_that_follows_the_figures_or_a_day(
    sign_in_as: SignIn, full: Engine, word: str, since: str
) -> None:
    sign_in_as(Role.LEADER)
    assert f"{since} → {DAY}" in told("changes", since=word)


def test_without_a_choice_the_last_meeting_is_compared_with(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    assert f"2026-06-20 → {DAY}" in told("changes")


def test_what_is_no_base_is_refused_in_words(sign_in_as: SignIn, full: Engine) -> None:
    sign_in_as(Role.LEADER)
    assert "“fortnight” is not a day" in told("changes", since="fortnight")


@pytest.mark.parametrize("base", ["", "month-end", "last-year", "day"])
def test_a_choice_of_base_stands_in_the_address(
    sign_in_as: SignIn, full: Engine, base: str
) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("changes", as_of=DAY, since="month-end")
    app.session_state["frame-compare"] = True
    app.run()
    chooser = next(each for each in app.radio if each.label == "Compared with")
    assert chooser.options == [
        "Last meeting",
        "End of last month",
        "Same day last year",
        "Any day",
    ]
    chooser.set_value(base).run()
    # Any day begins with the one that was compared with.
    wanted = {"": None, "day": "2026-05-31"}.get(base, base)
    assert app.query_params.get("since") == wanted


@pytest.mark.parametrize(
    ("late", "says"),
    [
        ([], "The opening is what was frozen for 第一次会议."),
        (
            [{"code": "F2", "issued_on": date(2026, 2, 1), **OVERDUE}],
            "Frozen for 第一次会议: 1 open; the opening here is 2, as +1 were entered",
        ),
    ],
)
def test_the_flow_agrees_with_what_was_frozen_or_says_why_not(
    sign_in_as: SignIn, full: Engine, late: list[dict[str, object]], says: str
) -> None:
    freezes.freeze(full, "M1", date(2026, 6, 20), Act("li", NOW), TODAY)
    if late:
        kept(full, workbook(findings=late), day=TODAY + timedelta(1))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    assert says in told("rectification", tab="flow")


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 6, 30), date(2025, 6, 30)),
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2025, 2, 28), date(2024, 2, 28)),
    ],
)
def test_the_same_day_last_year_of_a_leap_day_is_the_28th(day: date, before: date) -> None:
    assert year_before(day) == before


def test_an_address_that_was_gone_back_to_forgets_the_view_it_does_not_name(
    sign_in_as: SignIn, full: Engine
) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("changes", as_of=DAY, node="unit:E01")
    app.query_params["node"] = ""
    app.run()
    assert app.selectbox(key="frame-node").value == "district"
    assert "node" not in app.query_params
    assert app.query_params["as_of"] in (DAY, [DAY])
