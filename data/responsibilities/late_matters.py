"""Late reports, missed duties and overdue findings, with the days each was late under whom."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, or_, select
from sqlmodel import col

from data.figures.overdue_findings import overdue_findings
from data.responsibilities.in_charge import ANSWERABLE, Terms, late_shown, shown, terms
from data.scope import Scope
from models.choice import Choice
from models.days import YEAR
from models.duty import Duty, PostRole
from models.grid import Unit
from models.report import Report
from models.rules.in_charge import LateDays, in_post, late_days
from models.rules.rectification import day_from_number


class LateKind(Choice):
    """The kind of thing that is late."""

    FINDING = "FINDING", "问题", "Finding"
    REPORT = "REPORT", "报告", "Report"
    DUTY = "DUTY", "履责事项", "Duty"


@dataclass(frozen=True, slots=True)
class UnderWhom:
    """Who held a post when a matter fell due, and when it was done (on the day if it is not done).

    `late` are the late days under each holder; `name` is None for days of vacancy.
    """

    role: PostRole
    at_due: tuple[str, ...]
    at_end: tuple[str, ...]
    late: tuple[LateDays, ...]


@dataclass(frozen=True, slots=True)
class LateMatter:
    """A matter of a unit that is or was late; `done_on` is None until it is done.

    `what` is the title of a finding, the kind of a report, or the item of a duty. `code` is a
    finding's, `serial` a report's year and number. `days` is how long it was late by the day.
    `subjects` are the principal and the auditor, empty if nobody ever held either post.
    """

    kind: LateKind
    what: str
    code: str
    serial: str
    unit: str
    unit_name: str
    due_on: date
    done_on: date | None
    days: int
    subjects: tuple[UnderWhom, ...] = ()


@dataclass(frozen=True, slots=True)
class LateUnder:
    """The matters late under one holder of a post in a unit; `name` is None for vacancies.

    A matter counts for everybody under whom it was late for at least a day. `in_post` says whether
    the person still holds the post on the day.
    """

    unit: str
    unit_name: str
    role: PostRole
    name: str | None
    in_post: bool
    findings: int
    reports: int
    duties: int
    days: int


def late_matters(
    connection: Connection, scope: Scope, *, names_in_full: bool
) -> tuple[LateMatter, ...]:
    """Late reports and missed duties of `scope`: the open ones first, then those done, latest
    first.

    Includes every report not in, reports that came in late in the last year, and duties of the last
    year. Names are masked unless `names_in_full`.
    """
    held = terms(connection, scope)
    matters = [*_reports(connection, scope), *_duties(connection, scope)]
    return tuple(
        _with_subjects(matter, held.get(matter.unit), scope.as_of, names_in_full=names_in_full)
        for matter in sorted(matters, key=_not_done_first)
    )


def by_person(
    connection: Connection, scope: Scope, *, names_in_full: bool
) -> tuple[LateUnder, ...]:
    """By holder of a post, the overdue findings, late reports and missed duties late under them.

    The most days come first. Units whose posts nobody ever held are missing. Names are masked
    unless `names_in_full`.
    """
    held = terms(connection, scope)
    matters = [
        *_findings(connection, scope),
        *_reports(connection, scope),
        *_duties(connection, scope),
    ]
    units = {matter.unit: matter.unit_name for matter in matters}
    counted: dict[tuple[str, PostRole, str | None], dict[LateKind, int]] = {}
    days: dict[tuple[str, PostRole, str | None], int] = {}
    for matter in matters:
        own = held.get(matter.unit)
        for role in ANSWERABLE if own else ():
            assert own is not None
            for late in late_days(own[role], matter.due_on, matter.done_on or scope.as_of):
                person = matter.unit, role, late.name
                kinds = counted.setdefault(person, dict.fromkeys(LateKind, 0))
                kinds[matter.kind] += 1
                days[person] = days.get(person, 0) + late.days

    def most_first(person: tuple[str, PostRole, str | None]) -> tuple[int, str, int, str]:
        unit, role, name = person
        return -days[person], unit, ANSWERABLE.index(role), name or ""

    return tuple(
        LateUnder(
            unit,
            units[unit],
            role,
            name and shown((name,), in_full=names_in_full)[0],
            name is not None and name in in_post(held[unit][role], scope.as_of),
            counted[unit, role, name][LateKind.FINDING],
            counted[unit, role, name][LateKind.REPORT],
            counted[unit, role, name][LateKind.DUTY],
            days[unit, role, name],
        )
        for unit, role, name in sorted(counted, key=most_first)
    )


def _not_done_first(matter: LateMatter) -> tuple[object, ...]:
    done = matter.done_on is not None
    order = -matter.due_on.toordinal() if done else matter.due_on.toordinal()
    return done, order, matter.unit, matter.kind, matter.what, matter.serial


def _with_subjects(
    matter: LateMatter, held: Terms | None, day: date, *, names_in_full: bool
) -> LateMatter:
    if held is None:
        return matter
    last = matter.done_on or day

    def under(role: PostRole) -> UnderWhom:
        own = held[role]
        return UnderWhom(
            role,
            shown(in_post(own, matter.due_on), in_full=names_in_full),
            shown(in_post(own, last), in_full=names_in_full),
            late_shown(late_days(own, matter.due_on, last), in_full=names_in_full),
        )

    return replace(matter, subjects=tuple(map(under, ANSWERABLE)))


def _reports(connection: Connection, scope: Scope) -> Iterator[LateMatter]:
    done = col(Report.submitted_on)
    rows = connection.execute(
        select(
            col(Report.kind),
            col(Report.year),
            col(Report.number),
            col(Unit.code),
            col(Unit.name),
            col(Report.due_on),
            done,
        )
        .join(Unit, col(Unit.code) == col(Report.unit))
        .where(
            scope.holds(),
            col(Report.due_on) < scope.as_of,
            or_(
                done.is_(None),
                done > scope.as_of,
                (done > col(Report.due_on)) & (col(Report.due_on) > _year_before(scope)),
            ),
        )
    )
    for kind, year, number, unit, name, due_on, submitted_on in rows:
        yield _matter(
            LateKind.REPORT,
            kind,
            unit,
            name,
            due_on,
            submitted_on,
            scope,
            serial=f"{year}-{number}",
        )


def _duties(connection: Connection, scope: Scope) -> Iterator[LateMatter]:
    done = col(Duty.done_on)
    rows = connection.execute(
        select(col(Duty.item), col(Unit.code), col(Unit.name), col(Duty.due_on), done)
        .join(Unit, col(Unit.code) == col(Duty.unit))
        .where(
            scope.holds(),
            col(Duty.due_on) > _year_before(scope),
            col(Duty.due_on) < scope.as_of,
            or_(done.is_(None), done > col(Duty.due_on)),
        )
    )
    for item, unit, name, due_on, done_on in rows:
        yield _matter(LateKind.DUTY, item, unit, name, due_on, done_on, scope)


def _findings(connection: Connection, scope: Scope) -> Iterator[LateMatter]:
    for code, title, unit, name, due in connection.execute(overdue_findings(scope)):
        yield _matter(
            LateKind.FINDING, title, unit, name, day_from_number(due), None, scope, code=code
        )


def _year_before(scope: Scope) -> date:
    return scope.as_of - timedelta(YEAR)


def _matter(
    kind: LateKind,
    what: str,
    unit: str,
    unit_name: str,
    due_on: date,
    done_on: date | None,
    scope: Scope,
    *,
    code: str = "",
    serial: str = "",
) -> LateMatter:
    by_the_day = done_on if done_on is not None and done_on <= scope.as_of else None
    days = ((by_the_day or scope.as_of) - due_on).days
    return LateMatter(kind, what, code, serial, unit, unit_name, due_on, by_the_day, days)
