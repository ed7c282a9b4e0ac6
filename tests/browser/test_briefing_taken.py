"""A briefing is made and taken along in a real browser, and the log tells of it."""

from io import BytesIO

import docx
import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from data.store import access_log
from data.store.database import reading
from models.account import Role
from tests.browser.visit import Visit
from tests.demonstration_day import TODAY

DAY = TODAY.isoformat()


@pytest.fixture
def manager(enter) -> Visit:
    """A tab of somebody who sees one sector."""
    return enter(Role.MANAGER)


def taken(visit: Visit, **asked: str) -> bytes:
    """The file that is made of what is asked for."""
    visit.open("briefing", as_of=DAY, **asked)
    with visit.run():
        visit.key("briefing-make").get_by_role("button").click()
    button = visit.key("briefing-download").get_by_role("button")
    expect(button).to_be_visible()
    with visit.page.expect_download() as download:
        button.click()
    return download.value.path().read_bytes()


def test_a_briefing_is_made_compared_and_taken_along(manager, served):
    document = docx.Document(BytesIO(taken(manager, **{"in": "zh_CN"})))
    assert "一、总体情况" in [paragraph.text for paragraph in document.paragraphs]
    assert len(document.inline_shapes) == 0
    checked = docx.Document(BytesIO(taken(manager, form="checked")))
    assert len(checked.inline_shapes) > 1
    book = CalamineWorkbook.from_filelike(BytesIO(taken(manager, form="xlsx")))
    assert "Definitions" in book.sheet_names
    with reading(served.engine) as connection:
        subjects = [entry.subject for entry in access_log.entries(connection)]
    assert {f"briefing docx district {DAY}", f"briefing xlsx district {DAY}"} <= set(subjects)
    assert manager.problems == []


def test_who_acts_first_stands_beside_the_text_which_is_two_columns_where_both_are_wide(enter):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size({"width": 1366, "height": 768})
    visit.open("briefing", lang="en")
    kinds = visit.key("asked-form").get_by_role("radio")
    expect(kinds).to_have_count(4)
    boxes = [each.bounding_box() for each in kinds.all()]
    # What makes the file is one line above the text and who acts first, which stand side by side.
    assert len({(round(box["y"]), round(box["height"])) for box in boxes}) == 1
    make, acts, says = (
        visit.key(each).bounding_box()
        for each in ("briefing-make", "briefing-first", "briefing-text")
    )
    assert abs(make["y"] + make["height"] / 2 - boxes[0]["y"] - boxes[0]["height"] / 2) < 3
    assert acts["x"] > says["x"] + says["width"] and abs(acts["y"] - says["y"]) < 3
    assert make["y"] + make["height"] < acts["y"]
    head = visit.key("briefing-head")
    expect(head.locator("h2")).to_be_visible()
    count = "(one) => getComputedStyle(one).columnCount"
    assert head.locator('[data-testid="stMarkdownContainer"]').first.evaluate(count) == "auto"
    text = visit.key("clipped-briefing").locator('[data-testid="stMarkdownContainer"]').last
    width = "(one) => one.getBoundingClientRect().width"
    assert text.evaluate(count) == "auto"
    assert 700 < text.evaluate(width) < 850
    visit.page.set_viewport_size({"width": 1920, "height": 1080})
    # How things stand is read on the left, who is asked to act on the right of it.
    parts = visit.key("briefing-circulation").locator('[data-testid="stMarkdownContainer"]')
    expect(parts).to_have_count(2)
    stands, asked = (part.bounding_box() for part in parts.all())
    assert stands["x"] + stands["width"] < asked["x"] and stands["y"] == asked["y"]
    assert head.locator('[data-testid="stMarkdownContainer"]').first.evaluate(count) == "auto"
