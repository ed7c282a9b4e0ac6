"""What is wanting stands in the first screen of a small desk and of a phone, below a short sentence
and low tiles."""

import pytest
from playwright.sync_api import expect

from models.account import Role

WIDE_DESK = {"width": 1920, "height": 1080}
SMALL_DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
PAGES = ("coverage", "responsibilities", "reports", "rectification", "mechanisms", "tasks", "funds")
ROW = 60
"""Pixels of the first row of a list or chart that have to be seen."""


@pytest.mark.parametrize("size", [SMALL_DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_the_first_row_of_what_is_wanting_is_in_the_first_screen(enter, name, size):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size(size)
    visit.open(name, lang="en" if size is SMALL_DESK else "zh_CN")
    row = '.matters li, table.list tbody tr, [data-testid="stVegaLiteChart"]'
    first = visit.main.locator(row).first
    # A lower chart may be placed before the first one, so what is first is asked until it holds.
    expect(first).to_be_in_viewport()
    visit.charts_drawn()
    # What is first may be drawn once more, so it is waited for where its upper part would be cut.
    visit.page.set_viewport_size({**size, "height": size["height"] - ROW})
    expect(first).to_be_in_viewport()
    # A row of tiles is their names and values alone.
    tiles = visit.main.locator(".board.row > .card:has(> .figure):visible")
    for tile in tiles.all()[:1]:
        assert tile.bounding_box()["height"] < 90


@pytest.mark.parametrize(("size", "pieces"), [(WIDE_DESK, 5), (PHONE, 4)], ids=["desk", "phone"])
def test_a_long_sentence_counts_its_last_pieces_and_shows_them_when_asked(enter, size, pieces):
    visit = enter(Role.MANAGER)
    visit.page.set_viewport_size(size)
    visit.open("my_units", lang="en")
    said = visit.main.locator(".say .sentence")
    shown = said.locator(".piece:not(.aside):visible")
    expect(shown).to_have_count(pieces)
    everything = said.locator(".piece:not(.aside)").count()
    more = said.get_by_role("button")
    expect(more).to_have_text(f"{everything - pieces} more ›")
    # What the changes are compared with is always said.
    expect(said.locator(".aside")).to_be_visible()
    more.click()
    expect(shown).to_have_count(everything)
    expect(more).to_have_count(0)


def test_on_a_phone_the_rows_behind_a_figure_stand_before_what_explains_it(enter):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size(PHONE)
    visit.open("list", figure="overdue")
    row = visit.main.locator("table.list tbody tr").first
    definition = visit.main.get_by_text(
        "Findings that the unit is rectifying after their time limit"
    )
    # The room kept for the sentence above is given up once it is drawn.
    visit.page.set_viewport_size({**PHONE, "height": PHONE["height"] // 2})
    expect(row).to_be_in_viewport()
    visit.page.set_viewport_size(PHONE)
    expect(definition.filter(visible=True)).to_have_count(1)
    assert definition.filter(visible=True).bounding_box()["y"] > row.bounding_box()["y"]
    visit.page.set_viewport_size(SMALL_DESK)
    expect(definition.filter(visible=True)).to_have_count(1)
    assert definition.filter(visible=True).bounding_box()["y"] < row.bounding_box()["y"]
