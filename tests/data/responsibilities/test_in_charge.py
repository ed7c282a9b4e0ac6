"""Who was in charge of a matter of a unit: masked, and within what the asker may see."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.nodes import parse
from data.responsibilities.in_charge import in_charge
from data.scope import Scope
from data.store.database import reading
from models.duty import PostRole
from models.rules.in_charge import LateDays
from tests.data.contents import LONG_AGO, TODAY, kept, workbook

DUE = TODAY - timedelta(days=10)
CHANGE = TODAY - timedelta(days=4)
PEOPLE = [
    {"name": "张三", "role": "PRINCIPAL", "from_on": LONG_AGO, "until_on": CHANGE},
    {"name": "李四", "role": "PRINCIPAL", "from_on": CHANGE},
    {"name": "王五", "role": "AUDITOR", "from_on": LONG_AGO},
    {"name": "赵六", "role": "GROUP_LEADER", "from_on": LONG_AGO},
]


@pytest.fixture(autouse=True)
def people(engine: Engine) -> None:
    kept(
        engine,
        workbook(sectors=[{}], units=[{}, {"code": "U2", "name": "乙"}], appointments=PEOPLE),
    )


def asked(engine: Engine, scope: Scope, **other: Any) -> tuple:
    times = {"begun_on": DUE - timedelta(days=60), "due": DUE, "late_on": TODAY}
    with reading(engine) as connection:
        return in_charge(connection, scope, "U1", **(times | {"names_in_full": True} | other))


WHOLE = Scope(parse("district"), TODAY)


def test_the_two_responsible_subjects_stand_with_the_three_moments(engine: Engine) -> None:
    principal, auditor = asked(engine, WHOLE)
    assert (principal.role, auditor.role) == (PostRole.PRINCIPAL, PostRole.AUDITOR)
    assert (principal.at_begin, principal.at_due, principal.on_day) == (
        ("张三",),
        ("张三",),
        ("李四",),
    )
    assert principal.late == (LateDays("张三", 5), LateDays("李四", 5))
    assert auditor.late == (LateDays("王五", 10),)


def test_a_limit_that_lies_ahead_has_nobody_yet(engine: Engine) -> None:
    principal, _auditor = asked(engine, WHOLE, due=TODAY + timedelta(days=1), late_on=None)
    assert (principal.at_due, principal.late) == (None, ())


def test_names_are_masked_for_those_who_do_not_need_them(engine: Engine) -> None:
    principal, _auditor = asked(engine, WHOLE, names_in_full=False)
    assert principal.on_day == ("李＊",)
    assert [each.name for each in principal.late] == ["张＊", "李＊"]


def test_two_of_one_family_name_are_two_though_masked(engine: Engine) -> None:
    other = {"name": "张明", "role": "AUDITOR", "from_on": CHANGE}
    kept(engine, workbook(appointments=[other]))
    _principal, auditor = asked(engine, WHOLE, names_in_full=False)
    assert auditor.late == (LateDays("王＊", 10), LateDays("张＊", 5))


def test_on_an_earlier_day_who_came_later_is_not_there(engine: Engine) -> None:
    scope = Scope(parse("district"), CHANGE - timedelta(days=1))
    principal, _auditor = asked(engine, scope, late_on=scope.as_of)
    assert principal.on_day == ("张三",)


def test_the_unit_of_others_tells_nothing(engine: Engine) -> None:
    mine = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    assert asked(engine, mine) == ()
