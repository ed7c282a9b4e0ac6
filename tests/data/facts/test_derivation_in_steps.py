"""Imports in any steps come to what deriving everything at once comes to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.intake.removal import RemovalRefusedError
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.kinds import LATEST
from tests import oracle
from tests.data import districts
from tests.data.contents import ANY_CORRECTION, dump, kept, net
from tests.data.districts import SUBJECTS, few
from tests.data.facts.workbook_steps import keys, nothing_differs, steps, take_out
from tests.databases import Databases, Postgres, sqlite_database

every_subject = pytest.mark.parametrize("subject", SUBJECTS)
any_subject = st.sampled_from(list(SUBJECTS))


@every_subject
@few(4)
@given(data=st.data())
def test_steps_come_to_the_same(subject: str, data: st.DataObject) -> None:
    compare_steps(sqlite_database, subject, data)


@pytest.mark.postgres
@few(5)
@given(subject=any_subject, data=st.data())
def test_steps_come_to_the_same_on_postgres(
    postgres: Postgres, subject: str, data: st.DataObject
) -> None:
    compare_steps(postgres.database, subject, data)


def compare_steps(databases: Databases, subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts(subject))
    earlier, half, rest = data.draw(steps(rows))
    with databases() as engine, databases() as other:
        for step in (earlier, half, rest):
            kept(engine, districts.content(step), day=LATEST, correct=ANY_CORRECTION)
            assert nothing_differs(engine)
        kept(other, districts.content(rows), day=LATEST)
        assert derived(engine) == derived(other)
        day = data.draw(districts.days(rows))
        with reading(engine) as connection:
            found = read(connection, Scope(parse("district"), day), catalogue(shipped()))
        expected = oracle.figures(districts.district_of(rows), day, "district")
        assert {key: each.as_json() for key, each in found.items()} == expected


@every_subject
@few(3)
@given(data=st.data())
def test_removals_come_to_the_same(subject: str, data: st.DataObject) -> None:
    compare_removals(sqlite_database, subject, data)


@pytest.mark.postgres
@few(4)
@given(subject=any_subject, data=st.data())
def test_removals_come_to_the_same_on_postgres(
    postgres: Postgres, subject: str, data: st.DataObject
) -> None:
    compare_removals(postgres.database, subject, data)


def compare_removals(databases: Databases, subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts(subject))
    with databases() as engine:
        kept(engine, districts.content(rows), day=LATEST)
        for ledger, key in data.draw(st.lists(st.sampled_from(keys(rows)), max_size=6)):
            try:
                take_out(engine, ledger, key)
            except RemovalRefusedError:
                continue
            assert nothing_differs(engine)


def test_a_finding_that_moves_takes_its_history_along(engine: Engine) -> None:
    rows = districts.filled(
        {
            "sectors": [{}, {"code": "HEALTH"}],
            "units": [{}, {"code": "U2", "sector": "HEALTH"}],
            "findings": [{}],
            "rectification_events": [{"action": "CLOSE"}],
            "escalations": [{}],
        }
    )
    kept(engine, districts.content(rows), day=LATEST)
    moved = {"findings": [rows["findings"][0] | {"unit": "U2"}]}
    kept(engine, districts.content(moved), day=LATEST, correct="录入有误")
    assert nothing_differs(engine)


def test_the_first_rows_of_the_district_itself_move_no_unit(engine: Engine) -> None:
    kept(engine, districts.content(districts.filled(net())), day=LATEST)
    assert nothing_differs(engine)


def derived(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Facts without the numbers they were given, running totals, and the groups of units."""
    tables = dump(engine)
    facts = sorted((row[1:] for row in tables["facts"]), key=repr)
    return {"facts": facts, "balances": tables["balances"], "nodes": tables["unit_nodes"]}
