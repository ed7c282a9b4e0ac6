"""Which units a role sees: by its grants alone, or all, or none."""

import pytest

from data.access.permission import ALLOWED, GRANTED, NOTHING, Action, viewer
from models.account import GrantKind, Role

GRANTS = [(GrantKind.SECTOR, "EDU"), (GrantKind.UNIT, "E01")]
OF_ALL = [role for role in Role if Action.SEE in ALLOWED[role] and role not in GRANTED]


@pytest.mark.parametrize("role", GRANTED)
def test_who_sees_by_grants_sees_nothing_without_one(role):
    seen = viewer("wang", "wang", role, [])
    assert (seen.sectors == NOTHING) is (GRANTED[role] is GrantKind.SECTOR)
    assert (seen.units == NOTHING) is (GRANTED[role] is GrantKind.UNIT)


def test_grants_of_the_other_kind_count_for_nothing():
    assert viewer("wang", "wang", Role.MANAGER, GRANTS).sectors == {"EDU"}
    assert viewer("wang", "wang", Role.MANAGER, GRANTS[1:]).sectors == NOTHING
    assert viewer("wang", "wang", Role.UNIT, GRANTS).units == {"E01"}
    assert viewer("wang", "wang", Role.UNIT, GRANTS[:1]).units == NOTHING


@pytest.mark.parametrize("role", OF_ALL)
def test_who_oversees_the_district_sees_all_units_whatever_the_grants(role):
    seen = viewer("wang", "wang", role, GRANTS)
    assert (seen.sectors, seen.units) == (None, None)


@pytest.mark.parametrize("role", [Role.ACCOUNT_ADMIN, Role.PERMISSION_ADMIN, Role.LOG_ADMIN, None])
def test_administrators_and_who_has_no_role_see_no_unit_even_with_grants(role):
    seen = viewer("wang", "wang", role, GRANTS)
    assert (seen.sectors, seen.units) == (NOTHING, NOTHING)
    assert not seen.may(Action.SEE)
