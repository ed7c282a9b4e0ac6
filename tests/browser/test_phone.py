"""The phone: the menu makes room, and figures stand two abreast."""

from playwright.sync_api import expect

from models.account import Role
from tests.browser.visit import PHONE


def test_menu_closes_once_a_page_is_chosen(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    visit.open("letters", lang="zh_CN")
    visit.page.get_by_test_id("stExpandSidebarButton").click()
    menu = visit.page.get_by_test_id("stSidebar")
    expect(menu.locator('a[href$="/definitions"]')).to_be_in_viewport()
    menu.locator('a[href$="/definitions"]').click()
    visit.at("definitions")
    expect(menu).not_to_be_in_viewport()


def test_figures_stand_two_abreast(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    visit.open("rectification", lang="zh_CN")
    visit.charts_drawn()
    figures = visit.main.locator(".board.row .card")
    expect(figures.nth(2)).to_be_visible()
    tops = figures.evaluate_all("(all) => all.map((each) => each.getBoundingClientRect().top)")
    assert tops[0] == tops[1] < tops[2]
