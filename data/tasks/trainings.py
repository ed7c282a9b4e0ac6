"""Trainings and contests: sessions, attendance, examinations passed, and units that sent nobody."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Select, Subquery, and_, case, exists, func, or_, select
from sqlmodel import col

from data.figures.reading import alive
from data.scope import Scope
from data.store.ordering import by_bytes
from models.days import YEAR, later
from models.grid import Sector, Unit
from models.kept import KeptFact
from models.work import Attendance, Training, TrainingKind


@dataclass(frozen=True, slots=True)
class Session:
    """A training, with the people who attended from the units of the scope.

    `examined` and `passed` count only units that reported how many passed. `hours` are in
    hundredths. `sector` is the name of the sector it was held for, None for all.
    """

    code: str
    name: str
    kind: TrainingKind
    on_date: date
    hours: int | None
    sector: str | None
    units: int
    people: int
    passed: int
    examined: int


@dataclass(frozen=True, slots=True)
class Absent:
    """A unit that sent nobody in the last year; `last_on` is None if it never sent anybody."""

    code: str
    name: str
    sector: str
    enrolled_on: date
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Absentees:
    """How many units sent nobody in the last year, how many never did, and a list of them."""

    units: int
    never: int
    lines: tuple[Absent, ...]


def sessions(connection: Connection, scope: Scope, after: date) -> tuple[Session, ...]:
    """Trainings held after `after` up to the scope's day, the latest first.

    For the whole district all trainings; else those to which units of `scope` sent people.
    """
    came = _attendance(scope)
    statement: Select[*tuple[Any, ...]] = (
        select(
            col(Training.code),
            col(Training.name),
            col(Training.kind),
            col(Training.on_date),
            col(Training.hours),
            col(Sector.name).label("sector"),
            *(func.coalesce(came.c[name], 0).label(name) for name in SUMS),
        )
        .outerjoin(came, came.c.training == col(Training.code))
        .outerjoin(Sector, col(Sector.code) == col(Training.sector))
        .where(col(Training.on_date) > after, col(Training.on_date) <= scope.as_of)
        .order_by(col(Training.on_date).desc(), by_bytes(Training.code))
    )
    if not scope.whole_district:
        statement = statement.where(came.c.people > 0)
    return tuple(_session(row) for row in connection.execute(statement))


SUMS = ("units", "people", "passed", "examined")


def _attendance(scope: Scope) -> Subquery:
    people, passed = col(Attendance.people), col(Attendance.passed)
    statement: Select[*tuple[Any, ...]] = select(
        col(Attendance.training),
        func.sum(case((people > 0, 1), else_=0)).label("units"),
        func.sum(people).label("people"),
        func.sum(passed).label("passed"),
        func.sum(case((passed.is_not(None), people), else_=0)).label("examined"),
    ).group_by(col(Attendance.training))
    if not scope.whole_district:
        statement = statement.join(Unit, col(Unit.code) == col(Attendance.unit))
        statement = statement.where(scope.holds())
    return statement.subquery()


def _session(row: Any) -> Session:
    return Session(
        row.code,
        row.name,
        TrainingKind(row.kind),
        row.on_date,
        row.hours,
        row.sector,
        *(int(row._mapping[name]) for name in SUMS),
    )


@dataclass(frozen=True, slots=True)
class Attended:
    """Of the `held` trainings of the last year that a unit could attend, those to which it sent
    people, and how many people these were."""

    unit: str
    name: str
    sessions: int
    held: int
    people: int

    @property
    def share(self) -> Fraction:
        """The share of the trainings to which it sent people."""
        return Fraction(self.sessions, self.held)


def attended(connection: Connection, scope: Scope) -> tuple[Attended, ...]:
    """The units in the grid that sent people in the last year, the lowest share of trainings first,
    then the fewest people.

    A unit could attend the trainings for all and those for its sector since it is in the grid; one
    that it attended counts in any case.
    """
    people = func.coalesce(col(Attendance.people), 0)
    open_to_it = and_(
        or_(col(Training.sector).is_(None), col(Training.sector) == col(Unit.sector)),
        col(Training.on_date) >= col(Unit.enrolled_on),
    )
    rows = connection.execute(
        select(
            col(Unit.code),
            col(Unit.name),
            func.sum(case((people > 0, 1), else_=0)).label("sessions"),
            func.count().label("held"),
            func.sum(people).label("people"),
        )
        .join(KeptFact, col(KeptFact.unit) == col(Unit.code))
        .join(
            Training,
            and_(
                col(Training.on_date) > later(scope.as_of, -YEAR),
                col(Training.on_date) <= scope.as_of,
            ),
        )
        .outerjoin(
            Attendance,
            and_(
                col(Attendance.training) == col(Training.code),
                col(Attendance.unit) == col(Unit.code),
            ),
        )
        .where(
            col(KeptFact.measure) == "member",
            alive(scope.as_of),
            scope.holds(),
            or_(open_to_it, people > 0),
        )
        .group_by(col(Unit.code), col(Unit.name))
        .having(func.sum(people) > 0)
    )
    found = (
        Attended(row.code, row.name, int(row.sessions), int(row.held), int(row.people))
        for row in rows
    )
    return tuple(sorted(found, key=lambda each: (each.share, each.people, each.unit)))


def absentees(connection: Connection, scope: Scope, most: int) -> Absentees:
    """The units in the grid that sent nobody in the last year; at most `most` are listed.

    Those that never came are first, then the longest absent.
    """
    last = _last_days(scope.as_of)
    missing = (
        select(
            col(Unit.code),
            col(Unit.name),
            col(Unit.sector),
            col(Unit.enrolled_on),
            last.c.last_on,
        )
        .join(KeptFact, col(KeptFact.unit) == col(Unit.code))
        .outerjoin(last, last.c.unit == col(Unit.code))
        .where(
            col(KeptFact.measure) == "member",
            alive(scope.as_of),
            scope.holds(),
            ~_trained(scope.as_of),
        )
    )
    counts = missing.subquery()
    units, ever = connection.execute(
        select(func.count(), func.count(counts.c.last_on)).select_from(counts)
    ).one()
    never_first = case((last.c.last_on.is_(None), 0), else_=1)
    named = missing.order_by(
        never_first, last.c.last_on, col(Unit.enrolled_on), by_bytes(Unit.code)
    )
    lines = tuple(Absent(*row) for row in connection.execute(named.limit(most)))
    return Absentees(units, units - ever, lines)


def _last_days(day: date) -> Subquery:
    """By unit, the day of the last training by `day` to which it sent people."""
    return (
        select(col(Attendance.unit), func.max(col(Training.on_date)).label("last_on"))
        .join(Training, col(Training.code) == col(Attendance.training))
        .where(col(Attendance.people) > 0, col(Training.on_date) <= day)
        .group_by(col(Attendance.unit))
        .subquery()
    )


def _trained(day: date) -> Any:
    trained = KeptFact.__table__.alias("trained")  # type: ignore[attr-defined]
    return exists().where(
        trained.c.measure == "trained",
        trained.c.unit == col(Unit.code),
        trained.c.starts_on <= day,
        trained.c.ends_on > day,
    )
