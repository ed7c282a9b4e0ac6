"""Everybody begins on the page that says what they have to do."""

import pytest

from dashboard.navigation import BEGINS, PAGES, first_open_to
from data.access.permission import viewer
from models.account import Role


def somebody(role: Role):
    return viewer("wang", "wang", role, [])


@pytest.mark.parametrize(("role", "page"), [(Role.LEADER, "overview"), *BEGINS.items()])
def test_a_role_begins_where_its_work_is(role, page):
    begins = first_open_to(somebody(role))
    assert begins is not None and begins.name == page
    assert begins.open_to(somebody(role))


@pytest.mark.parametrize("role", Role)
def test_duties_and_own_units_stand_in_the_menu_of_whom_they_concern(role):
    listed = {page.name for page in PAGES if page.listed_for(somebody(role))}
    assert ("duties" in listed) == (role is Role.UNIT)
    assert ("my_units" in listed) == (role is Role.MANAGER)
