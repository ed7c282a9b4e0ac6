"""The sections of a page: tiles that say how each stands and lead to it, lines on a phone."""

import re

import pytest
from playwright.sync_api import expect

from models.account import Role
from tests.browser.looking import Looking
from tests.browser.visit import PHONE
from tests.demonstration_day import TODAY

DAY = TODAY.isoformat()
SMALL_DESK = {"width": 1366, "height": 768}
TOPS = "(all) => all.map((each) => each.getBoundingClientRect().top)"


def test_a_tile_opens_its_section_and_the_same_tile_leads_back_to_all(enter):
    visit = enter(Role.LEADER).open("mechanisms", as_of=DAY)
    tiles = visit.main.locator(".sections a.whole")
    expect(tiles).to_have_count(6)
    expect(visit.main.locator(".section.shown")).to_have_count(0)
    with visit.run():
        tiles.filter(has_text="Cross review").click()
    visit.page.wait_for_url(re.compile("tab=review"))
    shown = visit.main.locator(".section.shown a.whole")
    expect(shown).to_have_attribute("aria-current", "true")
    with visit.run():
        shown.click()
    expect(visit.main.locator(".section.shown")).to_have_count(0)
    assert "tab=" not in visit.page.url
    assert visit.problems == []


@pytest.mark.parametrize("size", [SMALL_DESK, PHONE], ids=["small desk", "phone"])
def test_what_wants_attention_is_seen_without_scrolling(enter, size):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size(size)
    for page, listed in (
        ("mechanisms", ".matters li"),
        ("tasks", ".matters li"),
    ):
        visit.open(page, lang="zh_CN", as_of=DAY)
        rows = visit.main.locator(listed)
        for at in range(3):
            expect(rows.nth(at)).to_be_in_viewport(ratio=1)


def test_on_a_phone_a_section_is_a_line_of_what_it_is_how_it_stands_and_its_figure(enter):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size(PHONE)
    visit.open("mechanisms", lang="zh_CN", as_of=DAY)
    sections = visit.main.locator(".sections > li")
    expect(sections).to_have_count(6)
    tops = sections.evaluate_all(TOPS)
    assert tops == sorted(set(tops))
    heights = sections.evaluate_all("(all) => all.map((each) => each.offsetHeight)")
    assert max(heights) < 45, "each is one line"


def test_matters_of_a_list_begin_at_one_place(enter):
    visit = enter(Role.LEADER).open("tasks", lang="zh_CN", as_of=DAY)
    texts = visit.main.locator(".matters .text")
    expect(texts).to_have_count(5)
    lefts = "(all) => all.map((each) => each.getBoundingClientRect().left)"
    assert len(set(texts.evaluate_all(lefts))) == 1


def test_sections_keep_to_wcag(enter):
    looking = Looking(enter(Role.LEADER))
    for page in ("mechanisms", "tasks"):
        looking.visit.open(page, lang="zh_CN", as_of=DAY)
        looking.look()
    assert looking.problems + looking.visit.problems == []
