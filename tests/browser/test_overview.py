"""The overview shows what is wrong on one screen, and each of its parts leads on."""

import re

import pytest
from playwright.sync_api import expect

from models.account import Role

SCREENS = {"large": (1920, 1080), "small": (1366, 768)}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("screen", SCREENS)
def test_it_fits_one_screen_with_what_asks_for_co_ordination_and_nothing_is_cut(
    enter, screen, language
):
    width, height = SCREENS[screen]
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size({"width": width, "height": height})
    visit.open("overview", lang=language)
    expect(visit.page.locator(".board .card")).to_have_count(12)
    measured = visit.page.evaluate(
        """() => {
          const main = document.querySelector('[data-testid="stMain"]')
          const root = document.querySelector('[data-testid="stBidiComponentIsolated"]').shadowRoot
          const cards = [...root.querySelectorAll(".card")]
          return {
            scrolls: main.scrollHeight - main.clientHeight,
            wide: main.scrollWidth - main.clientWidth,
            bottom: Math.max(...cards.map((card) => card.getBoundingClientRect().bottom)),
            cut: cards.filter((card) => card.scrollHeight > card.clientHeight + 2)
              .map((card) => card.className),
            hidden: [...root.querySelectorAll(".matters li:not([hidden])")].filter(
              (row) => row.getBoundingClientRect().bottom
                > row.parentElement.getBoundingClientRect().bottom + 1
            ).length,
          }
        }"""
    )
    assert measured["scrolls"] <= 0 and measured["wide"] <= 0
    assert measured["bottom"] <= height
    assert measured["cut"] == []
    assert measured["hidden"] == 0
    asks = {"zh_CN": "请求协调", "en": "asks for co-ordination"}[language]
    expect(visit.page.locator(".matters li").filter(has_text=asks, visible=True)).to_have_count(1)
    assert visit.problems == []


@pytest.mark.parametrize("screen", SCREENS)
def test_what_has_no_room_is_counted_beside_the_title_and_leads_to_all(enter, screen):
    width, height = SCREENS[screen]
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size({"width": width, "height": height})
    visit.open("overview")
    card = visit.page.locator(".matters-card")
    more = card.locator(".left-out")
    expect(more).to_have_text(re.compile(r"^\d+ more ›$"))
    shown = card.locator(".matters li").filter(visible=True).count()
    in_all = int(card.locator(".says").inner_text().split()[0])
    assert shown + int(more.inner_text().split()[0]) == in_all
    units = visit.page.locator(".units-card")
    wanting = visit.page.locator(".lights li:not(.good) > .segment").evaluate_all(
        "(all) => all.reduce((sum, each) => sum + parseInt(each.textContent.match(/\\d+/)[0]), 0)"
    )
    rows = units.locator("tbody tr").filter(visible=True).count()
    assert rows + int(units.locator(".left-out").inner_text().split()[0]) == wanting
    with visit.run():
        more.locator("a").click()
    expect(visit.page.locator(".matters li").filter(visible=True)).to_have_count(in_all)
    expect(visit.page.locator(".left-out").filter(visible=True).first).to_contain_text("units")
    assert visit.problems == []


def test_on_a_phone_lights_and_matters_are_on_the_first_screen(enter):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.open("overview")
    lights = visit.page.locator(".lights-card").bounding_box()
    matter = visit.page.locator(".matters li").first.bounding_box()
    blocks = [block.bounding_box() for block in visit.page.locator(".block").all()]
    assert lights and matter
    assert lights["y"] + lights["height"] <= 844 and matter["y"] + matter["height"] <= 844
    assert blocks[0] and blocks[1] and blocks[0]["y"] == blocks[1]["y"]


def test_a_matter_leads_to_the_matter_itself_by_keyboard(enter):
    visit = enter(Role.LEADER).open("overview")
    first = visit.page.locator(".matters a").first
    expect(first).to_contain_text("Major finding")
    first.focus()
    with visit.run():
        visit.page.keyboard.press("Enter")
    visit.at("finding")
    expect(visit.page).to_have_url(re.compile("finding="))
    assert visit.problems == []


def test_a_light_leads_to_its_units_and_a_tile_to_the_units_of_its_place(enter):
    visit = enter(Role.LEADER).open("overview")
    visit.page.locator(".lights a.segment").first.click()
    visit.at("coverage")
    expect(visit.page).to_have_url(re.compile("light=RED"))
    visit.page.go_back()
    visit.at("overview")
    visit.page.locator(".tile a").first.click()
    visit.at("coverage")
    expect(visit.page).to_have_url(re.compile("node=subdistrict(:|%3A)"))


def test_on_a_small_desk_the_lines_over_a_year_are_long_and_what_to_do_is_in_the_type_of_the_page(
    enter,
):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size({"width": 1366, "height": 768})
    visit.open("overview", lang="zh_CN")
    lines = visit.page.locator(".block .spark")
    expect(lines).to_have_count(4)
    widths = lines.evaluate_all("(all) => all.map((each) => each.getBoundingClientRect().width)")
    assert min(widths) >= 75
    course = visit.page.locator(".headline-card .trend").bounding_box()
    assert course and course["height"] >= 90
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    assert visit.page.locator(".matters .by").first.evaluate(size) >= 14
    name = visit.key("frame-account").locator('[data-testid="stMarkdownContainer"]').first
    assert name.evaluate("(node) => node.scrollWidth <= node.clientWidth")


def test_money_is_as_large_as_the_figures_beside_it(enter):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size({"width": 1366, "height": 768})
    visit.open("funds", lang="zh_CN")
    numbers = visit.main.locator(".board.row .number")
    expect(numbers.filter(has_text="万元").first).to_be_visible()
    sizes = numbers.evaluate_all("(all) => all.map((each) => getComputedStyle(each).fontSize)")
    assert len(set(sizes)) == 1
    unit = numbers.filter(has_text="万元").first.locator(".unit")
    expect(unit).to_have_text("万元")
    # A share has no unit that is set apart.
    visit.open("rectification", lang="zh_CN")
    shares = visit.main.locator(".board.row .number").filter(has_text="%")
    expect(shares.first).to_be_visible()
    expect(shares.locator(".unit")).to_have_count(0)
