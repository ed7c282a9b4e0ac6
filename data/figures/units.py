"""The units of a scope with name, sector, subdistrict, and light on its day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.scope import Scope
from data.store.ordering import by_bytes
from models.days import FOREVER
from models.grid import Sector, Unit
from models.kept import KeptFact
from models.rules.light import Light
from models.rules.rectification import UNRECTIFIED

NOTHING_OVERDUE = 10**9
"""Sorts units without an overdue finding last: a day number later than any limit."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit; `light` is None if it is not in the grid on that day."""

    code: str
    name: str
    kind: str
    sector: str
    subdistrict: str | None
    batch: int | None
    enrolled_on: date
    withdrawn_on: date
    light: Light | None


def in_grid(scope: Scope) -> ColumnElement[bool]:
    """The SQL condition for units of `scope` that are in the grid on its day."""
    return and_(
        scope.holds(),
        col(Unit.enrolled_on) <= scope.as_of,
        func.coalesce(col(Unit.withdrawn_on), FOREVER) > scope.as_of,
    )


def units(connection: Connection, scope: Scope) -> tuple[UnitLine, ...]:
    """The units of `scope`: the worst light first, then the longest overdue, then by code.

    Every list of units that puts the worst first has this order.
    """
    # Not joined: SQLite would look through every light of the district for each unit.
    light_by_unit = dict(
        connection.execute(
            select(col(KeptFact.unit), col(KeptFact.bucket)).where(
                col(KeptFact.measure) == "light", alive(scope.as_of), facts_of_scope(scope)
            )
        ).all()
    )
    rows = connection.execute(select(*_columns()).where(scope.holds()))
    lines = [
        _line(row, Light(light_by_unit[row.code]) if row.code in light_by_unit else None)
        for row in rows
    ]
    lights: list[Light | None] = [*Light, None]
    limits = _oldest_limits(connection, scope)
    return tuple(
        sorted(
            lines,
            key=lambda unit: (
                lights.index(unit.light),
                limits.get(unit.code, NOTHING_OVERDUE),
                unit.code,
            ),
        )
    )


def _oldest_limits(connection: Connection, scope: Scope) -> dict[str, int]:
    """By unit, the day number of its earliest overdue limit; units without one are missing."""
    rows = connection.execute(
        select(col(KeptFact.unit), func.min(col(KeptFact.value)))
        .where(col(KeptFact.measure) == UNRECTIFIED, alive(scope.as_of), facts_of_scope(scope))
        .group_by(col(KeptFact.unit))
    )
    return {unit: int(limit) for unit, limit in rows if unit}


def by_subdistrict(
    connection: Connection, scope: Scope, most: int
) -> Mapping[str | None, tuple[int, tuple[UnitLine, ...]]]:
    """By subdistrict, the number of its units in the grid, and the worst `most` of them."""
    units_by_subdistrict: dict[str | None, list[UnitLine]] = {}
    for unit in units(connection, scope):
        if unit.light is not None:
            units_by_subdistrict.setdefault(unit.subdistrict, []).append(unit)
    return {place: (len(own), tuple(own[:most])) for place, own in units_by_subdistrict.items()}


def search(connection: Connection, scope: Scope, text: str, most: int) -> tuple[UnitLine, ...]:
    """At most `most` units of `scope` whose code or name contains `text`, by code."""
    wanted = text.strip()
    rows = connection.execute(
        select(*_columns())
        .where(
            scope.holds(),
            or_(
                col(Unit.code).icontains(wanted, autoescape=True),
                col(Unit.name).icontains(wanted, autoescape=True),
            ),
        )
        .order_by(by_bytes(Unit.code))
        .limit(most)
    )
    return tuple(_line(row, None) for row in rows)


def names(connection: Connection, codes: Sequence[str]) -> dict[str, str]:
    """The names of the units `codes`, by code."""
    rows = connection.execute(
        select(col(Unit.code), col(Unit.name))
        .where(col(Unit.code).in_(codes))
        .order_by(by_bytes(Unit.code))
    )
    return {code: name for code, name in rows}


def sectors(connection: Connection) -> dict[str, str]:
    """The names of the sectors by code, ordered by code."""
    rows = connection.execute(
        select(col(Sector.code), col(Sector.name)).order_by(by_bytes(Sector.code))
    )
    return {code: name for code, name in rows}


def competent_departments(connection: Connection) -> dict[str, str]:
    """By the code of a sector, the competent department that answers for it; sectors without one
    are left out."""
    rows = connection.execute(
        select(col(Sector.code), col(Sector.lead))
        .where(col(Sector.lead).is_not(None))
        .order_by(by_bytes(Sector.code))
    )
    return {code: department for code, department in rows if department}


def departments_of(connection: Connection, units: Sequence[str]) -> dict[str, str]:
    """By the code of a unit, among `units`, the competent department of its sector; units of a
    sector without one are left out."""
    rows = connection.execute(
        select(col(Unit.code), col(Sector.lead))
        .join(Sector, col(Sector.code) == col(Unit.sector))
        .where(col(Unit.code).in_(units), col(Sector.lead).is_not(None))
        .order_by(by_bytes(Unit.code))
    )
    return {code: department for code, department in rows if department}


def shows(light: Light, scope: Scope) -> ColumnElement[bool]:
    """The SQL condition for the facts of units of `scope` that show `light`, joined to `units`."""
    return and_(col(KeptFact.bucket) == light, _has_light(scope))


def _has_light(scope: Scope) -> ColumnElement[bool]:
    return and_(col(KeptFact.measure) == "light", alive(scope.as_of), scope.holds())


def lights(connection: Connection, scope: Scope) -> dict[Light, int]:
    """The number of units of `scope` in each light, the worst first."""
    rows = connection.execute(
        select(col(KeptFact.bucket), func.count())
        .join(Unit, col(Unit.code) == col(KeptFact.unit))
        .where(_has_light(scope))
        .group_by(col(KeptFact.bucket))
    )
    counted = {light: int(count) for light, count in rows}
    return {light: counted.get(light, 0) for light in Light}


def _line(row: Any, light: Light | None) -> UnitLine:
    code, name, kind, sector, subdistrict, batch, enrolled_on, withdrawn_on = row[:8]
    return UnitLine(
        code,
        name,
        kind,
        sector,
        subdistrict,
        batch,
        enrolled_on,
        withdrawn_on or FOREVER,
        light,
    )


def _columns() -> tuple[Any, ...]:
    return (
        col(Unit.code),
        col(Unit.name),
        col(Unit.kind),
        col(Unit.sector),
        col(Unit.subdistrict),
        col(Unit.pilot_batch),
        col(Unit.enrolled_on),
        col(Unit.withdrawn_on),
    )
