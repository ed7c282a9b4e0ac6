"""Visit every screen of a role, and find faults on a page."""

from collections.abc import Iterator

from playwright.sync_api import expect

from dashboard.navigation import PAGES, PageEntry
from data.access.permission import ALLOWED, Action, viewer
from models.account import Role
from tests.browser.visit import Visit

ADMINISTRATORS = [role for role in Role if Action.SEE not in ALLOWED[role]]


def look(visit: Visit) -> list[str]:
    """The faults of the page as drawn now, in addition to those that the tab itself notes."""
    visit.charts_drawn()
    visit.fields_drawn()
    expect(visit.page.get_by_test_id("stException")).to_have_count(0)
    text = visit.main.inner_text()
    return [f"{visit.page.url}: {said}" for said in WENT_WRONG if said in text]


def menu_of(role: Role) -> list[PageEntry]:
    """The screens in the menu of `role`."""
    who = viewer("wang", "wang", role, [])
    return [entry for entry in PAGES if entry.open_to(who) and entry.listed_for(who)]


def through_the_menu(visit: Visit, role: Role, **asked: str) -> Iterator[None]:
    """Open the screens in the menu of `role` one after another."""
    visit.open(**asked)
    for entry in menu_of(role):
        visit.go(entry.name)
        yield


WENT_WRONG = ("Something went wrong", "系统出错")
