"""The key “/” leads to the search box, and the box to what it finds."""

from playwright.sync_api import expect

from models.account import Role


def test_a_unit_is_found_by_keyboard_alone(enter):
    visit = enter(Role.LEADER)
    visit.open()
    visit.at("overview")
    box = visit.page.locator(".st-key-frame-search input")
    expect(box).to_be_visible()
    visit.page.keyboard.press("/")
    expect(box).to_be_focused()
    visit.page.keyboard.type("区")
    visit.page.keyboard.press("Enter")
    visit.at("search")
    expect(visit.page.get_by_role("region", name="Units that were found")).to_be_visible()
    # Without a text the page has a box of its own, which takes what is typed at once.
    visit.open("search")
    own = visit.page.locator(".st-key-search-text input")
    expect(own).to_be_focused()
    visit.page.keyboard.type("区")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("region", name="Units that were found")).to_be_visible()
