"""Every screen as people of each role come to it by the menu.

The committee, who sees what a leader sees, looks through every tab in `test_accessibility`.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from dashboard.navigation import PAGES
from data.access.permission import ALLOWED, Action, viewer
from models.account import Role
from tests.browser.visit import Visit

WENT_WRONG = ("Something went wrong", "系统出错")
SEEING = [Role.STEWARD, Role.MANAGER, Role.UNIT]
ADMINISTRATORS = [role for role in Role if Action.SEE not in ALLOWED[role]]


def look(visit: Visit) -> list[str]:
    """What is wrong with the page as it is drawn now, beside what the tab itself notes."""
    visit.charts_drawn()
    expect(visit.page.get_by_test_id("stException")).to_have_count(0)
    text = visit.main.inner_text()
    return [f"{visit.page.url}: {said}" for said in WENT_WRONG if said in text]


def through_the_menu(visit: Visit, role: Role, **asked: str) -> Iterator[None]:
    """Opens one after the other the screens that are open to `role`."""
    visit.open(**asked)
    for entry in PAGES:
        if entry.open_to(viewer("wang", "wang", role, [])):
            visit.go(entry.name)
            yield


@pytest.mark.parametrize("role", SEEING)
def test_every_screen_is_without_an_error_and_asks_nothing_of_other_machines(enter, role):
    visit = enter(role)
    problems = [look(visit) for _ in through_the_menu(visit, role)]
    assert sum(problems, visit.problems) == []


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_administrators_get_their_page_without_an_error(enter, role):
    visit = enter(role).open()
    visit.at("administration")
    assert look(visit) + visit.problems == []
