"""Every screen as people of each role come to it by the menu.

The committee, who sees what a leader sees, looks through every tab in `test_accessibility`, a
manager at every screen in the dark, and a steward on a phone in `test_answers`.
"""

import pytest

from models.account import Role
from tests.browser.menu_tour import ADMINISTRATORS, look, through_the_menu


def test_every_screen_is_without_an_error_and_asks_nothing_of_other_machines(enter):
    visit = enter(Role.UNIT)
    problems = [look(visit) for _ in through_the_menu(visit, Role.UNIT)]
    assert sum(problems, visit.problems) == []


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_administrators_get_their_page_without_an_error(enter, role):
    visit = enter(role).open()
    visit.at("administration")
    assert look(visit) + visit.problems == []
