"""Which units stand in the grid, and where the worst of them lie."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from data.coverage import light_reasons
from data.figures.units import by_subdistrict, in_grid, units
from data.nodes import parse
from data.scope import Scope
from data.store.database import reading
from models.grid import Unit
from tests.data.contents import LONG_AGO, TODAY, kept, net, workbook

DISTRICT = Scope(parse("district"), TODAY)
PLACE = "120104001"


def take_in(engine: Engine, *units: dict[str, object]) -> None:
    kept(engine, workbook(sectors=[{}], units=list(units)))


@pytest.mark.parametrize(
    ("enrolled_on", "withdrawn_on", "there"),
    [
        (TODAY, None, True),
        (TODAY + timedelta(1), None, False),
        (LONG_AGO, TODAY + timedelta(1), True),
        (LONG_AGO, TODAY, False),
    ],
)
def test_a_unit_is_in_the_grid_from_its_enrolment_until_before_its_withdrawal(
    engine, enrolled_on, withdrawn_on, there
):
    take_in(engine, {"enrolled_on": enrolled_on, "withdrawn_on": withdrawn_on})
    with reading(engine) as connection:
        found = list(connection.scalars(select(col(Unit.code)).where(in_grid(DISTRICT))))
    assert found == ["U1"] * there


def test_only_units_that_may_be_seen_are_in_the_grid_of_a_scope(engine):
    take_in(engine, {"code": "U1"}, {"code": "U2"})
    mine = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    with reading(engine) as connection:
        found = list(connection.scalars(select(col(Unit.code)).where(in_grid(mine))))
    assert found == ["U2"]


def test_of_a_full_subdistrict_the_worst_units_are_given_and_all_are_counted(engine):
    units = [{"code": f"U{at}", "subdistrict": PLACE} for at in range(3)]
    rated = [{"unit": "U2", "base_points": 0, "operation_points": 0}]
    kept(engine, workbook(sectors=[{}], units=units, ratings=rated))
    with reading(engine) as connection:
        number, worst = by_subdistrict(connection, DISTRICT, 2)[PLACE]
    assert (number, [unit.code for unit in worst]) == (3, ["U2", "U0"])


def test_units_without_a_subdistrict_stand_apart_and_those_outside_the_grid_nowhere(engine):
    take_in(engine, {"code": "U1"}, {"code": "U2", "enrolled_on": date(2026, 7, 1)})
    with reading(engine) as connection:
        found = by_subdistrict(connection, DISTRICT, 9)
    assert {place: number for place, (number, _worst) in found.items()} == {None: 1}


def test_units_of_one_light_stand_by_their_longest_overdue_finding_then_by_code(engine):
    findings = [
        {"code": "F1", "unit": "U1", "due_on": TODAY - timedelta(40)},
        {"code": "F2", "unit": "U3", "due_on": TODAY - timedelta(90)},
        {"code": "F3", "unit": "U2", "due_on": TODAY - timedelta(40)},
    ]
    kept(engine, workbook(**net("U1", "U2", "U3", "U4"), findings=findings))
    with reading(engine) as connection:
        ordered = [unit.code for unit in units(connection, DISTRICT)]
        gravest = [unit.code for unit, _why in light_reasons.gravest(connection, DISTRICT, 3)]
    assert ordered[:3] == gravest == ["U3", "U1", "U2"]
