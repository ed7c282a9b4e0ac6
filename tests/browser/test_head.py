"""The head of a page: one row on a desk, whoever is signed in and whatever the language is."""

import pytest

from models.account import Role
from tests.browser.visit import PHONE, Visit

ROWS = """(all) => new Set(all.map((each) => {
  const seen = each.getBoundingClientRect()
  return seen.top + seen.height / 2
}).map((middle) => Math.round(middle / 12))).size"""
OUTSIDE = """(all) => all.filter((each) => {
  const seen = each.getBoundingClientRect()
  return seen.left < 0 || seen.right > window.innerWidth
}).length"""
CONTROLS = ("search", "node", "as_of", "compare", "account")
DESKS = ({"width": 1366, "height": 768}, {"width": 1920, "height": 1080})


def rows(visit: Visit) -> int:
    controls = visit.key("frame-head").locator(
        ", ".join(f".st-key-frame-{each}" for each in CONTROLS)
    )
    assert controls.evaluate_all(OUTSIDE) == 0
    return int(controls.evaluate_all(ROWS))


@pytest.mark.parametrize(
    "role", [Role.LEADER, Role.UNIT, Role.MANAGER, Role.COMMITTEE, Role.STEWARD]
)
def test_the_head_is_one_row_on_a_desk_and_whole_on_a_phone(enter, role):
    visit = enter(role)
    # English has the longest words; the name of the account differs by role alone.
    for language in ("en", "zh_CN") if role is Role.STEWARD else ("en",):
        visit.page.set_viewport_size(DESKS[0])
        visit.open("tasks", lang=language)
        for size in DESKS:
            visit.page.set_viewport_size(size)
            assert rows(visit) == 1
        visit.page.set_viewport_size(PHONE)
        assert rows(visit) <= 3


@pytest.mark.parametrize("name", ["reports", "list"])
def test_the_longest_questions_take_one_line_on_a_small_desk(enter, name):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(DESKS[0])
    visit.open(name, lang="en")
    lines = "(one) => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)"
    assert visit.title.evaluate(lines) < 1.5
