"""Assessment by indicator and by unit: the latest year against the one before, the lowest first."""

from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.mechanisms.assessments import below, indicators, units
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from tests.data.contents import TODAY, kept, net, workbook

DISTRICT = Scope(parse("district"), TODAY)


def asked(engine: Engine, question: Any, *more: Any, scope: Scope = DISTRICT) -> Any:
    with reading(engine) as connection:
        return question(connection, scope, *more)


def taken(engine: Engine, *rows: dict[str, Any]) -> Engine:
    kept(engine, workbook(**net(), assessments=list(rows)))
    return engine


def test_an_indicator_is_the_mean_part_of_full_points(engine: Engine) -> None:
    taken(
        engine,
        {"unit": "U1", "points": 9000},
        {"unit": "U2", "points": 1000, "full_points": 2000},
    )
    (found,) = asked(engine, indicators).indicators
    assert found.now.mean == Fraction(7, 10)


def test_the_latest_year_stands_against_the_one_before(engine: Engine) -> None:
    taken(engine, {"year": 2025, "points": 9000}, {"year": 2024, "points": 6000})
    found = asked(engine, indicators)
    (indicator,) = found.indicators
    assert (found.year, indicator.before.mean) == (2025, Fraction(6, 10))


def test_the_weakest_indicator_stands_first(engine: Engine) -> None:
    taken(engine, {"indicator": "甲", "points": 9000}, {"indicator": "乙", "points": 6000})
    assert [each.name for each in asked(engine, indicators).indicators] == ["乙", "甲"]


def test_a_band_holds_its_lower_bound(engine: Engine) -> None:
    taken(engine, {"unit": "U1", "points": 9000}, {"unit": "U2", "points": 8999})
    (found,) = asked(engine, indicators).indicators
    assert found.now.bands == {"EXCELLENT": 1, "GOOD": 1, "FAIR": 0, "PASS": 0, "FAIL": 0}


def test_what_is_assessed_later_is_not_known_on_the_day(engine: Engine) -> None:
    taken(engine, {"year": 2025}, {"year": 2024, "assessed_on": date(2025, 2, 1)})
    assert asked(engine, indicators, scope=DISTRICT.on(date(2026, 1, 31))).year == 2024
    assert asked(engine, indicators, scope=DISTRICT.on(date(2025, 1, 31))).year is None


def test_a_unit_is_shown_by_its_latest_year_whole_and_by_indicator(engine: Engine) -> None:
    taken(
        engine,
        {"indicator": "甲", "points": 9000},
        {"indicator": "乙", "points": 1000, "full_points": 5000},
        {"indicator": "甲", "points": 8000, "year": 2023},
    )
    (unit,) = asked(engine, units, 30)
    assert (unit.year, unit.part, unit.before) == (2025, Fraction(10, 15), Fraction(8, 10))
    assert unit.by_indicator == {"甲": Fraction(9, 10), "乙": Fraction(1, 5)}


def test_the_lowest_unit_stands_first(engine: Engine) -> None:
    taken(engine, {"unit": "U1", "points": 9000}, {"unit": "U2", "points": 7000})
    assert [unit.code for unit in asked(engine, units, 1)] == ["U2"]


def test_units_have_the_mean_of_the_figure(engine: Engine) -> None:
    taken(engine, {"unit": "U1", "points": 9000}, {"unit": "U2", "points": 7000})
    figure = asked(engine, read, catalogue(shipped()))["assessment_mean"]
    found = asked(engine, units, 30)
    assert sum(100 * unit.part for unit in found) / len(found) == figure.exact


def test_a_unit_sees_its_own_assessment_only(engine: Engine) -> None:
    taken(engine, {"unit": "U1", "points": 9000}, {"unit": "U2", "points": 7000})
    own = Scope(parse("district"), TODAY, units=frozenset({"U1"}))
    assert [unit.code for unit in asked(engine, units, 30, scope=own)] == ["U1"]
    assert asked(engine, indicators, scope=own).indicators[0].now.units == 1


def test_units_below_a_percent_are_counted_by_their_latest_year_exactly(engine: Engine) -> None:
    taken(
        engine,
        {"unit": "U1", "points": 8000},
        {"unit": "U2", "points": 7999},
        {"unit": "U1", "year": 2024, "points": 100},
    )
    assert asked(engine, below, 80) == 1
    assert asked(engine, below, 79) == 0
