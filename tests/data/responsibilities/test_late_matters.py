"""Late reports, missed duties and overdue findings are told by who held the post meanwhile."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from data.nodes import parse
from data.responsibilities.late_matters import LateKind, by_person, late_matters
from data.scope import Scope
from data.store.database import reading
from models.duty import PostRole
from models.rules.in_charge import LateDays
from tests.data import districts
from tests.data.contents import LONG_AGO, TODAY, kept, workbook
from tests.data.districts import few
from tests.data.figures.taken_in import taken_in
from tests.oracle.beside_figures import compared_in_charge


def ago(days: int) -> date:
    return TODAY - timedelta(days)


WHOLE = Scope(parse("district"), TODAY)
PEOPLE = [
    {"name": "张三", "role": "PRINCIPAL", "from_on": LONG_AGO, "until_on": ago(4)},
    {"name": "李四", "role": "PRINCIPAL", "from_on": ago(4)},
    {"name": "王五", "role": "AUDITOR", "from_on": LONG_AGO},
]
REPORTS = [
    {"kind": "PLAN", "due_on": ago(10)},
    {"kind": "SUMMARY", "due_on": ago(30), "submitted_on": ago(25)},
    {"kind": "AUDIT_REPORT", "due_on": ago(30), "submitted_on": ago(30)},
    {"kind": "RECT_REPORT", "due_on": TODAY},
    {"kind": "PLAN", "year": 2024, "due_on": ago(400)},
    {"kind": "SUMMARY", "year": 2024, "due_on": ago(400), "submitted_on": ago(390)},
]
DUTIES = [
    {"item": "P1", "due_on": ago(20), "done_on": ago(2)},
    {"item": "P3", "due_on": ago(20), "done_on": ago(20)},
    {"item": "A1", "due_on": ago(365)},
    {"item": "A2", "due_on": ago(364)},
]


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    units = [{}, {"code": "U2", "name": "乙", "sector": "HEALTH"}]
    findings = [{"issued_on": ago(60), "due_on": ago(3)}, {"code": "F2", "due_on": TODAY}]
    kept(
        engine,
        workbook(
            sectors=[{}, {"code": "HEALTH"}],
            units=units,
            appointments=PEOPLE,
            reports=REPORTS,
            duties=[*DUTIES, {"unit": "U2", "item": "P1", "due_on": ago(7)}],
            findings=findings,
        ),
    )
    with reading(engine) as connection:
        yield connection


def of_unit(connection: Connection, scope: Scope = WHOLE) -> list[tuple[object, ...]]:
    found = late_matters(connection, scope, names_in_full=True)
    return [(m.what, m.due_on, m.done_on, m.days) for m in found if m.unit == "U1"]


def test_what_is_not_done_comes_first_then_the_latest_done_late(connection: Connection) -> None:
    assert of_unit(connection) == [
        ("PLAN", ago(400), None, 400),
        ("A2", ago(364), None, 364),
        ("PLAN", ago(10), None, 10),
        ("P1", ago(20), ago(2), 18),
        ("SUMMARY", ago(30), ago(25), 5),
    ]


def test_done_after_the_day_is_not_done_on_it(connection: Connection) -> None:
    assert ("P1", ago(20), None, 17) in of_unit(connection, WHOLE.on(ago(3)))


def test_days_fall_to_whoever_held_the_post_until_it_was_done(connection: Connection) -> None:
    (duty,) = (
        each
        for each in late_matters(connection, WHOLE, names_in_full=True)
        if each.what == "P1" and each.unit == "U1"
    )
    principal, auditor = duty.subjects
    assert (principal.at_due, principal.at_end) == (("张三",), ("李四",))
    assert principal.late == (LateDays("张三", 15), LateDays("李四", 3))
    assert auditor.late == (LateDays("王五", 18),)


def test_a_unit_without_appointments_has_nobody_in_charge(connection: Connection) -> None:
    (matter,) = (
        each for each in late_matters(connection, WHOLE, names_in_full=True) if each.unit == "U2"
    )
    assert matter.subjects == ()
    assert {each.unit for each in by_person(connection, WHOLE, names_in_full=True)} == {"U1"}


def test_days_add_up_by_person_over_findings_reports_and_duties(connection: Connection) -> None:
    found = {each.name: each for each in by_person(connection, WHOLE, names_in_full=True)}
    matters = [
        each for each in late_matters(connection, WHOLE, names_in_full=True) if each.unit == "U1"
    ]
    auditor, successor = found["王五"], found["李四"]
    assert auditor.days == sum(each.days for each in matters) + 3
    kinds = [each.kind for each in matters]
    assert (auditor.findings, auditor.reports, auditor.duties) == (
        1,
        kinds.count(LateKind.REPORT),
        kinds.count(LateKind.DUTY),
    )
    # From the day on which the post was taken over: four days of what is open, to the day before
    # yesterday of the duty, and all three of the finding.
    assert successor.days == 5 + 5 + 5 + 3 + 3
    assert successor.in_post and not found["张三"].in_post


def test_names_are_masked_yet_two_of_one_family_stay_two(engine: Engine, connection) -> None:
    kept(engine, workbook(appointments=[{"name": "张明", "role": "PRINCIPAL", "from_on": ago(4)}]))
    with reading(engine) as anew:
        found = by_person(anew, WHOLE, names_in_full=False)
    principals = [each.name for each in found if each.role is PostRole.PRINCIPAL]
    assert sorted(principals) == ["张＊", "张＊", "李＊"]


def test_the_unit_of_others_tells_nothing(connection: Connection) -> None:
    mine = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    for found in (late_matters, by_person):
        told = found(connection, mine, names_in_full=True)
        assert {each.unit for each in told} <= {"U2"}


@few(8)
@given(data=st.data())
def test_who_was_in_charge_equals_the_oracle(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("people", "reports", "findings", "holders"))
    day, district = data.draw(districts.days(rows)), districts.district_of(rows)
    with taken_in(rows) as connection:
        found = compared_in_charge(connection, district, day, ["district", "unit:U1"])
        for kind, where, shown, wanted in found:
            assert shown == wanted, f"{kind} {where}"
