"""Every screen and every tab of it, as somebody of each role comes through the menu."""

import pytest
from playwright.sync_api import expect

from dashboard.navigation import PAGES
from data.permission import ALLOWED, Action, viewer
from models.account import Role
from tests.browser.visit import Visit

WENT_WRONG = "Something went wrong"
SEEING = [role for role in Role if Action.SEE in ALLOWED[role]]
ADMINISTRATORS = [role for role in Role if role not in SEEING]


def look(visit: Visit) -> list[str]:
    """What is wrong with the page as it is drawn now, beside what the tab itself notes."""
    visit.charts_drawn()
    expect(visit.page.get_by_test_id("stException")).to_have_count(0)
    text = visit.main.inner_text()
    return [f"{visit.page.url}: {WENT_WRONG}"] if WENT_WRONG in text else []


def look_through(visit: Visit) -> list[str]:
    """The same of every tab of the page."""
    problems = look(visit)
    tabs = visit.main.get_by_role("tab")
    for at in range(tabs.count()):
        if tabs.nth(at).get_attribute("aria-selected") != "true":
            with visit.run():
                tabs.nth(at).click()
            problems += look(visit)
    return problems


@pytest.mark.parametrize("role", SEEING)
def test_the_menu_opens_every_screen_without_an_error_and_asks_nothing_of_other_machines(
    enter, role
):
    visit = enter(role).open()
    problems = []
    for entry in PAGES:
        if entry.open_to(viewer("wang", "wang", role, [])):
            visit.go(entry.name)
            problems += look_through(visit)
    assert problems + visit.problems == []


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_administrators_get_their_page_without_an_error(enter, role):
    visit = enter(role).open()
    visit.at("administration")
    assert look(visit) + visit.problems == []
