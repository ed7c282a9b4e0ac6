"""The latest checks of items, kept apart by source, and the blind spots they leave."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from data.coverage.content_ages import latest_checks, most_urgent_blind_spots
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.rules.blind_spot import Item
from tests.data.contents import LONG_AGO, TODAY, kept, net, workbook

DISTRICT = Scope(parse("district"), TODAY)
PROJECTS = [
    {"code": "P1", "source": "STATE"},
    {"code": "P2", "source": "CROSS"},
    {"code": "P3", "unit": "U2"},
]
FS01, FS02 = Item("FS01", 8), Item("FS02", 8)


def checked(project: str, days_ago: int, result: str = "NORMAL", item: str = "FS01") -> Any:
    day = TODAY - timedelta(days_ago)
    return {"project": project, "item": item, "result": result, "checked_on": day}


@pytest.fixture
def connection(engine: Engine):
    with reading(engine) as connection:
        yield connection


def take_in(engine: Engine, *checks: dict[str, Any]) -> None:
    kept(engine, workbook(**net("U1", "U2"), projects=PROJECTS, content_checks=list(checks)))


def latest(connection: Connection, scope: Scope = DISTRICT, **how: Any) -> list[tuple[Any, ...]]:
    found = latest_checks(connection, scope, ("U1", "U2"), **how)
    return [(each.unit, each.result, each.source, each.checked_on) for each in found]


def test_the_latest_check_counts_with_the_audit_it_came_from(engine, connection):
    take_in(engine, checked("P1", 10), checked("P2", 5, "PROBLEM"))
    assert latest(connection) == [("U1", "PROBLEM", "CROSS", TODAY - timedelta(5))]


def test_of_one_day_the_worst_counts(engine, connection):
    take_in(engine, checked("P1", 5, "PROBLEM"), checked("P2", 5, "NOT_APPLICABLE"))
    assert [result for _unit, result, *_rest in latest(connection)] == ["PROBLEM"]


def test_sources_are_kept_apart(engine, connection):
    take_in(engine, checked("P1", 10), checked("P2", 5, "PROBLEM"))
    assert latest(connection, source="STATE") == [("U1", "NORMAL", "STATE", TODAY - timedelta(10))]


def test_what_was_checked_after_the_day_is_not_known(engine, connection):
    take_in(engine, checked("P1", 10), checked("P2", 5))
    before = DISTRICT.on(TODAY - timedelta(6))
    assert [source for _unit, _result, source, _day in latest(connection, before)] == ["STATE"]


def test_checks_of_units_that_may_not_be_seen_stay_unseen(engine, connection):
    take_in(engine, checked("P1", 10), checked("P3", 10))
    mine = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    assert [unit for unit, *_rest in latest(connection, mine)] == ["U2"]


def test_blind_spots_are_the_pairs_that_content_coverage_lacks(engine, connection):
    take_in(
        engine,
        checked("P1", 364),
        checked("P2", 365, item="FS02"),
        checked("P3", 0, "NOT_APPLICABLE"),
    )
    items = tuple(Item(code, 1) for code in shipped().item_groups)
    spots = most_urgent_blind_spots(connection, DISTRICT, items, 100)
    coverage = read(connection, DISTRICT, catalogue(shipped()))["content_coverage"]
    pairs = spots.units * len(items)
    assert (pairs - spots.number, pairs) == (coverage.numerator, coverage.denominator)
    assert len(spots.most_urgent) == sum(spots.by_item.values()) == spots.number


def test_a_blind_spot_knows_when_it_was_last_looked_into(engine, connection):
    take_in(engine, checked("P1", 400), checked("P3", 3))
    (spot,) = most_urgent_blind_spots(connection, DISTRICT, (FS01,), 9).most_urgent
    assert (spot.unit, spot.checked_on, spot.days) == ("U1", TODAY - timedelta(400), 400)


def test_blind_spots_are_counted_by_item(engine, connection):
    take_in(engine, checked("P1", 3))
    spots = most_urgent_blind_spots(connection, DISTRICT, (FS01, FS02), 1)
    assert (spots.by_item, spots.units) == ({"FS01": 1, "FS02": 2}, 2)


def test_no_more_blind_spots_are_listed_than_asked_for(engine, connection):
    take_in(engine)
    spots = most_urgent_blind_spots(connection, DISTRICT, (FS01, FS02), 3)
    assert (spots.number, len(spots.most_urgent)) == (4, 3)


def test_a_unit_outside_the_grid_has_no_blind_spots(engine, connection):
    units = [{"code": "U1", "withdrawn_on": TODAY}, {"code": "U2", "enrolled_on": date(2026, 7, 1)}]
    kept(engine, workbook(sectors=[{}], units=units))
    assert most_urgent_blind_spots(connection, DISTRICT, (FS01,), 9).units == 0
    assert most_urgent_blind_spots(connection, DISTRICT.on(LONG_AGO), (FS01,), 9).units == 1
