"""The yearly performance assessment: by indicator over all units, and by unit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, case, func, select
from sqlmodel import col

from data.scope import Scope
from data.store.ordering import by_bytes
from models.grid import Unit
from models.mechanism import Assessment
from models.rules.report import GRADES

BANDS: tuple[tuple[str, int], ...] = tuple((band, lowest // 100) for band, lowest in GRADES)
"""Bands of the share of full points, in percent; the same as those of report scores."""


@dataclass(slots=True)
class Counted:
    """The number of assessed units, and the sum of their shares of full points."""

    units: int = 0
    parts: Fraction = Fraction(0)
    bands: dict[str, int] = field(default_factory=lambda: dict.fromkeys(dict(BANDS), 0))

    @property
    def mean(self) -> Fraction | None:
        """The mean share of full points, 0 to 1; None without units."""
        return self.parts / self.units if self.units else None

    @property
    def band(self) -> str:
        """The band of the mean; "" without units."""
        mean = self.mean
        return "" if mean is None else next(name for name, low in BANDS if mean * 100 >= low)


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator in the latest assessed year and the year before."""

    name: str
    now: Counted
    before: Counted


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators of the latest year assessed by the day, the weakest first."""

    year: int | None
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class AssessedUnit:
    """A unit in its latest assessed year: its share of full points, in all and by indicator.

    `before` is the share in the latest assessed year before that; None if there is none.
    """

    code: str
    name: str
    year: int
    part: Fraction
    by_indicator: Mapping[str, Fraction]
    before: Fraction | None


def indicators(connection: Connection, scope: Scope) -> Indicators:
    """The results of the units of `scope` by indicator, for the latest year and the one before."""
    year = connection.scalar(
        select(func.max(col(Assessment.year)))
        .join(Unit, col(Unit.code) == col(Assessment.unit))
        .where(*_known(scope))
    )
    if year is None:
        return Indicators(None, ())
    counted_by_indicator: dict[str, dict[int, Counted]] = {}
    for row in connection.execute(_by_indicator(scope, (year, year - 1))):
        counted = counted_by_indicator.setdefault(
            row.indicator, {year: Counted(), year - 1: Counted()}
        )[row.year]
        counted.units += row.units
        # Rows are grouped by their full points, so that the mean can be computed exactly.
        counted.parts += Fraction(int(row.points), row.full_points)
        for band, _lowest in BANDS:
            counted.bands[band] += int(getattr(row, band))
    listed = [
        Indicator(name, years[year], years[year - 1])
        for name, years in counted_by_indicator.items()
    ]
    assessed = [each for each in listed if each.now.units]
    return Indicators(year, tuple(sorted(assessed, key=lambda each: (each.now.mean, each.name))))


def _by_indicator(scope: Scope, years: Sequence[int]) -> Select[Any]:
    keys: tuple[Any, ...] = (Assessment.indicator, Assessment.year, Assessment.full_points)
    counts: list[Any] = [
        func.count().label("units"),
        func.sum(col(Assessment.points)).label("points"),
        *(
            func.sum(case((_reaches(place), 1), else_=0)).label(band)
            for place, (band, _lowest) in enumerate(BANDS)
        ),
    ]
    return (
        select(*keys, *counts)
        .join(Unit, col(Unit.code) == col(Assessment.unit))
        .where(*_known(scope), col(Assessment.year).in_(years))
        .group_by(*keys)
    )


def _reaches(place: int) -> ColumnElement[bool]:
    """The SQL condition that a row's share lies in the band number `place`."""
    percent, full = col(Assessment.points) * 100, col(Assessment.full_points)
    reached = percent >= full * BANDS[place][1]
    return and_(reached, percent < full * BANDS[place - 1][1]) if place else reached


def units(connection: Connection, scope: Scope, most: int) -> tuple[AssessedUnit, ...]:
    """At most `most` units of `scope`, the lowest share of full points first."""
    totals = _totals(scope)
    lowest = connection.execute(
        select(totals.c.code, totals.c.name)
        .order_by(totals.c.points * 1.0 / totals.c.full_points, by_bytes(totals.c.code))
        .limit(most)
    ).all()
    rows: dict[str, list[Any]] = {code: [] for code, _name in lowest}
    for row in connection.execute(
        select(
            col(Assessment.unit),
            col(Assessment.year),
            col(Assessment.indicator),
            col(Assessment.points),
            col(Assessment.full_points),
        )
        .where(col(Assessment.unit).in_(rows), col(Assessment.assessed_on) <= scope.as_of)
        .order_by(col(Assessment.year), by_bytes(Assessment.indicator))
    ):
        rows[row.unit].append(row)
    return tuple(_assessed(code, name, rows[code]) for code, name in lowest)


def below(connection: Connection, scope: Scope, percent: int) -> int:
    """How many units of `scope` have less than `percent` of the full points of their latest
    assessed year."""
    totals = _totals(scope)
    low = totals.c.points * 100 < totals.c.full_points * percent
    return connection.scalar(select(func.count()).where(low)) or 0


def _totals(scope: Scope) -> Subquery:
    """Code, name, points and full points of the units, of their latest assessed year."""
    latest = (
        select(col(Assessment.unit), func.max(col(Assessment.year)).label("year"))
        .join(Unit, col(Unit.code) == col(Assessment.unit))
        .where(*_known(scope))
        .group_by(col(Assessment.unit))
        .subquery()
    )
    return (
        select(
            col(Unit.code),
            col(Unit.name),
            func.sum(col(Assessment.points)).label("points"),
            func.sum(col(Assessment.full_points)).label("full_points"),
        )
        .join(latest, latest.c.unit == col(Unit.code))
        .join(
            Assessment,
            and_(
                col(Assessment.unit) == latest.c.unit,
                col(Assessment.year) == latest.c.year,
                col(Assessment.assessed_on) <= scope.as_of,
            ),
        )
        .group_by(col(Unit.code), col(Unit.name))
        .subquery()
    )


def _assessed(code: str, name: str, rows: Sequence[Any]) -> AssessedUnit:
    years = sorted({row.year for row in rows}, reverse=True)
    now = [row for row in rows if row.year == years[0]]
    before = [row for row in rows if row.year == years[1]] if len(years) > 1 else []
    return AssessedUnit(
        code,
        name,
        years[0],
        _part(now),
        {row.indicator: Fraction(row.points, row.full_points) for row in now},
        _part(before) if before else None,
    )


def _part(rows: Iterable[Any]) -> Fraction:
    kept = list(rows)
    return Fraction(sum(row.points for row in kept), sum(row.full_points for row in kept))


def _known(scope: Scope) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return scope.holds(), col(Assessment.assessed_on) <= scope.as_of
