"""The wall screen in a real browser: its sizes, its keys, its turn, and a server that goes away."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from sqlalchemy import Connection

from models.account import Role
from tests.bench.servers import free_port, serving
from tests.browser.looking import Looking
from tests.browser.served import PATIENCE, Served, cookie
from tests.browser.visit import DRAWN, ITEMS, WIDE, Visit

SIZES = [(1920, 1080), (3840, 2160)]
SMALLEST = 27.9
"""Pixels of the smallest type where the wall is 1920 wide."""
AWAY = "No connection to the server"

SMALLEST_TYPE = """() => Math.min(...[...document.querySelectorAll(".st-key-wall *")]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((each) => each.getClientRects().length)
  .filter((each) => !getComputedStyle(each).fontFamily.includes("Material"))
  .map((each) => {
    const matrix = each.getScreenCTM ? each.getScreenCTM() : { a: 1, b: 0 }
    return parseFloat(getComputedStyle(each).fontSize) * Math.hypot(matrix.a, matrix.b)
  }))"""
BEYOND = """() => {
  const page = document.documentElement
  const main = document.querySelector('[data-testid="stMain"]')
  const foot = document.querySelector("[class*=st-key-wall-foot]")
  const bottom = (each) => each.getBoundingClientRect().bottom
  const slide = foot.getBoundingClientRect().top
  const parts = '[class*=st-key-wall-page] :is(p, svg.marks, [data-testid="stColumn"])'
  return {
    page: [page.scrollWidth - page.clientWidth, page.scrollHeight - page.clientHeight],
    main: main.scrollHeight - main.clientHeight,
    under: [...document.querySelectorAll(parts)].filter((each) => bottom(each) > slide + 1).length,
    outside: [...foot.querySelectorAll("p")]
      .filter((each) => bottom(each) > window.innerHeight + 1).length,
  }
}"""
NUMBERS = """(all) => all.map((each) => {
  const lines = each.getBoundingClientRect().height / parseFloat(getComputedStyle(each).lineHeight)
  return [each.getBoundingClientRect().bottom, Math.round(lines)]
})"""
"""Where the bottom of each number is, and how many lines it takes."""
NOTHING_BEYOND = {"page": [0, 0], "main": 0, "under": 0, "outside": 0}
"""What `BEYOND` counts where all that is shown lies within the screen."""
REST = 300
"""Milliseconds between two looks at a page that has come to rest."""
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Resolved once a frame has been drawn."""
BEGUN = """() => {
  const app = document.querySelector('[data-testid="stApp"]')
  const look = () => {
    window.begun ||= app.getAttribute("data-test-script-state") === "running"
  }
  new MutationObserver(look).observe(app, { attributes: true })
}"""
"""Note in `window.begun` that the server has begun another run of the page."""
NOTICE = (
    """() => getComputedStyle(document.querySelector('[data-testid="stApp"]'), "::after").content"""
)


class WallVisit(Visit):
    """A tab with the wall; `item` is the one that it shows, from 1."""

    def open_wall(self, **asked: str) -> "WallVisit":
        self.open("wall", embed="true", embed_options="dark_theme", **asked)
        expect(self.key("wall-leave").get_by_role("button")).to_be_visible()
        expect(self.page.locator(DRAWN)).to_be_visible()
        self.charts_drawn()
        return self

    def shows(self, item: int, of: int = ITEMS) -> None:
        """Wait until an item is shown, and nothing of another."""
        expect(self.page.locator("[class*=st-key-wall-foot]")).to_contain_text(f"{item} / {of}")
        expect(self.title).to_have_count(1)

    def beyond(self) -> dict[str, object]:
        """What lies beyond the screen once the page has come to rest."""
        # Icons are whole words until their font has come.
        self.page.evaluate("() => document.fonts.ready.then(() => null)")
        shown, before = self._measured(), None
        while shown != before:
            self.page.wait_for_timeout(REST)
            shown, before = self._measured(), shown
        return self.page.evaluate(BEYOND)

    def _measured(self) -> list[object]:
        """What changes while the page is drawn for another size."""
        return [self.page.evaluate(BEYOND), self.page.evaluate(SMALLEST_TYPE)]


@pytest.fixture
def wall(signed_in: Callable[[Role], BrowserContext], served: Served) -> Iterator[WallVisit]:
    """A tab of its own in which the committee is signed in."""
    visit = WallVisit(signed_in(Role.COMMITTEE).new_page(), served.address)
    yield visit
    visit.page.close()


@contextmanager
def opened(browser: Browser, served: Served) -> Iterator[WallVisit]:
    """A tab of a browser of its own, for a server at another address."""
    context = browser.new_context(viewport=WIDE)
    context.set_default_timeout(PATIENCE)
    context.add_cookies([cookie(served, Role.COMMITTEE)])
    yield WallVisit(context.new_page(), served.address)
    context.close()


@dataclass
class Toured:
    """What was seen of the items of a paused wall, each by its number and the width of the screen.

    `beyond` counts what lies beyond the screen, `smallest` is the smallest type in pixels where the
    wall is 1920 wide, `wcag` holds the faults by WCAG and `problems` those of the tab.
    """

    beyond: dict[tuple[int, int], dict[str, object]] = field(default_factory=dict)
    smallest: dict[tuple[int, int], float] = field(default_factory=dict)
    wcag: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@pytest.fixture(scope="module", params=["zh_CN", "en"])
def toured(
    request: pytest.FixtureRequest, signed_in: Callable[[Role], BrowserContext], served: Served
) -> Toured:
    """Every item in one of the languages, drawn once; held against WCAG in Chinese."""
    visit = WallVisit(signed_in(Role.COMMITTEE).new_page(), served.address)
    looking, seen = Looking(visit), Toured()
    visit.open_wall(paused="1", lang=request.param)
    for item in range(1, ITEMS + 1):
        visit.shows(item)
        visit.charts_drawn()
        for width, height in SIZES:
            visit.page.set_viewport_size({"width": width, "height": height})
            seen.beyond[item, width] = visit.beyond()
            seen.smallest[item, width] = visit.page.evaluate(SMALLEST_TYPE) * 1920 / width
        if request.param == "zh_CN":
            visit.page.set_viewport_size(WIDE)
            looking.look()
        with visit.run():
            visit.page.keyboard.press("ArrowRight")
    if request.param == "zh_CN":
        with visit.run():
            visit.page.keyboard.press("Space")
        looking.look("[class*=st-key-wall-foot]")
    seen.wcag, seen.problems = looking.problems, visit.problems
    visit.page.close()
    return seen


def test_every_item_fits_the_screen(toured):
    assert len(toured.beyond) == ITEMS * len(SIZES)
    assert {at: each for at, each in toured.beyond.items() if each != NOTHING_BEYOND} == {}


def test_every_item_is_in_type_that_is_read_from_far(toured):
    assert {at: size for at, size in toured.smallest.items() if size < SMALLEST} == {}


def test_no_item_has_an_error_in_the_browser(toured):
    assert toured.problems == []


@pytest.mark.parametrize("toured", ["zh_CN"], indirect=True)
def test_every_item_keeps_to_wcag(toured):
    assert toured.wcag == []


def test_numbers_of_a_slide_stand_on_one_line_however_long_the_names_are(wall):
    wall.page.set_viewport_size(WIDE)
    wall.open_wall(item="6", paused="1")
    numbers = wall.page.locator("[class*=st-key-wall-figures-6]").get_by_test_id("stMetricValue")
    expect(numbers).to_have_count(6)
    bottoms, lines = zip(*numbers.evaluate_all(NUMBERS), strict=True)
    assert max(bottoms) - min(bottoms) < 3
    assert set(lines) == {1}


def test_the_wall_is_dark_and_has_nothing_around_it(wall):
    wall.open_wall(paused="1")
    assert (
        wall.page.evaluate(
            "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
        )
        == "rgb(11, 27, 43)"
    )
    for part in ("stHeader", "stToolbar", "stSidebar", "stTopNavLink"):
        expect(wall.page.get_by_test_id(part).locator("visible=true")).to_have_count(0)


def test_a_wall_whose_address_was_typed_is_made_dark_without_controls(wall):
    wall.open("wall", item="5", paused="1")
    wall.page.wait_for_url(re.compile("embed=true"))
    wall.shows(5)
    assert "paused=1" in wall.page.url and "embed_options=dark_theme" in wall.page.url


def test_keys_turn_pause_and_hide_names(wall):
    wall.open_wall(item="5", seconds="120")
    for key, item in (("ArrowRight", 6), ("ArrowLeft", 5), ("ArrowLeft", 4)):
        wall.page.keyboard.press(key)
        wall.shows(item)
        wall.page.wait_for_url(re.compile(rf"item={item}(&|$)"))
    foot = wall.page.locator("[class*=st-key-wall-foot]")
    wall.page.keyboard.press("Space")
    expect(foot).to_contain_text("paused")
    wall.page.keyboard.press("Space")
    expect(foot).to_contain_text("turns every 120 s")
    wall.page.keyboard.press("n")
    expect(foot).to_contain_text("Show names")
    assert "names=hide" in wall.page.url


def test_space_pauses_once_when_the_button_was_clicked_before(wall):
    wall.open_wall(item="5", seconds="120")
    foot = wall.page.locator("[class*=st-key-wall-foot]")
    wall.key("wall-pause").get_by_role("button").click()
    expect(foot).to_contain_text("paused")
    with wall.run():
        wall.page.keyboard.press("Space")
    wall.page.wait_for_timeout(1_000)
    expect(foot).to_contain_text("turns every 120 s")


def test_a_key_that_is_pressed_again_at_once_turns_twice(wall):
    wall.open_wall(item="2", paused="1")
    # Streamlit makes one press of two that wait for the same run, so let the first run begin.
    wall.page.evaluate(BEGUN)
    wall.page.keyboard.press("ArrowRight")
    wall.page.wait_for_function("() => window.begun")
    wall.page.keyboard.press("ArrowRight")
    wall.shows(4)


def test_escape_leaves_to_the_meeting_with_its_menu(wall):
    wall.open_wall(paused="1")
    wall.page.keyboard.press("Escape")
    wall.at("meeting")
    assert "embed" not in wall.page.url and "meeting=" in wall.page.url
    expect(wall.page.locator('a[data-testid^="stTopNav"]').first).to_be_visible()


def test_the_wall_turns_by_itself_without_anything_of_two_items_at_once(wall):
    wall.open_wall(item="5", seconds="5")
    wall.page.evaluate(
        """() => {
          window.seen = new Set()
          const look = () => {
            const shown = [...document.querySelectorAll(".st-key-wall h1")].filter(
              (each) => each.checkVisibility({ opacityProperty: true }))
            const charts = [...document.querySelectorAll(".st-key-wall svg.marks")].filter(
              (each) => each.checkVisibility({ opacityProperty: true }))
            window.seen.add(JSON.stringify([shown.map((each) => each.innerText), charts.length]))
            requestAnimationFrame(look)
          }
          look()
        }"""
    )
    wall.shows(6)
    wall.shows(7)
    # What is drawn is looked at frame by frame: let a frame of the last item come.
    wall.page.evaluate(FRAMES)
    seen = [json.loads(each) for each in wall.page.evaluate("() => [...window.seen]")]
    assert {len(titles) for titles, _charts in seen} == {1}
    # A browser that is short of time may turn from the first item before it is looked at.
    assert len({titles[0] for titles, _charts in seen}) in (2, 3)
    # A browser that is short of time may draw the charts some frames after the title.
    assert max(charts for _titles, charts in seen) == 2


def test_a_paused_wall_stands_still(wall):
    wall.open_wall(item="5", seconds="5", paused="1")
    wall.page.wait_for_timeout(7_000)
    wall.shows(5)


def test_a_network_that_is_gone_is_told_quietly_and_comes_back(wall):
    wall.open_wall(item="5", paused="1")
    assert AWAY not in wall.page.evaluate(NOTICE)
    wall.page.context.set_offline(True)
    wall.page.wait_for_function(f"() => ({NOTICE})().includes({AWAY!r})")
    wall.page.context.set_offline(False)
    wall.page.wait_for_function("() => !document.documentElement.classList.contains('wall-away')")


def test_a_wall_that_has_lost_its_page_is_loaded_anew(wall):
    wall.open_wall(item="5", paused="1")
    wall.page.wait_for_function("() => window.gridlightWall")
    # As after an error of the page, after which the browser would ask for nothing any more.
    wall.page.evaluate("() => { window.gridlightWall.data.patience = 3; window.lost = true }")
    wall.page.wait_for_function("() => !window.lost")
    wall.shows(5)


def test_a_wall_that_is_open_renews_its_sign_in(wall, served):
    wall.open_wall(paused="1")
    with served.engine.connect() as connection:
        before = ends(connection)
    # What the wall does by itself every hour.
    answered = wall.page.evaluate(
        "() => fetch('api/session', { method: 'PUT' }).then((answer) => answer.status)"
    )
    assert answered == 204
    with served.engine.connect() as connection:
        assert ends(connection) > before
    (held,) = [each for each in wall.page.context.cookies() if each["name"] == "gridlight"]
    assert held["httpOnly"] and held["sameSite"] == "Strict"
    assert held["expires"] - time.time() == pytest.approx(8 * 3600, abs=60)


def ends(connection: Connection) -> str:
    return str(connection.exec_driver_sql("SELECT max(expires_at) FROM sign_in_sessions").scalar())


def test_who_is_not_signed_in_and_another_site_renew_nothing(stranger, served):
    request = stranger.page.request
    here = {"origin": served.address}
    assert request.put(f"{served.address}/api/session", headers=here).status == 401
    assert request.put(f"{served.address}/api/session").status == 403
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert request.put(f"{served.address}/api/session", headers=elsewhere).status == 403


def test_a_decision_is_noted_from_the_keyboard_while_keys_are_only_typed(wall, served):
    wall.open_wall(item="2", meeting=last_meeting(served))
    wall.page.keyboard.press("d")
    last = ITEMS + 1
    wall.shows(last, of=last)
    text = wall.page.get_by_label("Decision")
    text.click()
    wall.page.keyboard.type("Put it right now d n ")
    wall.shows(last, of=last)
    with wall.run():
        wall.page.get_by_role("button", name="Note the decision").click()
    expect(wall.key("wall-lines")).to_contain_text("Put it right now d n")
    wall.key("deciding-undo").get_by_role("button").click()
    expect(wall.key("wall-lines")).not_to_contain_text("Put it right now")


def last_meeting(served: Served) -> str:
    with served.engine.connect() as connection:
        code = connection.exec_driver_sql(
            "SELECT code FROM meetings WHERE kind = 'COMMITTEE' AND on_date < '2026-06-30'"
            " ORDER BY on_date DESC"
        ).scalar()
    return str(code)


def test_a_server_that_starts_anew_finds_the_wall_where_it_was(browser, served, tmp_path):
    port = free_port()
    there = Served(f"http://127.0.0.1:{port}", served.engine, tmp_path / "log")
    again = partial(serving, str(served.engine.url), port=port, GRIDLIGHT_DEMONSTRATION="1")
    with opened(browser, there) as visit:
        with again():
            visit.open_wall(item="5", seconds="120")
            visit.page.keyboard.press("ArrowRight")
            visit.shows(6)
        app = visit.page.get_by_test_id("stApp")
        expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
        expect(visit.title).to_have_text(re.compile("findings overdue"))
        visit.page.wait_for_function("() => document.querySelector('[role=\"dialog\"]')")
        expect(visit.page.get_by_role("dialog")).not_to_be_visible()
        assert AWAY in visit.page.evaluate(NOTICE)
        with again():
            expect(app).to_have_attribute(
                "data-test-connection-state", "CONNECTED", timeout=3 * PATIENCE
            )
            # What stood is there until the new server has drawn it, with the bar of a first run.
            expect(visit.page.locator("[class*=st-key-wall-foot-120-a]")).to_be_visible()
            visit.shows(6)
            visit.page.keyboard.press("ArrowRight")
            visit.shows(7)
