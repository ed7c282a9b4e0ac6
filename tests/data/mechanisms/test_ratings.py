"""Ratings in force, what is missing for the next grade, and how grades moved."""

from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.mechanisms.ratings import Ratings, ratings
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from tests.data.contents import TODAY, kept, net, workbook

DISTRICT = Scope(parse("district"), TODAY)
UNITS = ("U1", "U2", "U3")


def taken(engine: Engine, *rows: dict[str, Any]) -> Engine:
    kept(engine, workbook(**net(*UNITS), ratings=list(rows)))
    return engine


def found(engine: Engine, grade: str = "", most: int = 30, scope: Scope = DISTRICT) -> Ratings:
    with reading(engine) as connection:
        return ratings(connection, scope, grade, most)


def rated(points: int, **values: Any) -> dict[str, Any]:
    return {"base_points": points - 3000, "operation_points": 3000} | values


def test_a_grade_comes_about_from_base_and_operation_points(engine: Engine) -> None:
    taken(engine, rated(8250))
    unit = found(engine, "3A").units[0]
    assert (unit.base_points, unit.operation_points, unit.points) == (5250, 3000, 8250)
    assert (unit.following, unit.missing_points) == ("4A", Fraction(15, 2))


def test_a_veto_is_0a_with_its_reason_and_the_grade_by_points(engine: Engine) -> None:
    taken(engine, rated(8250, veto="V3"))
    unit = found(engine, "0A").units[0]
    assert (unit.grade, unit.veto, unit.by_points) == ("0A", "V3", "3A")


def test_grades_are_counted_as_in_the_figure(engine: Engine) -> None:
    taken(engine, rated(8250), rated(6000, unit="U2"))
    with reading(engine) as connection:
        figures = read(connection, DISTRICT, catalogue(shipped()))
    for grade in ("3A", "1A", "UNRATED", "5A"):
        assert found(engine, grade).total == figures[f"rating:{grade}"].numerator


def test_vetoes_stand_first_then_the_lowest_points_and_the_unrated_last(engine: Engine) -> None:
    taken(engine, rated(9600, unit="U3", veto="V1"), rated(7000, unit="U2"))
    assert [unit.code for unit in found(engine).units] == ["U3", "U2", "U1"]


def test_moves_are_counted_from_the_rating_before(engine: Engine) -> None:
    taken(
        engine,
        rated(9000, year=2024, rated_on=date(2025, 3, 1)),
        rated(8000, year=2025, rated_on=date(2026, 3, 1)),
        rated(8000, unit="U2", rated_on=date(2026, 3, 1)),
    )
    assert found(engine).moves == {
        ("4A", "3A"): 1,
        ("UNRATED", "3A"): 1,
        ("UNRATED", "UNRATED"): 1,
    }


def test_units_without_a_rating_for_a_year_are_unrated_in_it(engine: Engine) -> None:
    taken(engine, rated(9000, year=2024, rated_on=date(2025, 3, 1)))
    assert found(engine).years == {2024: {"4A": 1, "UNRATED": 2}}


def test_a_rating_of_a_later_day_is_not_known(engine: Engine) -> None:
    taken(engine, rated(9000, rated_on=TODAY))
    assert found(engine, "UNRATED", scope=DISTRICT.on(date(2026, 6, 29))).total == 3


def test_no_more_units_than_asked_for_and_all_are_counted(engine: Engine) -> None:
    taken(engine)
    assert (len(found(engine, most=2).units), found(engine, most=2).total) == (2, 3)


def test_a_unit_sees_its_own_rating_only(engine: Engine) -> None:
    taken(engine, rated(9000), rated(8000, unit="U2"))
    own = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    assert [unit.code for unit in found(engine, scope=own).units] == ["U2"]
