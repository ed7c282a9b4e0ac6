"""Trainings: who came, who passed, and which units did not come."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import group_nodes, parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from data.tasks import trainings
from models.days import later
from tests.data import districts
from tests.data.contents import TODAY, kept, net, workbook
from tests.data.districts import UNITS, few
from tests.data.figures.taken_in import taken_in

DISTRICT = Scope(parse("district"), TODAY)
LONG_AGO = date(2025, 1, 1)


def came(training: str, unit: str, people: int, passed: int | None = None) -> dict[str, object]:
    return {"training": training, "unit": unit, "people": people, "passed": passed}


@few(4)
@given(data=st.data())
def test_sessions_and_absentees_add_up_to_the_figures(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("work"))
    day = data.draw(districts.days(rows))
    with taken_in(rows) as connection:
        for node in [*group_nodes(connection), *(f"unit:{each}" for each in UNITS)]:
            scope = Scope(parse(node), day)
            figures = read(connection, scope, catalogue(shipped()))
            found = trainings.sessions(connection, scope, later(day, -365))
            people = sum(session.people for session in found)
            assert people == (figures["training_people"].numerator or 0)
            absent = trainings.absentees(connection, scope, 1_000)
            covered = figures["training_coverage"]
            assert absent.units == len(absent.lines)
            if covered.known:
                assert absent.units == covered.denominator - covered.numerator


def test_those_who_passed_are_measured_against_those_examined(engine):
    rows = [came("T1", "U1", 4, 3), came("T1", "U2", 5)]
    kept(engine, workbook(**net(), trainings=[{}], attendance=rows))
    with reading(engine) as connection:
        (session,) = trainings.sessions(connection, DISTRICT, LONG_AGO)
    assert (session.people, session.passed, session.examined) == (9, 3, 4)


def test_where_nobody_says_who_passed_nobody_was_examined(engine):
    rows = [came("T1", "U1", 4)]
    kept(engine, workbook(**net(), trainings=[{}], attendance=rows))
    with reading(engine) as connection:
        (session,) = trainings.sessions(connection, DISTRICT, LONG_AGO)
    assert (session.passed, session.examined) == (0, 0)


def test_the_district_has_trainings_to_which_nobody_came_and_a_unit_has_not(engine):
    kept(engine, workbook(**net(), trainings=[{}]))
    with reading(engine) as connection:
        assert len(trainings.sessions(connection, DISTRICT, LONG_AGO)) == 1
        assert trainings.sessions(connection, Scope(parse("unit:U1"), TODAY), LONG_AGO) == ()


def test_a_unit_sees_its_own_people_only(engine):
    rows = [came("T1", "U1", 4), came("T1", "U2", 5)]
    kept(engine, workbook(**net(), trainings=[{}], attendance=rows))
    limited = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    with reading(engine) as connection:
        (session,) = trainings.sessions(connection, limited, LONG_AGO)
    assert (session.units, session.people) == (1, 5)


def test_a_unit_is_measured_by_the_trainings_that_it_could_attend_the_lowest_share_first(engine):
    held = [
        {"code": "T1", "on_date": date(2025, 3, 1)},
        {"code": "T2"},
        {"code": "T3"},
        {"code": "T4", "sector": "HEALTH"},
    ]
    rows = [came("T2", "U1", 9), came("T2", "U2", 1), came("T3", "U2", 2), came("T1", "U3", 5)]
    net_of_three = net("U1", "U2", "U3")
    net_of_three["sectors"].append({"code": "HEALTH", "name": "卫健"})
    kept(engine, workbook(**net_of_three, trainings=held, attendance=rows))
    with reading(engine) as connection:
        found = trainings.attended(connection, DISTRICT)
    assert [(each.unit, each.sessions, each.held, each.people) for each in found] == [
        ("U1", 1, 2, 9),
        ("U2", 2, 2, 3),
    ]


def test_who_never_came_stands_before_who_has_not_come_for_long(engine):
    held = [{"code": "T1", "on_date": date(2025, 3, 1)}, {"code": "T2"}]
    rows = [came("T1", "U1", 4), came("T2", "U2", 1), came("T2", "U3", 0)]
    kept(engine, workbook(**net("U1", "U2", "U3"), trainings=held, attendance=rows))
    with reading(engine) as connection:
        found = trainings.absentees(connection, DISTRICT, 10)
    assert (found.units, found.never) == (2, 1)
    assert [(line.code, line.last_on) for line in found.lines] == [
        ("U3", None),
        ("U1", date(2025, 3, 1)),
    ]
