"""Every tab of every screen without an error, and WCAG 2.2 AA as far as a machine can tell.

The committee looks at every tab in light and a unit at every page in the dark, each in Chinese.
Those of the wall are looked at in `test_wall`, where each item is drawn.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlmodel import col

from data.store.database import reading
from models.account import Role
from models.collection import FileState, SentFile
from tests.browser.looking import UPSTREAM, Looking
from tests.browser.menu_tour import ADMINISTRATORS, menu_of, through_the_menu
from tests.browser.served import Served
from tests.browser.visit import PHONE, Visit


def beside_the_menu(visit: Visit) -> Iterator[None]:
    """Opens the pages that are reached from what they are about, and what opens on a page."""
    visit.open("list", lang="zh_CN", figure="overdue")
    yield
    visit.cell("listing-rows", 0)
    visit.at("finding")
    yield
    visit.key("frame-account").get_by_role("button").click()
    expect(visit.key("frame-language")).to_be_visible()
    yield
    for page in ("password", "sign_ins", "second_factor"):
        visit.open(page, lang="zh_CN")
        yield


def of_stewards(visit: Visit, file: int) -> Iterator[None]:
    """Opens what only stewards are offered: inbox, a file that waits there, tabs of data."""
    for page, asked in (("inbox", {}), ("sent", {"file": str(file)}), ("data", {})):
        visit.open(page, lang="zh_CN", **asked)
        yield


def waiting_file(served: Served) -> int:
    """The number of a file that was sent and is neither taken in nor returned."""
    with reading(served.engine) as connection:
        number = connection.scalar(
            select(col(SentFile.number)).where(col(SentFile.state) == FileState.SENT)
        )
    assert number is not None
    return int(number)


TABS_OF_THEIR_OWN = {"rectification", "data"}
"""Pages whose tabs draw what no page draws at first: in the dark, too, they are looked through."""
MOST_MOVED = 0.1
"""The score from which on people notice that a page moves while they read it."""


def test_every_tab_of_every_screen_keeps_to_wcag(enter):
    looking = Looking(enter(Role.COMMITTEE))
    for _ in through_the_menu(looking.visit, Role.COMMITTEE, lang="zh_CN"):
        looking.look_through()
    for _ in beside_the_menu(looking.visit):
        looking.look()
    assert looking.problems + looking.visit.problems == []


def test_in_the_dark_colours_keep_to_wcag_and_no_page_moves_once_it_is_opened(enter):
    """For a unit, which sees the same pages as others drawn of less, and its own duties."""
    looking = Looking(enter(Role.UNIT), colours_alone=True)
    visit = looking.visit
    visit.watch_moves()
    visit.page.emulate_media(color_scheme="dark")
    moved: dict[str, float] = {}
    for entry in menu_of(Role.UNIT):
        visit.open(entry.name, lang="zh_CN")
        looking.look()
        moved[entry.name] = visit.moved()
        if moved[entry.name] > MOST_MOVED:
            # Parts that come far apart move more: on a machine that is busy with other tests
            # a second opening counts.
            visit.open(entry.name, lang="zh_CN")
            moved[entry.name] = min(moved[entry.name], visit.moved())
        if entry.name in TABS_OF_THEIR_OWN:
            looking.look_at_tabs()
    assert looking.problems + visit.problems == []
    assert {page: far for page, far in moved.items() if far > MOST_MOVED} == {}


def test_in_the_dark_the_units_looked_after_and_pages_beside_the_menu_keep_to_wcag(enter):
    looking = Looking(enter(Role.MANAGER), colours_alone=True)
    visit = looking.visit
    visit.page.emulate_media(color_scheme="dark")
    visit.open("my_units", lang="zh_CN")
    looking.look()
    for _ in beside_the_menu(visit):
        looking.look()
    assert looking.problems + visit.problems == []


def test_on_a_phone_nothing_else_is_left_to_streamlit(enter):
    looking = Looking(enter(Role.COMMITTEE))
    looking.visit.page.set_viewport_size(PHONE)
    for page in ("overview", "letters"):
        looking.visit.open(page, lang="zh_CN")
        looking.look()
    assert looking.problems + looking.visit.problems == []
    assert looking.occurred == set(range(len(UPSTREAM)))


@pytest.mark.parametrize("page", ["overview", "briefing"])
def test_pages_in_english_keep_to_wcag(enter, page):
    looking = Looking(enter(Role.LEADER).open(page))
    looking.look()
    assert looking.problems + looking.visit.problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_only_stewards_are_offered_keeps_to_wcag(enter, served, scheme):
    looking = Looking(enter(Role.STEWARD), colours_alone=scheme == "dark")
    looking.visit.page.emulate_media(color_scheme=scheme)
    for _ in of_stewards(looking.visit, waiting_file(served)):
        looking.look_through()
    assert looking.problems + looking.visit.problems == []


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_pages_of_administrators_keep_to_wcag(enter, role):
    looking = Looking(enter(role).open(lang="zh_CN"))
    looking.visit.at("administration")
    looking.look_through()
    assert looking.problems + looking.visit.problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sign_in_keeps_to_wcag(stranger, scheme):
    stranger.page.emulate_media(color_scheme=scheme)
    looking = Looking(stranger.open(lang="zh_CN"))
    expect(stranger.page.locator("html")).to_have_attribute("lang", "zh-CN")
    looking.look()
    assert looking.problems + looking.visit.problems == []
