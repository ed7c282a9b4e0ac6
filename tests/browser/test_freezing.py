"""Freezing for a meeting in a real browser: freeze, look at it, come back, follow a difference."""

import re

import pytest
from playwright.sync_api import expect

from data.meetings import freezes
from data.meetings.freezes import FreezeLine
from data.nodes import DISTRICT, parse
from data.scope import everything
from data.store.database import reading
from models.account import Role
from tests.browser.visit import Visit


def frozen(served) -> tuple[FreezeLine, ...]:
    with reading(served.engine) as connection:
        return freezes.freezes(connection)


@pytest.fixture
def earlier(served) -> FreezeLine:
    """What the demonstration froze for its last meeting."""
    return frozen(served)[-1]


def test_freezing_asks_whether_it_is_meant_and_tells_what_was_frozen(enter, served):
    before = len(frozen(served))
    visit: Visit = enter(Role.COMMITTEE).open("meeting")
    button = visit.page.get_by_role("button", name="Freeze the figures")
    with visit.run():
        button.click()
    expect(visit.main).to_contain_text("a freeze cannot be undone")
    assert len(frozen(served)) == before
    visit.page.get_by_text("A freeze cannot be undone", exact=True).click()
    button.click()
    expect(visit.main.get_by_role("region", name="Frozen figures")).to_be_visible()
    assert len(frozen(served)) == before + 1
    assert visit.problems == []


def test_what_is_frozen_is_looked_at_over_pages_and_left_again(enter, earlier):
    visit: Visit = enter(Role.LEADER).open("meeting", meeting=earlier.meeting)
    visit.page.get_by_role("button", name="Look at it").click()
    visit.at("overview")
    badge = visit.key("frame-frozen")
    expect(badge).to_contain_text(earlier.meeting_name)
    visit.go("rectification")
    expect(badge).to_contain_text(earlier.meeting_name)
    expect(visit.page).to_have_url(re.compile(rf"[?&]frozen={earlier.number}(&|$)"))
    with visit.run():
        badge.get_by_role("button", name="Back to the present").click()
    expect(badge).to_have_count(0)
    expect(visit.page).not_to_have_url(re.compile("frozen="))
    assert visit.problems == []


def test_a_link_to_what_is_frozen_shows_the_figure_that_was_kept(enter, served, earlier):
    with reading(served.engine) as connection:
        scope = everything(parse(DISTRICT), earlier.as_of).as_frozen(earlier.number)
        kept = freezes.readings(connection, scope, earlier.number)["required"]
    visit: Visit = enter(Role.LEADER).open("list", figure="required", frozen=str(earlier.number))
    expect(visit.main.locator(".figure .number")).to_have_text(kept.text)
    expect(visit.main).to_contain_text(f"{kept.text} on {earlier.as_of}")


def test_a_figure_that_differs_leads_to_the_rows_that_make_the_difference(enter, earlier):
    visit: Visit = enter(Role.LEADER).open("late", frozen=str(earlier.number))
    visit.cell("late-figures", 1)
    expect(visit.page).to_have_url(re.compile("[?&]moved="))
    expect(visit.key("late-differences")).to_be_visible()
    assert visit.problems == []


def test_what_moved_since_the_meeting_leads_to_the_finding(enter):
    visit: Visit = enter(Role.LEADER).open("changes")
    visit.cell("moved-findings", 0)
    visit.at("finding")
    assert visit.problems == []
