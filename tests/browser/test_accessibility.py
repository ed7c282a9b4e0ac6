"""Every tab of every screen without an error, and WCAG 2.2 AA as far as a machine can tell.

What axe-core tells of type stops at charts, so their type is held against its ground here.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect
from sqlalchemy import select
from sqlmodel import col

from data.store.database import reading
from models.account import Role
from models.collection import FileState, SentFile
from tests.browser.menu_tour import ADMINISTRATORS, look, menu_of, through_the_menu
from tests.browser.served import Served
from tests.browser.visit import ITEMS, PHONE, Visit
from tests.dashboard.contrast import contrast

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast"]
"""What alone can differ in the dark."""
UPSTREAM = {
    ("target-size", '[data-testid="stDateInputField"] [role="spinbutton"]'): (
        "Streamlit draws month and day of a date field as wide as their two digits. The button of "
        "its calendar, which has the room, does the same, so WCAG 2.5.8 holds."
    ),
    ("list", '[data-testid="stSidebarNavItems"]'): (
        "On a phone the menu is Streamlit's side menu, which puts each group of pages into a div "
        "between the list and its items."
    ),
    ("listitem", '[data-testid="stSidebarNavItems"] li'): "The items of the same list.",
}
"""By rule and place, what only Streamlit can mend and why; docs/ACCESSIBILITY.md says the same."""

CHECK = """async ([rules, upstream, within]) => {
  // Rows drawn as one above them but for their words tell nothing new, and take half of the time.
  const drawn = (node) => node.nodeType === Node.TEXT_NODE ? (node.data.trim() ? "." : "")
    : `<${node.tagName} ${node.className} ${node.role}>${[...node.childNodes].map(drawn).join("")}>`
  const alike = (root) => [...root.querySelectorAll("tbody")].flatMap((body) => {
    const seen = new Set()
    return [...body.rows].filter((row) => seen.size === seen.add(drawn(row)).size)
  }).concat([...root.querySelectorAll("*")].flatMap((each) =>
    each.shadowRoot ? alike(each.shadowRoot) : []))
  const results = await axe.run({ include: [[within]], exclude: alike(document) }, {
    runOnly: rules, resultTypes: ["violations"], elementRef: true,
  })
  return results.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id,
    known: upstream.findIndex(([id, place]) => id === rule.id && node.element.matches(place)),
    html: node.html,
    says: node.failureSummary.split("\\n").slice(1).join(" "),
  })))
}"""
TYPE_OF_CHARTS = """() => {
  const hex = (colour) => "#" + colour.match(/[\\d.]+/g).slice(0, 3)
    .map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")
  const ground = (each) => {
    const colour = getComputedStyle(each).backgroundColor
    return colour === "rgba(0, 0, 0, 0)" ? ground(each.parentElement) : colour
  }
  const written = [...document.querySelectorAll("svg.marks text")]
    .filter((each) => each.textContent && each.getAttribute("opacity") !== "0")
    .filter((each) => !each.closest(".role-mark"))
    .map((each) => hex(getComputedStyle(each).fill) + " " + hex(ground(each.closest("svg"))))
  return [...new Set(written)]
}"""


class Looking:
    """Looks at screens one after the other; `problems` in words, and which of UPSTREAM occurred."""

    def __init__(self, visit: Visit, rules: Sequence[str] = TAGS) -> None:
        self.visit = visit
        self.rules = rules
        self.problems: list[str] = []
        self.occurred: set[int] = set()

    def look(self, within: str = "html") -> None:
        """At what is drawn now, or at the part `within`."""
        self.problems += look(self.visit)
        page = self.visit.page
        if not page.evaluate("'axe' in window"):
            # By way of the debugger, where the policy for scripts of the page does not count.
            page.evaluate(AXE_SCRIPT)
        found: list[dict[str, Any]] = page.evaluate(CHECK, [self.rules, [*UPSTREAM], within])
        self.occurred |= {each["known"] for each in found} - {-1}
        self.problems += [
            f"{page.url} {each['rule']}: {each['html']} {each['says']}"
            for each in found
            if each["known"] < 0
        ]
        for pair in page.evaluate(TYPE_OF_CHARTS):
            if contrast(*pair.split()) < 4.5:
                self.problems.append(f"{page.url} type of a chart: {pair}")

    def look_through(self) -> None:
        """At the page and each of its tabs."""
        self.look()
        self.look_at_tabs()

    def look_at_tabs(self) -> None:
        """At each tab but the one that is open."""
        tabs = self.visit.main.get_by_role("tab")
        for at in range(tabs.count()):
            if tabs.nth(at).get_attribute("aria-selected") != "true":
                with self.visit.run():
                    tabs.nth(at).click()
                self.look('[role="tabpanel"]:not([inert])')


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
    """For a manager, whose menu holds all that a leader's does and the units looked after."""
    looking = Looking(enter(Role.MANAGER), COLOURS)
    visit = looking.visit
    visit.watch_moves()
    visit.page.emulate_media(color_scheme="dark")
    moved: dict[str, float] = {}
    for entry in menu_of(Role.MANAGER):
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
    for _ in beside_the_menu(visit):
        looking.look()
    assert looking.problems + visit.problems == []
    assert {page: far for page, far in moved.items() if far > MOST_MOVED} == {}


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


@pytest.mark.parametrize(("scheme", "rules"), [("light", TAGS), ("dark", COLOURS)])
def test_what_only_stewards_are_offered_keeps_to_wcag(enter, served, scheme, rules):
    looking = Looking(enter(Role.STEWARD), rules)
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


def test_every_item_of_the_wall_keeps_to_wcag(enter):
    wall = {"lang": "zh_CN", "embed": "true", "embed_options": "dark_theme"}
    looking = Looking(enter(Role.COMMITTEE).open("wall", **wall))
    foot = looking.visit.page.locator("[class*=st-key-wall-foot]")
    for item in range(1, ITEMS + 1):
        expect(foot).to_contain_text(f"{item} / {ITEMS}")
        looking.look()
        with looking.visit.run():
            looking.visit.page.keyboard.press("ArrowRight")
    assert looking.problems + looking.visit.problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sign_in_keeps_to_wcag(stranger, scheme):
    stranger.page.emulate_media(color_scheme=scheme)
    looking = Looking(stranger.open(lang="zh_CN"))
    expect(stranger.page.locator("html")).to_have_attribute("lang", "zh-CN")
    looking.look()
    assert looking.problems + looking.visit.problems == []
