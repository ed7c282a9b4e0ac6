"""Lists of many columns fit their place at every width: nothing is cut, nothing scrolls aside."""

import re

from playwright.sync_api import expect

from models.account import Role
from tests.browser.visit import PHONE

SMALL_DESK = {"width": 1366, "height": 768}
WIDE_DESK = {"width": 2400, "height": 1080}
TWO_LINES, THREE_LINES = 45, 60
CUT = "(all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1).length"


def test_a_list_of_many_columns_is_not_cut(enter):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size(SMALL_DESK)
    visit.open("list", figure="overdue")
    room = visit.main.locator(".room:has(table.list)")
    expect(room.locator("tbody tr").first).to_be_visible()
    assert room.locator("th").count() > 10
    assert room.evaluate_all(CUT) == 0
    tall = "(all) => all.map((one) => one.offsetHeight)"
    assert max(room.locator("tbody tr").evaluate_all(tall)) < THREE_LINES
    texts = room.locator("tbody td:not(:has(.pieces)) > :is(a, b, span)")
    assert max(texts.evaluate_all(tall)) < TWO_LINES / 2, (
        "where there is no room for all columns, spare ones are left out; only what is next, by"
        " whom and by when may take two lines"
    )
    assert 0 < room.locator("th:visible").count() < room.locator("th").count()
    visit.page.set_viewport_size(WIDE_DESK)
    expect(room.locator("th.spare3")).to_be_visible()
    visit.page.set_viewport_size(PHONE)
    expect(room.locator("thead")).to_be_hidden()
    assert room.evaluate_all(CUT) == 0


def test_the_pages_of_a_long_list_are_turned_beside_its_heading(enter):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size(SMALL_DESK)
    visit.open("rectification", lang="zh_CN", tab="ledger")
    heading = visit.main.get_by_text("其中逾期").first
    pages = visit.main.get_by_test_id("stPagination")
    expect(pages).to_be_visible()
    title, turned = heading.bounding_box(), pages.bounding_box()
    assert turned["y"] < title["y"] + title["height"] / 2 < turned["y"] + turned["height"]
    assert turned["x"] > title["x"] + title["width"]
    expect(pages.get_by_test_id("stPaginationEllipsis")).to_have_count(0)
    with visit.run():
        pages.get_by_role("button", name="3").click()
    expect(visit.page).to_have_url(re.compile(r"[?&]page=3(&|$)"))
