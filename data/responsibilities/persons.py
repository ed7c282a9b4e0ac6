"""Persons in post in the units of a scope, and the chief auditors of state firms."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, case, func, select
from sqlmodel import col

from data.figures.units import in_grid
from data.ledgers.personal import masked
from data.responsibilities.posts import posts
from data.scope import Scope
from data.store.ordering import by_bytes
from models.days import FOREVER
from models.duty import Appointment, PostRole
from models.grid import Unit, UnitKind
from models.warning import Level


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a post; `others` are this person's further posts in the unit."""

    unit: str
    unit_name: str
    role: PostRole
    name: str
    since: date
    full_time: bool | None
    others: tuple[PostRole, ...]


@dataclass(frozen=True, slots=True)
class Persons:
    """The number of filled posts, and the listed ones."""

    number: int
    shown: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class ChiefAuditor:
    """The post of chief auditor in a state firm: held by `person` since a day, or vacant since
    then.

    `warned` says that it has been vacant long enough to raise a warning, `level` how grave the
    vacancy is; None while the post is held.
    """

    unit: str
    unit_name: str
    person: str | None
    full_time: bool | None
    since: date
    days_empty: int | None
    warned: bool
    level: Level | None = None


def persons(
    connection: Connection,
    scope: Scope,
    roles: tuple[PostRole, ...],
    *,
    first: int,
    most: int,
    names_in_full: bool,
) -> Persons:
    """The holders of `roles` on the scope's day, by unit and post, from place `first` on.

    Names are masked unless `names_in_full`.
    """
    wanted = in_post(scope).where(col(Appointment.role).in_([str(role) for role in roles]))
    number = connection.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    order = {str(role): place for place, role in enumerate(PostRole)}
    rows = connection.execute(
        wanted.order_by(
            by_bytes(Unit.code),
            case(order, value=col(Appointment.role)),
            col(Appointment.from_on),
            by_bytes(Appointment.name),
        )
        .offset(first)
        .limit(most)
    ).all()
    held = _roles_of_each(connection, scope, {row.code for row in rows})
    return Persons(
        number,
        tuple(
            Person(
                row.code,
                row.unit_name,
                PostRole(row.role),
                row.name if names_in_full else masked(row.name),
                row.from_on,
                row.full_time,
                tuple(
                    role
                    for role in PostRole
                    if role != row.role and role in held[row.code, row.name]
                ),
            )
            for row in rows
        ),
    )


def chief_auditors(
    connection: Connection, scope: Scope, threshold: int | None, *, names_in_full: bool
) -> tuple[ChiefAuditor, ...]:
    """The state firms of `scope` in the grid: the longest vacancies first, then filled posts.

    `threshold` is the number of vacant days that raises a warning; None if none is raised.
    """
    holders: dict[str, tuple[str, date, bool | None]] = {}
    wanted = in_post(scope).where(col(Appointment.role) == str(PostRole.CHIEF_AUDITOR))
    for row in connection.execute(
        wanted.order_by(col(Appointment.from_on), by_bytes(Appointment.name))
    ):
        holders.setdefault(row.code, (row.name, row.from_on, row.full_time))
    found = []
    for unit in posts(connection, scope):
        if unit.kind != UnitKind.SOE:
            continue
        if unit.unit in holders:
            name, since, full_time = holders[unit.unit]
            shown = name if names_in_full else masked(name)
            found.append(ChiefAuditor(unit.unit, unit.name, shown, full_time, since, None, False))
            continue
        vacancy = next(e for e in unit.vacancies if e.role == PostRole.CHIEF_AUDITOR)
        since, days = vacancy.since, (scope.as_of - vacancy.since).days
        warned = threshold is not None and days >= threshold
        found.append(
            ChiefAuditor(unit.unit, unit.name, None, None, since, days, warned, vacancy.level)
        )
    return tuple(sorted(found, key=_longest_empty_first))


def _longest_empty_first(post: ChiefAuditor) -> tuple[bool, int, str]:
    return post.days_empty is None, -(post.days_empty or 0), post.unit


def in_post(scope: Scope) -> Select[str, str, str, str, date, bool | None]:
    """The query for everybody in post on the scope's day, in units in the grid."""
    return (
        select(
            col(Unit.code),
            col(Unit.name).label("unit_name"),
            col(Appointment.role),
            col(Appointment.name),
            col(Appointment.from_on),
            col(Appointment.full_time),
        )
        .join(Appointment, col(Appointment.unit) == col(Unit.code))
        .where(
            in_grid(scope),
            col(Appointment.from_on) <= scope.as_of,
            func.coalesce(col(Appointment.until_on), FOREVER) > scope.as_of,
        )
    )


def _roles_of_each(
    connection: Connection, scope: Scope, units: Collection[str]
) -> dict[tuple[str, str], set[str]]:
    """By unit and name, the posts that the person holds there."""
    held: dict[tuple[str, str], set[str]] = {}
    for row in connection.execute(in_post(scope).where(col(Unit.code).in_(units))):
        held.setdefault((row.code, row.name), set()).add(row.role)
    return held
