"""What comes next, as it is shown: ranges, chances, the record, and what is said without any."""

from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.reads import cache
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import TODAY, kept, workbook
from tests.data.outlook_cases import AHEAD, limits
from tests.pages.chart_rows import rows
from tests.pages.tables import lists
from tests.pages.tiles import regions, shown_figures

pytestmark = pytest.mark.usefixtures("english")

LIMITS = 40


def fill(engine: Engine, each: int) -> None:
    """Findings of two units, those of E01 closed late, and one of each with a limit ahead."""
    kept(engine, workbook(**limits(each)))
    cache.forget_version()


def drawn(**query: str) -> AppTest:
    app = open_app("rectification", tab="outlook", as_of=TODAY.isoformat(), **query)
    assert not app.exception and not app.error
    return app


def metrics(app: AppTest, label: str) -> list[str]:
    return [each.value for each in shown_figures(app) if each.label == label]


def said(app: AppTest) -> str:
    return " ".join(each.value for each in app.caption)


def test_chances_are_those_of_the_group_the_likeliest_first(
    engine: Engine, sign_in_as: SignIn
) -> None:
    fill(engine, LIMITS)
    sign_in_as(Role.LEADER)
    app = drawn()
    (listed,) = (each.value for each in lists(app) if "Chance" in each.value)
    chances = [int(each.rstrip("%")) for each in listed["Chance"]]
    assert chances[0] > 80 > 20 > chances[1]
    assert list(listed["Present limit"]) == [AHEAD, AHEAD]
    assert "they are shown" in said(app)


def test_a_unit_is_told_of_its_own_findings_only(engine: Engine, sign_in_as: SignIn) -> None:
    fill(engine, LIMITS)
    sign_in_as(Role.UNIT, units=["S01"])
    app = drawn()
    (listed,) = (each.value for each in lists(app) if "Chance" in each.value)
    assert len(listed) == 1


def test_with_few_cases_the_page_says_so_and_shows_the_base_rate(
    engine: Engine, sign_in_as: SignIn
) -> None:
    fill(engine, 10)
    sign_in_as(Role.LEADER)
    app = drawn()
    (listed,) = (each.value for each in lists(app) if "Chance" in each.value)
    assert list(listed["Chance"]) == list(listed["All alike"])
    assert "fewer than 50: the base rate is shown" in said(app)


def test_the_page_says_where_what_was_known_then_is_not_kept(
    engine: Engine, sign_in_as: SignIn
) -> None:
    fill(engine, LIMITS)
    sign_in_as(Role.LEADER)
    assert "what was known then is not kept" in said(drawn())


def test_ranges_of_months_and_what_came_stand_side_by_side(
    engine: Engine, sign_in_as: SignIn
) -> None:
    fill(engine, LIMITS)
    sign_in_as(Role.LEADER)
    shown = rows(drawn(), "month", "low", "high", "came", "state")
    assert shown
    assert all(
        (state == "HELD") == (low <= came <= high) for _month, low, high, came, state in shown
    )


def test_without_a_closed_limit_nothing_is_said(engine: Engine, sign_in_as: SignIn) -> None:
    fill(engine, 0)
    sign_in_as(Role.LEADER)
    app = drawn()
    assert metrics(app, "Will pass their limit") == ["—", "—"]
    assert metrics(app, "Reports that will be late") == ["—", "—"]


def test_where_no_finding_was_entered_that_is_said(engine: Engine, sign_in_as: SignIn) -> None:
    sign_in_as(Role.LEADER)
    app = drawn()
    assert "Not entered" in said(app)
    assert not shown_figures(app)


def test_the_page_of_an_open_finding_gives_its_chance(engine: Engine, sign_in_as: SignIn) -> None:
    fill(engine, LIMITS)
    sign_in_as(Role.LEADER)
    app = open_app("finding", finding="E01-next", as_of=TODAY.isoformat())
    assert f"the limit of {AHEAD} will be passed" in said(app)
    closed = open_app("finding", finding="E01-0", as_of=TODAY.isoformat())
    assert "will be passed" not in said(closed)


def test_the_page_of_a_unit_gives_what_is_expected_of_it(
    engine: Engine, sign_in_as: SignIn
) -> None:
    fill(engine, LIMITS)
    sign_in_as(Role.LEADER)
    app = open_app("unit", node="unit:E01", as_of=TODAY.isoformat())
    (first, *_rest) = regions(app)["outlook"]["parts"]
    assert first["text"].startswith("Outlook for 30 days: findings that will pass their limit")


def test_a_day_long_ago_expects_nothing_of_what_came_later(
    engine: Engine, sign_in_as: SignIn
) -> None:
    fill(engine, LIMITS)
    sign_in_as(Role.LEADER)
    app = open_app("rectification", tab="outlook", as_of=date(2024, 1, 1).isoformat())
    assert not app.exception
    assert not shown_figures(app)
