"""Ratings from 0A to 5A: each unit's grade, its points, those missing for the next, its change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.figures.units import in_grid
from data.reference.lists import current
from data.scope import Scope
from data.store.ordering import by_bytes
from models.grid import Unit
from models.kept import KeptFact
from models.mechanism import Rating
from models.registry import BY_ID
from models.rules.mechanism import (
    UNRATED,
    Grades,
    grade_of,
    latest_two,
    points_of,
    to_next_grade,
)


@dataclass(frozen=True, slots=True)
class RatedUnit:
    """A unit in the grid with its rating in force; unrated units have only code and name.

    `base_points` and `operation_points` are in hundredths, as is `missing`: the points lacking for
    `following`, the next grade. `by_points` is the grade that the points alone would give, without
    a veto; `before` is the previous grade.
    """

    code: str
    name: str
    grade: str
    before: str
    year: int | None = None
    rated_on: date | None = None
    base_points: int = 0
    operation_points: int = 0
    veto: str | None = None
    by_points: str = ""
    following: str = ""
    missing: int = 0

    @property
    def points(self) -> int:
        """The sum of base and operation points, in hundredths."""
        return self.base_points + self.operation_points

    @property
    def missing_points(self) -> Fraction:
        """The points lacking for the next grade, in points."""
        return Fraction(self.missing, 100)


@dataclass(frozen=True, slots=True)
class Ratings:
    """The ratings in a scope.

    `grades` are those of the list in force, the best first. `moves` counts units by previous and
    present grade, `years` by rated year and grade; units in the grid without a rating for a year
    count under UNRATED. `units` lists the lowest of `total`.
    """

    grades: tuple[str, ...]
    moves: Mapping[tuple[str, str], int]
    years: Mapping[int, Mapping[str, int]]
    units: tuple[RatedUnit, ...]
    total: int


def ratings(connection: Connection, scope: Scope, grade: str, most: int) -> Ratings:
    """The ratings of units of `scope` in the grid; lists at most `most` units, of `grade` if given.

    Vetoed units come first, then those with the lowest points, then the unrated.
    """
    grades = current(connection).grades
    units = {code: name for code, name in connection.execute(_members(scope))}
    by_unit: dict[str, list[Rating]] = {code: [] for code in units}
    for row in connection.execute(_known(scope)):
        by_unit[row.unit].append(row)  # type: ignore[arg-type]
    rated = [
        _standing(code, units[code], ratings_of_unit, grades, scope.as_of)
        for code, ratings_of_unit in by_unit.items()
    ]
    wanted = sorted((unit for unit in rated if grade in ("", unit.grade)), key=_lowest_first)
    order = tuple(grade for _lowest, grade in grades)
    return Ratings(
        order,
        Counter((unit.before, unit.grade) for unit in rated),
        _by_year(by_unit, grades),
        tuple(wanted[:most]),
        len(wanted),
    )


def latest_grades(connection: Connection, scope: Scope) -> dict[str, str]:
    """By unit of `scope`, its grade in force on the day; unrated units are missing."""
    rows = connection.execute(
        select(col(KeptFact.unit), col(KeptFact.bucket))
        .where(col(KeptFact.measure) == "rating", alive(scope.as_of), facts_of_scope(scope))
        .order_by(by_bytes(KeptFact.unit))
    )
    return {unit: grade for unit, grade in rows if grade != UNRATED}


def _standing(
    code: str, name: str, ratings: Iterable[Rating], grades: Grades, day: date
) -> RatedUnit:
    now, before = latest_two(ratings, day)
    earlier = grade_of(before, grades) if before else UNRATED
    if now is None:
        return RatedUnit(code, name, UNRATED, earlier)
    following, missing = to_next_grade(now, grades) or ("", 0)
    points = points_of(now)
    return RatedUnit(
        code,
        name,
        grade_of(now, grades),
        earlier,
        now.year,
        now.rated_on,
        now.base_points,
        now.operation_points,
        now.veto,
        next((grade for lowest, grade in grades if points >= lowest), ""),
        following,
        missing,
    )


def _lowest_first(unit: RatedUnit) -> tuple[bool, bool, int, str]:
    return unit.year is None, unit.veto is None, unit.points, unit.code


def _by_year(
    by_unit: Mapping[str, Sequence[Rating]], grades: Grades
) -> Mapping[int, Mapping[str, int]]:
    years_and_grades = [(each.year, grade_of(each, grades)) for each in _all(by_unit.values())]
    counted: dict[int, Counter[str]] = {year: Counter() for year, _grade in years_and_grades}
    for year, grade in years_and_grades:
        counted[year][grade] += 1
    for counts in counted.values():
        counts[UNRATED] = len(by_unit) - counts.total()
    return {year: counted[year] for year in sorted(counted)}


def _all(groups: Iterable[Sequence[Rating]]) -> Iterator[Rating]:
    for ratings in groups:
        yield from ratings


def _members(scope: Scope) -> Select[str, str]:
    return (
        select(col(Unit.code), col(Unit.name)).where(in_grid(scope)).order_by(by_bytes(Unit.code))
    )


def _known(scope: Scope) -> Select[Any]:
    columns = [getattr(Rating, each.id) for each in BY_ID[Rating.id()].columns]
    return (
        select(*columns)
        .join(Unit, col(Unit.code) == col(Rating.unit))
        .where(in_grid(scope), col(Rating.rated_on) <= scope.as_of)
        .order_by(by_bytes(Rating.unit), col(Rating.year))
    )
