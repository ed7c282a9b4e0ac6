"""Guidance that units received from their competent department and the audit bureau."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, and_, func, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.figures.units import in_grid
from data.scope import Scope
from data.store.ordering import by_bytes
from models.days import YEAR
from models.grid import Sector, Unit
from models.kept import KeptFact
from models.mechanism import Guidance


@dataclass(frozen=True, slots=True)
class NotGuided:
    """A unit in the grid without guidance in the last year; `last_on` is its latest, if any."""

    code: str
    name: str
    sector: str
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Visit:
    """One occasion of guidance, as a row of the list."""

    unit: str
    unit_name: str
    on_date: date
    by: str
    form: str
    topic: str


def counts(connection: Connection, scope: Scope) -> Mapping[tuple[str, str], int]:
    """By form and guiding body, how often units of `scope` received guidance in the last year."""
    rows = connection.execute(
        select(col(Guidance.form), col(Guidance.by), func.count())
        .join(Unit, col(Unit.code) == col(Guidance.unit))
        .where(
            scope.holds(),
            col(Guidance.on_date) > scope.as_of - timedelta(YEAR),
            col(Guidance.on_date) <= scope.as_of,
        )
        .group_by(col(Guidance.form), col(Guidance.by))
        .order_by(by_bytes(Guidance.form), by_bytes(Guidance.by))
    )
    return {(form, by): count for form, by, count in rows}


def latest(connection: Connection, scope: Scope, most: int) -> tuple[Visit, ...]:
    """The latest `most` occasions of guidance to units of `scope` by the day, newest first."""
    rows = connection.execute(
        select(
            col(Guidance.unit),
            col(Unit.name),
            col(Guidance.on_date),
            col(Guidance.by),
            col(Guidance.form),
            col(Guidance.topic),
        )
        .join(Unit, col(Unit.code) == col(Guidance.unit))
        .where(scope.holds(), col(Guidance.on_date) <= scope.as_of)
        .order_by(
            col(Guidance.on_date).desc(),
            by_bytes(Guidance.unit),
            by_bytes(Guidance.topic),
            by_bytes(Guidance.by),
        )
        .limit(most)
    )
    return tuple(Visit(*row) for row in rows)


def not_guided(connection: Connection, scope: Scope, most: int) -> tuple[NotGuided, ...]:
    """At most `most` units missing in the figure `guidance_coverage`, the longest without first."""
    guided = select(col(KeptFact.unit)).where(
        col(KeptFact.measure) == "guided", alive(scope.as_of), facts_of_scope(scope)
    )
    last_on = func.max(col(Guidance.on_date))
    # Units never guided sort first on both databases, which order NULL differently.
    never = last_on.is_not(None)
    rows = connection.execute(
        select(col(Unit.code), col(Unit.name), col(Unit.sector), last_on)
        .select_from(Unit)
        .outerjoin(
            Guidance,
            and_(col(Guidance.unit) == col(Unit.code), col(Guidance.on_date) <= scope.as_of),
        )
        .where(in_grid(scope), col(Unit.code).not_in(guided))
        .group_by(col(Unit.code), col(Unit.name), col(Unit.sector))
        .order_by(never, last_on, by_bytes(Unit.code))
        .limit(most)
    )
    return tuple(NotGuided(*row) for row in rows)


def departments(connection: Connection) -> Mapping[str, tuple[str, str | None]]:
    """By sector code, in order, the sector's name and its competent department, if any."""
    rows = connection.execute(
        select(col(Sector.code), col(Sector.name), col(Sector.lead)).order_by(by_bytes(Sector.code))
    )
    return {code: (name, lead) for code, name, lead in rows}
