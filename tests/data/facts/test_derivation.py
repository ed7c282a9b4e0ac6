"""Comparing with what would be derived: it tells every difference and writes none."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Connection, Engine, delete, update
from sqlmodel import col

from data.facts.derivation import compare, derive
from data.reference.lists import shipped
from data.store.database import reading, writing
from models.grid import Unit
from models.kept import Balance, KeptFact
from tests.data.contents import dump, kept, net, workbook


@pytest.fixture
def filled(engine: Engine) -> Engine:
    kept(engine, workbook(**net(), findings=[{}], key_tasks=[{"start_on": date(2026, 1, 1)}]))
    return engine


def test_after_an_import_nothing_differs(filled: Engine) -> None:
    with reading(filled) as connection:
        assert not compare(connection, shipped()).differs


def lose_a_fact(connection: Connection) -> None:
    connection.execute(delete(KeptFact).where(col(KeptFact.measure) == "unrectified"))


def miscount(connection: Connection) -> None:
    connection.execute(
        update(Balance).where(col(Balance.measure) == "unrectified").values(count=Balance.count + 1)
    )


def move_a_unit(connection: Connection) -> None:
    connection.execute(update(Unit).values(sector="HEALTH"))


@pytest.mark.parametrize("damage", [lose_a_fact, miscount, move_a_unit])
def test_a_difference_is_told_and_left(
    filled: Engine, damage: Callable[[Connection], None]
) -> None:
    with writing(filled) as connection:
        damage(connection)
    before = dump(filled)
    with reading(filled) as connection:
        assert compare(connection, shipped()).differs
    assert dump(filled) == before


@pytest.mark.parametrize("damage", [lose_a_fact, miscount, move_a_unit])
def test_deriving_again_repairs_it(filled: Engine, damage: Callable[[Connection], None]) -> None:
    with writing(filled) as connection:
        damage(connection)
    with writing(filled) as connection:
        assert derive(connection, None, shipped()).differs
    with reading(filled) as connection:
        assert not compare(connection, shipped()).differs
