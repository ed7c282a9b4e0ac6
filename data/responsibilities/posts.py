"""Which posts of units in the grid are filled, and since when the others are vacant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select
from sqlmodel import col

from data.figures.units import in_grid
from data.reference.lists import current
from data.responsibilities.vacant_posts import (
    CHIEF_AUDITOR_RULE,
    ChiefAuditorRule,
    VacantPost,
    gravest,
    with_levels,
)
from data.scope import Scope
from data.store.ordering import by_bytes
from models.days import FOREVER
from models.duty import GROUP, Appointment, Institution, InstitutionForm, PostRole
from models.grid import Unit, UnitKind
from models.rules.vacancy import posts_of, vacancies
from models.warning import Level


@dataclass(frozen=True, slots=True)
class UnitPosts:
    """A unit in the grid with its vacant posts and its audit institution (None if it has none)."""

    unit: str
    name: str
    kind: str
    sector: str
    vacancies: tuple[VacantPost, ...]
    institution: InstitutionForm | None = None
    institution_since: date | None = None

    @property
    def nobody_in_post(self) -> bool:
        """Whether every post that the unit must fill is vacant."""
        return len(self.vacancies) == len(posts_of(self.kind))

    @property
    def level(self) -> Level:
        """How grave the gravest of its vacancies is."""
        return gravest(self.vacancies)

    @property
    def group_vacancies(self) -> tuple[VacantPost, ...]:
        """The vacant posts of the unit's internal audit group."""
        return tuple(each for each in self.vacancies if each.role in GROUP)


@dataclass(frozen=True, slots=True)
class Filled:
    """The number of units in which a post is filled, of those that must fill it."""

    units: int
    of: int


def posts(connection: Connection, scope: Scope) -> tuple[UnitPosts, ...]:
    """The units of `scope` in the grid on its day, by code."""
    held = _held_until(connection, scope)
    institutions = _institutions(connection, scope)
    rule = _chief_auditor_rule(connection)
    found = connection.execute(
        select(
            col(Unit.code), col(Unit.name), col(Unit.kind), col(Unit.sector), col(Unit.enrolled_on)
        )
        .where(in_grid(scope))
        .order_by(by_bytes(Unit.code))
    )
    return tuple(
        UnitPosts(
            code,
            name,
            kind,
            sector,
            tuple(
                with_levels(
                    list(vacancies(kind, enrolled_on, held.get(code, {}), scope.as_of)),
                    len(posts_of(kind)),
                    scope.as_of,
                    rule,
                )
            ),
            *institutions.get(code, ()),
        )
        for code, name, kind, sector, enrolled_on in found
    )


def with_vacancies(
    connection: Connection, scope: Scope, roles: frozenset[PostRole]
) -> tuple[UnitPosts, ...]:
    """The units in which one of `roles` is vacant: those with nobody in post first, then the
    longest vacancy.

    Each has the vacancies of these roles only.
    """
    narrowed = (
        UnitPosts(
            unit.unit,
            unit.name,
            unit.kind,
            unit.sector,
            tuple(each for each in unit.vacancies if each.role in roles),
        )
        for unit in posts(connection, scope)
    )
    return tuple(
        sorted(
            (unit for unit in narrowed if unit.vacancies),
            key=lambda unit: (
                not unit.nobody_in_post,
                min(each.since for each in unit.vacancies),
                unit.unit,
            ),
        )
    )


def filled(connection: Connection, scope: Scope) -> Mapping[tuple[PostRole, UnitKind], Filled]:
    """By post and by kind of unit that must fill it, the number of units that do."""
    counted: dict[tuple[PostRole, UnitKind], list[int]] = {}
    for unit in posts(connection, scope):
        empty = {each.role for each in unit.vacancies}
        for role in posts_of(unit.kind):
            count = counted.setdefault((role, UnitKind(unit.kind)), [0, 0])
            count[0] += role not in empty
            count[1] += 1
    return {key: Filled(*count) for key, count in counted.items()}


def _chief_auditor_rule(connection: Connection) -> ChiefAuditorRule | None:
    """The warning rule about chief auditors; None while it is switched off."""
    references = current(connection)
    days = references.thresholds.get(CHIEF_AUDITOR_RULE)
    if days is None:
        return None
    return ChiefAuditorRule(days, Level(references.levels[CHIEF_AUDITOR_RULE]))


def _held_until(connection: Connection, scope: Scope) -> dict[str, dict[str, date]]:
    """By unit and post, the day from which nobody appointed by the scope's day holds it any
    more."""
    found = connection.execute(
        select(
            col(Appointment.unit),
            col(Appointment.role),
            func.max(func.coalesce(col(Appointment.until_on), FOREVER)),
        )
        .join(Unit, col(Unit.code) == col(Appointment.unit))
        .where(in_grid(scope), col(Appointment.from_on) <= scope.as_of)
        .group_by(col(Appointment.unit), col(Appointment.role))
    )
    held: dict[str, dict[str, date]] = {}
    for unit, role, until in found:
        held.setdefault(unit, {})[role] = until
    return held


def _institutions(connection: Connection, scope: Scope) -> dict[str, tuple[InstitutionForm, date]]:
    """By unit, the institution in force and its first day; an independent one before others."""
    found = connection.execute(
        select(col(Institution.unit), col(Institution.form), col(Institution.from_on))
        .join(Unit, col(Unit.code) == col(Institution.unit))
        .where(
            in_grid(scope),
            col(Institution.from_on) <= scope.as_of,
            func.coalesce(col(Institution.until_on), FOREVER) > scope.as_of,
        )
        # In the dict the last row wins: an independent institution, and of several the earliest.
        .order_by(
            col(Institution.form) == str(InstitutionForm.INDEPENDENT),
            col(Institution.from_on).desc(),
        )
    )
    return {unit: (InstitutionForm(form), since) for unit, form, since in found}
