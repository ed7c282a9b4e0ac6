"""Posts filled and empty: they agree with the figures and with the warning of rule W21."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select
from sqlmodel import col

from data.figures.catalogue import catalogue
from data.figures.reading import alive, read
from data.figures.rows import within
from data.nodes import parse
from data.reference.lists import shipped
from data.responsibilities.persons import chief_auditors, persons
from data.responsibilities.posts import Filled, filled, posts, with_vacancies
from data.scope import Scope
from data.store.database import reading
from models.duty import GROUP, InstitutionForm, PostRole
from models.grid import UnitKind
from models.kept import KeptFact
from models.kinds import LATEST
from models.rules.vacancy import posts_of
from tests.data import districts
from tests.data.contents import LONG_AGO, TODAY, kept, net, workbook
from tests.data.districts import few
from tests.databases import sqlite_database

CATALOGUE = catalogue(shipped())
DISTRICT = Scope(parse("district"), TODAY)
THRESHOLD = shipped().thresholds["W21"]


def held(role: PostRole, name: str = "张三", **row: Any) -> dict[str, Any]:
    return {"role": str(role), "name": name, **row}


@pytest.fixture
def connection(engine: Engine):
    with reading(engine) as connection:
        yield connection


@few(25)
@given(data=st.data())
def test_posts_say_what_the_figures_say(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("people"))
    with sqlite_database() as engine:
        kept(engine, districts.content(rows), day=LATEST)
        with reading(engine) as connection:
            scope = Scope(parse("district"), data.draw(districts.days(rows)))
            figures = read(connection, scope, CATALOGUE)
            found = posts(connection, scope)
            empty = [{each.role for each in unit.vacancies} for unit in found]
            assert figures["units"].numerator == len(found)
            if not figures["dual_responsibility"].known:
                return
            assert figures["dual_responsibility"].numerator == sum(
                not roles & {PostRole.PRINCIPAL, PostRole.AUDITOR} for roles in empty
            )
            assert figures["group_rate"].numerator == sum(not roles & set(GROUP) for roles in empty)
            assert figures["chief_auditor_rate"].numerator == sum(
                unit.kind == UnitKind.SOE and PostRole.CHIEF_AUDITOR not in roles
                for unit, roles in zip(found, empty, strict=True)
            )
            assert (figures["institution_rate"].numerator or 0) == sum(
                unit.institution is InstitutionForm.INDEPENDENT for unit in found
            )


@few(25)
@given(data=st.data())
def test_a_long_empty_post_of_a_chief_auditor_is_warned_of(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("people"))
    with sqlite_database() as engine:
        kept(engine, districts.content(rows), day=LATEST)
        with reading(engine) as connection:
            scope = Scope(parse("district"), data.draw(districts.days(rows)))
            found = chief_auditors(connection, scope, THRESHOLD, names_in_full=False)
            warned = connection.scalars(
                select(col(KeptFact.unit)).where(
                    col(KeptFact.measure) == "warning_open",
                    within("rule=W21"),
                    alive(scope.as_of),
                )
            )
            assert {each.unit for each in found if each.warned} == set(warned)


def test_a_vacancy_begins_when_the_last_one_left(engine, connection):
    left = date(2026, 5, 1)
    people = [held(PostRole.PRINCIPAL), held(PostRole.AUDITOR, until_on=left)]
    kept(engine, workbook(**net("U1"), appointments=people))
    (unit,) = with_vacancies(connection, DISTRICT, frozenset({PostRole.AUDITOR}))
    assert [(each.role, each.since) for each in unit.vacancies] == [(PostRole.AUDITOR, left)]


def test_the_longest_vacancy_comes_first(engine, connection):
    people = [held(PostRole.AUDITOR, until_on=TODAY - timedelta(3))]
    kept(engine, workbook(**net("U1", "U2"), appointments=people))
    found = with_vacancies(connection, DISTRICT, frozenset({PostRole.AUDITOR}))
    assert [unit.unit for unit in found] == ["U2", "U1"]


def test_a_unit_with_nobody_in_post_comes_before_a_longer_vacancy(engine, connection):
    left = TODAY - timedelta(3)
    people = [held(role, unit="U2", until_on=left) for role in posts_of(UnitKind.INSTITUTION)]
    people.append(held(PostRole.PRINCIPAL, unit="U1"))
    kept(engine, workbook(**net("U1", "U2"), appointments=people))
    found = with_vacancies(connection, DISTRICT, frozenset(PostRole))
    assert [(unit.unit, unit.nobody_in_post) for unit in found] == [("U2", True), ("U1", False)]


def test_units_without_a_gap_in_the_posts_asked_for_are_left_out(engine, connection):
    kept(engine, workbook(**net("U1"), appointments=[held(PostRole.AUDITOR)]))
    assert with_vacancies(connection, DISTRICT, frozenset({PostRole.AUDITOR})) == ()


def test_filled_posts_are_counted_by_kind_of_unit(engine, connection):
    kept(engine, workbook(**net("U1", "U2"), appointments=[held(PostRole.AUDITOR)]))
    found = filled(connection, DISTRICT)
    assert found[PostRole.AUDITOR, UnitKind.AGENCY] == Filled(1, 2)
    assert (PostRole.CHIEF_AUDITOR, UnitKind.AGENCY) not in found


def test_of_two_institutions_the_independent_one_is_shown(engine, connection):
    forms = [
        {"form": "INDEPENDENT", "from_on": LONG_AGO},
        {"form": "JOINT", "from_on": LONG_AGO + timedelta(1)},
    ]
    kept(engine, workbook(**net("U1"), institutions=forms))
    (unit,) = posts(connection, DISTRICT)
    assert (unit.institution, unit.institution_since) == (InstitutionForm.INDEPENDENT, LONG_AGO)


def listed(connection: Connection, scope: Scope = DISTRICT, *, full: bool = True):
    found = persons(connection, scope, tuple(PostRole), first=0, most=50, names_in_full=full)
    assert found.number == len(found.shown)
    return found.shown


def test_a_person_in_several_posts_is_marked(engine, connection):
    people = [held(PostRole.PRINCIPAL), held(PostRole.GROUP_LEADER), held(PostRole.AUDITOR, "李四")]
    kept(engine, workbook(**net("U1"), appointments=people))
    assert [(each.name, each.others) for each in listed(connection)] == [
        ("张三", (PostRole.GROUP_LEADER,)),
        ("李四", ()),
        ("张三", (PostRole.PRINCIPAL,)),
    ]


def test_the_same_name_in_another_unit_is_another_person(engine, connection):
    people = [held(PostRole.PRINCIPAL), held(PostRole.AUDITOR, unit="U2")]
    kept(engine, workbook(**net("U1", "U2"), appointments=people))
    assert [each.others for each in listed(connection)] == [(), ()]


def test_names_are_masked_unless_in_full(engine, connection):
    kept(engine, workbook(**net("U1"), appointments=[held(PostRole.PRINCIPAL, "欧阳明")]))
    assert [each.name for each in listed(connection, full=False)] == ["欧＊＊"]


def test_who_has_left_or_is_yet_to_come_is_not_in_post(engine, connection):
    people = [
        held(PostRole.PRINCIPAL, until_on=TODAY),
        held(PostRole.AUDITOR, from_on=TODAY, until_on=LATEST),
    ]
    kept(engine, workbook(**net("U1"), appointments=people))
    assert [each.role for each in listed(connection)] == [PostRole.AUDITOR]
    assert [each.role for each in listed(connection, DISTRICT.on(LONG_AGO))] == [PostRole.PRINCIPAL]


def test_persons_of_units_that_may_not_be_seen_stay_unseen(engine, connection):
    people = [held(PostRole.PRINCIPAL), held(PostRole.PRINCIPAL, unit="U2")]
    kept(engine, workbook(**net("U1", "U2"), appointments=people))
    mine = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    assert [each.unit for each in listed(connection, mine)] == ["U2"]


def test_chief_auditors_stand_with_the_longest_vacancy_first(engine, connection):
    units = [{"code": code, "kind": "SOE"} for code in ("U1", "U2", "U3")]
    chief = PostRole.CHIEF_AUDITOR
    people = [held(chief), held(chief, unit="U2", until_on=TODAY - timedelta(59))]
    kept(engine, workbook(sectors=[{}], units=units, appointments=people))
    found = chief_auditors(connection, DISTRICT, THRESHOLD, names_in_full=False)
    assert [(each.unit, each.person, each.days_empty, each.warned) for each in found] == [
        ("U3", None, (TODAY - LONG_AGO).days, True),
        ("U2", None, 59, False),
        ("U1", "张＊", None, False),
    ]
