"""Which reports have come in: by unit and kind for a year, and the late ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select, true
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.scope import Scope
from data.store.ordering import by_bytes
from models.grid import Unit
from models.kept import KeptFact
from models.report import Report, ReportState


@dataclass(frozen=True, slots=True)
class UnitReports:
    """A unit, with the number of its reports of a year in each state, by kind."""

    code: str
    name: str
    kinds: Mapping[str, Mapping[ReportState, int]]


class Show(StrEnum):
    """Which units of a year are listed: those that lack a report or sent one late, those that lack
    one, or all."""

    GAPS = "gaps"
    MISSING = "missing"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Matrix:
    """The units listed, the worst first, and the number of units by choice, unlisted ones
    included."""

    units: tuple[UnitReports, ...]
    counts: Mapping[Show, int]


@dataclass(frozen=True, slots=True)
class LateReport:
    """A report that is due and has not come in."""

    unit: str
    unit_name: str
    year: int
    kind: str
    number: int
    due_on: date


def years(connection: Connection, scope: Scope) -> tuple[int, ...]:
    """The years of which `scope` has reports, the latest first; future years are left out."""
    years_with_reports = connection.scalars(
        select(col(Report.year))
        .join(Unit, col(Unit.code) == col(Report.unit))
        .where(scope.holds(), col(Report.year) <= scope.as_of.year)
        .distinct()
    )
    return tuple(sorted(years_with_reports, reverse=True))


def matrix(
    connection: Connection, scope: Scope, year: int, most: int, show: Show = Show.ALL
) -> Matrix:
    """At most `most` units of `scope`, with the states of their reports of `year` on its day."""
    counted = {state: _counted(state, scope.as_of) for state in ReportState}
    by_unit = (
        select(
            col(Unit.code).label("code"),
            col(Unit.name).label("name"),
            counted[ReportState.MISSING].label("missing"),
            counted[ReportState.LATE].label("late"),
        )
        .join(Report, col(Unit.code) == col(Report.unit))
        .where(scope.holds(), col(Report.year) == year)
        .group_by(col(Unit.code), col(Unit.name))
        .subquery()
    )
    is_listed = {
        Show.GAPS: or_(by_unit.c.missing > 0, by_unit.c.late > 0),
        Show.MISSING: by_unit.c.missing > 0,
        Show.ALL: true(),
    }
    counts = connection.execute(
        select(*(func.count(case((listed, 1))) for listed in is_listed.values())).select_from(
            by_unit
        )
    ).one()
    worst = connection.execute(
        select(by_unit.c.code, by_unit.c.name)
        .where(is_listed[show])
        .order_by(by_unit.c.missing.desc(), by_unit.c.late.desc(), by_bytes(by_unit.c.code))
        .limit(most)
    ).all()
    names = {code: name for code, name in worst}
    states: dict[str, dict[str, Mapping[ReportState, int]]] = {code: {} for code in names}
    rows = connection.execute(
        select(col(Report.unit), col(Report.kind), *counted.values())
        .where(col(Report.unit).in_(names), col(Report.year) == year)
        .group_by(col(Report.unit), col(Report.kind))
        .order_by(by_bytes(Report.unit), by_bytes(Report.kind))
    )
    for unit, kind, *numbers in rows:
        states[unit][kind] = dict(zip(counted, map(int, numbers), strict=True))
    return Matrix(
        tuple(UnitReports(code, names[code], kinds) for code, kinds in states.items()),
        dict(zip(is_listed, map(int, counts), strict=True)),
    )


def late(connection: Connection, scope: Scope, most: int) -> tuple[LateReport, ...]:
    """At most `most` reports of `scope` that are due and not in, the longest late first."""
    rows = connection.execute(
        select(
            col(Report.unit),
            col(Unit.name),
            col(Report.year),
            col(Report.kind),
            col(Report.number),
            col(Report.due_on),
        )
        .join(Unit, col(Unit.code) == col(Report.unit))
        .where(scope.holds(), in_state(ReportState.MISSING, scope.as_of))
        .order_by(
            col(Report.due_on), by_bytes(Report.unit), by_bytes(Report.kind), col(Report.number)
        )
        .limit(most)
    )
    return tuple(LateReport(*row) for row in rows)


def late_by_kind(connection: Connection, scope: Scope) -> Mapping[str, int]:
    """By kind, the number of reports counted in the figure `reports_late`."""
    rows = connection.execute(
        select(col(KeptFact.bucket), func.count())
        .where(col(KeptFact.measure) == "report_late", alive(scope.as_of), facts_of_scope(scope))
        .group_by(col(KeptFact.bucket))
        .order_by(col(KeptFact.bucket))
    )
    return {kind: count for kind, count in rows}


def in_state(state: ReportState, day: date) -> ColumnElement[bool]:
    """The condition for reports that are in `state` on `day`."""
    due, submitted = col(Report.due_on), col(Report.submitted_on)
    is_out = or_(submitted.is_(None), submitted > day)
    match state:
        case ReportState.MISSING:
            return and_(due < day, is_out)
        case ReportState.LATE:
            return and_(submitted <= day, submitted > due)
        case ReportState.ON_TIME:
            return and_(submitted <= day, submitted <= due)
    return and_(due >= day, is_out)


def _counted(state: ReportState, day: date) -> ColumnElement[int]:
    return func.sum(case((in_state(state, day), 1), else_=0))
