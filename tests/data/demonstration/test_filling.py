"""Filling: through the intake, at last month by month, into an empty database only."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, func, select
from sqlmodel import col

from data import demonstration
from data.demonstration.filling import MONTHS
from data.facts.derivation import compare
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.figures.units import lights
from data.intake.kept_warnings import unconfirmed
from data.intake.taking import take
from data.ledgers.rows import fetch, ids
from data.meetings import freezes
from data.meetings.differences import moved
from data.meetings.held import last_before
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import reading
from data.store.demonstration_mark import is_demonstration
from models.days import month_ends
from models.kept import Import
from models.registry import LEDGERS
from models.rules.light import Light
from tests.data.contents import dump, kept, net, workbook
from tests.data.demonstration.pilot import NOW, TODAY, fill
from tests.databases import sqlite, sqlite_database


def test_it_comes_in_at_the_end_of_each_of_the_last_months_and_for_the_last_meeting(
    connection: Connection,
) -> None:
    days = list(connection.scalars(select(col(Import.day)).order_by(col(Import.number))))
    months = month_ends(TODAY, MONTHS)
    assert days == sorted([date(2023, 12, 31), *months, last_before(connection, TODAY)])


def test_the_figures_of_the_last_meeting_are_frozen_with_what_was_known(
    connection: Connection,
) -> None:
    (line,) = freezes.freezes(connection)
    assert line.as_of == line.meeting_on == last_before(connection, TODAY)
    before = select(func.max(col(Import.number))).where(col(Import.day) <= line.as_of)
    assert line.import_number == connection.scalar(before)


def test_some_of_what_had_happened_before_the_meeting_was_told_after_it(
    connection: Connection,
) -> None:
    (line,) = freezes.freezes(connection)
    scope = everything(parse("district"), line.as_of)
    known = read(connection, scope, catalogue(shipped()))
    assert moved(freezes.readings(connection, scope, line.number), known)


def test_the_database_says_that_it_is_a_demonstration(connection: Connection) -> None:
    assert is_demonstration(connection)


def test_facts_and_totals_are_in_step_with_the_ledgers(district: Engine) -> None:
    with reading(district) as connection:
        assert not compare(connection, shipped()).differs


def test_a_database_with_a_unit_is_left_alone(tmp_path: Path) -> None:
    engine = sqlite(tmp_path)
    kept(engine, workbook(**net()))
    before = dump(engine)
    assert not fill(engine)
    assert dump(engine) == before


def test_it_is_filled_once(district: Engine) -> None:
    before = dump(district)["imports"]
    assert not fill(district)
    assert dump(district)["imports"] == before


def test_one_workbook_comes_to_the_same_ledgers(tmp_path: Path, district: Engine) -> None:
    engine, file = sqlite(tmp_path), tmp_path / "district.xlsx"
    demonstration.workbook(file, TODAY)
    taken = take(engine, file, day=TODAY, account="steward", now=NOW, references=shipped())
    assert taken.faults == []
    with reading(engine) as once, reading(district) as by_years:
        for ledger in LEDGERS:
            rows = list(fetch(once, ledger, ids(ledger), in_order=True))
            assert rows == list(fetch(by_years, ledger, ids(ledger), in_order=True))


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_lights_are_the_same_whatever_the_day(tmp_path: Path, today: date) -> None:
    """Taken in as one workbook, which comes to the same ledgers in a third of the time."""
    file = tmp_path / "district.xlsx"
    demonstration.workbook(file, today)
    with sqlite_database() as engine:
        take(engine, file, day=today, account="steward", now=NOW, references=shipped())
        with reading(engine) as connection:
            shown = lights(connection, everything(parse("district"), today))
    assert 4 <= shown[Light.RED] <= 6
    assert 8 <= shown[Light.YELLOW] <= 10
    assert shown[Light.GREY] == 2


def test_what_was_odd_waits_for_somebody_in_the_last_workbook_only(
    connection: Connection,
) -> None:
    last = connection.scalar(select(func.max(col(Import.number))))
    waiting = unconfirmed(connection, everything(parse("district"), TODAY))
    assert {each.import_number for each in waiting} == {last}
    assert len(waiting) < 10
