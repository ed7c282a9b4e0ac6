"""Figures lead to lists, rows to findings, breadcrumbs back, and the address says where one is."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlmodel import col

from data.store import access_log
from data.store.database import reading
from models.account import Event, Role
from models.grid import Unit
from tests.browser.visit import Visit


def asked(name: str, value: str) -> re.Pattern[str]:
    """An address that asks for `value` under `name`."""
    return re.compile(rf"[?&]{name}={value.replace(':', '(:|%3A)')}(&|$)")


@pytest.fixture
def finding(enter) -> Visit:
    """A tab that came to a finding from the figure of those overdue, by its list."""
    visit = enter(Role.LEADER).open("overview")
    tile = visit.page.locator(".figure").filter(has_text="Overdue findings").first
    number = tile.locator(".number").inner_text()
    tile.get_by_role("link").click()
    visit.at("list")
    expect(visit.main.locator(".figure .number")).to_have_text(number)
    expect(visit.main).to_contain_text(f"{number} on")
    visit.cell("listing-rows", 0)
    visit.at("finding")
    return visit


def test_figure_leads_to_its_list_and_a_row_to_its_finding(finding):
    expect(finding.page).to_have_url(re.compile("finding="))
    expect(finding.title).to_have_text("What became of this finding?")
    # A day is no number with a unit, which would be set in two sizes.
    original = finding.page.locator(".figure").filter(has_text="Original limit").first
    expect(original.locator(".number")).to_have_text(re.compile(r"^\d{4}-\d\d-\d\d$"))
    assert finding.problems == []


def test_breadcrumb_leads_from_a_finding_to_its_unit_and_to_the_overview(finding):
    unit = finding.key("trail").get_by_role("link").last
    called = unit.inner_text()
    unit.click()
    finding.at("unit")
    expect(finding.main.get_by_role("heading", level=2).first).to_contain_text(called)
    finding.page.go_back()
    finding.at("finding")
    finding.key("trail").get_by_role("link").first.click()
    finding.at("overview")
    expect(finding.page).not_to_have_url(re.compile("finding="))


def test_choosing_a_node_writes_it_into_the_address(enter):
    visit = enter(Role.LEADER).open("coverage")
    visit.key("frame-node").get_by_role("combobox").click()
    with visit.run():
        visit.page.get_by_role("option", name="Sector:").first.click()
    expect(visit.page).to_have_url(re.compile(r"[?&]node=sector(:|%3A)\w+"))


def test_language_changes_and_page_node_and_day_stay(enter):
    visit = enter(Role.LEADER).open("reports", node="kind:SOE", as_of="2026-03-31")
    english = visit.title.inner_text()
    visit.key("frame-account").get_by_role("button").click()
    with visit.run():
        visit.key("frame-language").get_by_text("中文").click()
    expect(visit.title).not_to_have_text(english)
    expect(visit.page.locator("html")).to_have_attribute("lang", "zh-CN")
    visit.at("reports")
    for name, value in {"lang": "zh_CN", "node": "kind:SOE", "as_of": "2026-03-31"}.items():
        expect(visit.page).to_have_url(asked(name, value))


@pytest.fixture
def foreign(served) -> Unit:
    """A unit that the demonstration's unit account has nothing to do with."""
    with reading(served.engine) as connection:
        last = select(Unit).order_by(col(Unit.code).desc()).limit(1)
        return Unit(**connection.execute(last).mappings().one())


@pytest.mark.parametrize("page", ["unit", "rectification", "overview"])
def test_link_to_a_unit_of_others_is_answered_like_one_that_is_not_and_logged(
    enter, served, foreign, page
):
    visit = enter(Role.UNIT).open(page, node=f"unit:{foreign.code}")
    expect(visit.main.get_by_role("alert")).to_have_text("No such unit.")
    expect(visit.main).not_to_contain_text(foreign.name)
    with reading(served.engine) as connection:
        latest = access_log.entries(connection, account="demo-unit", limit=1)
    assert [(e.what, e.subject) for e in latest] == [(Event.ACCESS_REFUSED, f"unit:{foreign.code}")]


def test_one_step_back_leads_to_the_tab_and_the_place_one_came_from(enter):
    visit = enter(Role.LEADER).open("rectification")
    with visit.run():
        visit.page.get_by_role("tab", name="Ledger").click()
    scroller = visit.page.get_by_test_id("stMain")
    rows = visit.main.locator("tbody .whole")
    visit.main.get_by_role("button", name=re.compile("^Show all")).click()
    rows.nth(60).scroll_into_view_if_needed()
    place = scroller.evaluate("(main) => main.scrollTop")
    assert place > 0
    rows.nth(60).click()
    visit.at("finding")
    lit = visit.page.locator('[data-testid="stTopNavLink"][data-lit]')
    expect(lit).to_have_text("Rectification")
    visit.page.go_back()
    visit.at("rectification")
    expect(visit.page.get_by_role("tab", name="Ledger", selected=True)).to_be_visible()
    visit.page.wait_for_function(
        "(place) => document.querySelector('[data-testid=stMain]').scrollTop === place", arg=place
    )
    visit.page.go_back()
    expect(visit.page).not_to_have_url(re.compile("tab="))
    assert visit.problems == []


def test_one_step_back_from_a_unit_is_the_district_again(enter):
    """The view is kept where an address does not name it, but not by going back."""
    visit = enter(Role.LEADER).open("overview", node="district")
    visit.page.goto(f"{visit.address}/overview?lang=en")
    visit.drawn()
    visit.main.locator("table tbody tr").first.click()
    visit.at("unit")
    expect(visit.page).to_have_url(re.compile("node=unit"))
    visit.page.go_back()
    visit.at("overview")
    expect(visit.page).to_have_url(f"{visit.address}/overview?lang=en")
    expect(visit.main.get_by_text("Units to look at first")).to_be_visible()
    assert visit.problems == []


def test_a_page_of_a_group_lights_the_group(enter):
    visit = enter(Role.LEADER).open("letters")
    lit = visit.page.locator('[data-testid="stTopNavSection"][data-lit]')
    expect(lit).to_have_text("Meeting")
    assert visit.problems == []
