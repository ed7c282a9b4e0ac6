"""How duty items stand: they add up to the figures, and what is open is listed by its day."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.reference.lists import shipped
from data.responsibilities.duty_standing import AHEAD_DAYS, ItemStanding, by_item, overdue, upcoming
from data.scope import Scope
from data.store.database import reading
from models.kinds import LATEST
from tests.data import districts
from tests.data.contents import TODAY, kept, net, workbook
from tests.data.districts import few
from tests.databases import sqlite_database

DISTRICT = Scope(parse("district"), TODAY)
WEIGHTS = shipped().duty_weights
ITEMS = tuple(WEIGHTS)


def duty(days: int, done: int | None = None, **row: Any) -> dict[str, Any]:
    """Due `days` after the day, done `done` days after it."""
    done_on = None if done is None else TODAY + timedelta(done)
    return {"due_on": TODAY + timedelta(days), "done_on": done_on, **row}


@pytest.fixture
def connection(engine: Engine):
    with reading(engine) as connection:
        yield connection


@few(25)
@given(data=st.data())
def test_items_add_up_to_the_figures(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("people"))
    with sqlite_database() as engine:
        kept(engine, districts.content(rows), day=LATEST)
        with reading(engine) as connection:
            scope = Scope(parse("district"), data.draw(districts.days(rows)))
            figures = read(connection, scope, catalogue(shipped()))
            found = by_item(connection, scope, ITEMS)
            for figure, part in (("duty_rate", "done"), ("duty_on_time", "on_time")):
                weighed = sum(WEIGHTS[each.item][1] * getattr(each, part) for each in found)
                assert figures[figure].numerator == weighed
            due = sum(WEIGHTS[each.item][1] * each.due for each in found)
            assert figures["duty_rate"].denominator == due


def test_late_and_missing_are_told_apart(engine, connection):
    duties = [duty(-9, -9), duty(-8, -7), duty(-7), duty(0)]
    kept(engine, workbook(**net("U1"), duties=duties))
    (item,) = by_item(connection, DISTRICT, ITEMS)
    assert item == ItemStanding("P1", due=4, done=2, on_time=1)
    assert (item.late, item.missing) == (1, 2)


def test_items_stand_in_the_order_asked_for(engine, connection):
    kept(engine, workbook(**net("U1"), duties=[duty(-1, item=item) for item in ("A1", "P2")]))
    assert [each.item for each in by_item(connection, DISTRICT, ("P2", "A1", "A2"))] == ["P2", "A1"]


def test_what_is_done_later_was_open_on_the_day(engine, connection):
    kept(engine, workbook(**net("U1"), duties=[duty(-9, 0)]))
    assert overdue(connection, DISTRICT, ITEMS, first=0, most=9).number == 0
    before = DISTRICT.on(TODAY - timedelta(1))
    assert overdue(connection, before, ITEMS, first=0, most=9).shown[0].days == 8


def test_overdue_begins_the_day_after_and_ends_with_the_year(engine, connection):
    duties = [duty(0), duty(-1), duty(-364), duty(-365)]
    kept(engine, workbook(**net("U1"), duties=duties))
    found = overdue(connection, DISTRICT, ITEMS, first=0, most=9)
    assert [each.days for each in found.shown] == [364, 1]


def test_upcoming_begins_with_the_day_itself(engine, connection):
    duties = [duty(AHEAD_DAYS), duty(0), duty(-1), duty(AHEAD_DAYS + 1)]
    kept(engine, workbook(**net("U1"), duties=duties))
    found = upcoming(connection, DISTRICT, ITEMS, first=0, most=9)
    assert [-each.days for each in found.shown] == [0, AHEAD_DAYS]


def test_a_page_of_open_duties_knows_how_many_there_are(engine, connection):
    kept(engine, workbook(**net("U1"), duties=[duty(-3), duty(-2), duty(-1)]))
    found = overdue(connection, DISTRICT, ITEMS, first=1, most=1)
    assert (found.number, [each.days for each in found.shown]) == (3, [2])


def test_duties_of_units_that_may_not_be_seen_stay_unseen(engine, connection):
    kept(engine, workbook(**net("U1", "U2"), duties=[duty(-1), duty(-2, unit="U2")]))
    mine = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    assert [each.unit for each in overdue(connection, mine, ITEMS, first=0, most=9).shown] == ["U2"]
    assert [each.due for each in by_item(connection, mine, ITEMS)] == [1]
