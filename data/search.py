"""Search units and persons by parts of their names; `data.findings.ledger` searches findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select
from sqlmodel import col

from data.responsibilities.persons import in_post
from data.scope import Scope
from data.store.ordering import by_bytes
from models.duty import Appointment, PostRole
from models.grid import Unit, UnitKind, UnitName


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit, and its other names that match."""

    code: str
    name: str
    kind: UnitKind
    other_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A person who holds a post of a unit on the scope's day."""

    name: str
    role: PostRole
    unit: str
    unit_name: str


def units(connection: Connection, scope: Scope, text: str, most: int) -> tuple[UnitFound, ...]:
    """At most `most` units of `scope` whose code, name or other name contains `text`, by code.

    Former names are searched as well.
    """
    text = text.strip()
    if not text:
        return ()
    named = select(col(UnitName.unit)).where(_holds(col(UnitName.name), text))
    rows = connection.execute(
        select(col(Unit.code), col(Unit.name), col(Unit.kind))
        .where(
            scope.holds(),
            or_(
                _holds(col(Unit.code), text),
                _holds(col(Unit.name), text),
                col(Unit.code).in_(named),
            ),
        )
        .order_by(by_bytes(Unit.code))
        .limit(most)
    ).all()
    others = _other_names(connection, [row.code for row in rows], text)
    return tuple(
        UnitFound(row.code, row.name, UnitKind(row.kind), others.get(row.code, ())) for row in rows
    )


def _other_names(
    connection: Connection, codes: Sequence[str], text: str
) -> dict[str, tuple[str, ...]]:
    """By code, the other names of the units `codes` that contain `text`."""
    by_unit: dict[str, tuple[str, ...]] = {}
    for unit, name in connection.execute(
        select(col(UnitName.unit), col(UnitName.name))
        .where(col(UnitName.unit).in_(codes), _holds(col(UnitName.name), text))
        .order_by(by_bytes(UnitName.name))
    ):
        by_unit[unit] = (*by_unit.get(unit, ()), name)
    return by_unit


def persons(
    connection: Connection, scope: Scope, text: str, most: int, *, names_in_full: bool
) -> tuple[PersonFound, ...]:
    """At most `most` posts on the scope's day whose holder's name contains `text`.

    Empty unless `names_in_full`: a hit would reveal a name to a viewer who sees names masked.
    """
    text = text.strip()
    if not text or not names_in_full:
        return ()
    wanted = in_post(scope).where(_holds(col(Appointment.name), text))
    ordered = wanted.order_by(
        by_bytes(Appointment.name),
        by_bytes(Unit.code),
        by_bytes(Appointment.role),
        col(Appointment.from_on),
    )
    return tuple(
        PersonFound(row.name, PostRole(row.role), row.code, row.unit_name)
        for row in connection.execute(ordered.limit(most))
        if row.role in set(PostRole)
    )


def _holds(column: Any, text: str) -> ColumnElement[bool]:
    return col(column).icontains(text, autoescape=True)
