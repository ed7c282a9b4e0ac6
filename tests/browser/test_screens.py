"""Every screen as people of each role come to it by the menu.

The committee, who sees what a leader sees, looks through every tab in `test_accessibility`.
"""

import pytest

from models.account import Role
from tests.browser.menu_tour import ADMINISTRATORS, look, through_the_menu

SEEING = [Role.STEWARD, Role.MANAGER, Role.UNIT]


@pytest.mark.parametrize("role", SEEING)
def test_every_screen_is_without_an_error_and_asks_nothing_of_other_machines(enter, role):
    visit = enter(role)
    problems = [look(visit) for _ in through_the_menu(visit, role)]
    assert sum(problems, visit.problems) == []


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_administrators_get_their_page_without_an_error(enter, role):
    visit = enter(role).open()
    visit.at("administration")
    assert look(visit) + visit.problems == []
