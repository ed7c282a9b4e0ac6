"""Findings and units whose state changed between two days; the earlier state may be a freeze's."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlmodel import col

from data.figures import units
from data.figures.reading import alive, facts_of_scope
from data.findings import lines as finding_lines
from data.findings.lines import FindingLine
from data.reference.lists import current
from data.scope import Scope
from models.kept import KeptFact
from models.rules.movement import (
    IN_PROGRESS,
    RECTIFIED,
    Movement,
    Standings,
    of_findings,
    of_grades,
)
from models.rules.rectification import UNRECTIFIED

RATING = "rating"


@dataclass(frozen=True, slots=True)
class Graded:
    """A unit whose grade changed."""

    unit: str
    unit_name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Movements:
    """By way of moving, the number of findings or units that moved, and the first of them."""

    counted: Mapping[Movement, int]
    findings: Mapping[Movement, tuple[FindingLine, ...]]
    units: Mapping[Movement, tuple[Graded, ...]]


def standings(connection: Connection, scope: Scope) -> Standings:
    """The public status of every required finding, and the grade of every unit in the grid."""
    statuses = (UNRECTIFIED, IN_PROGRESS, RECTIFIED)
    findings = select(col(KeptFact.key), col(KeptFact.measure)).where(
        col(KeptFact.measure).in_(statuses), alive(scope.as_of), facts_of_scope(scope)
    )
    grades = select(col(KeptFact.unit), col(KeptFact.bucket)).where(
        col(KeptFact.measure) == RATING, alive(scope.as_of), facts_of_scope(scope)
    )
    return Standings(
        {code: status for code, status in connection.execute(findings)},
        {unit: grade for unit, grade in connection.execute(grades)},
    )


def movements(connection: Connection, scope: Scope, before: Standings, most: int) -> Movements:
    """What changed in `scope` since `before`; at most `most` lines of each way.

    Findings are ordered by unit and code, units by name.
    """
    now = standings(connection, scope)
    codes_by_movement: dict[Movement, list[str]] = {way: [] for way in Movement}
    for way, code in of_findings(before, now):
        codes_by_movement[way].append(code)
    best_first = [grade for _lowest, grade in current(connection).grades]
    graded = list(of_grades(before, now, best_first))
    names = units.names(connection, sorted({unit for _way, unit, _then, _now in graded}))
    moved: dict[Movement, list[Graded]] = {Movement.UP: [], Movement.DOWN: []}
    for way, unit, then, grade in graded:
        moved[way].append(Graded(unit, names.get(unit, unit), then, grade))
    counted = {way: len(codes) for way, codes in codes_by_movement.items()}
    return Movements(
        counted | {way: len(lines) for way, lines in moved.items()},
        {
            way: finding_lines.lines(connection, sorted(codes)[:most], scope.as_of)
            for way, codes in codes_by_movement.items()
        },
        {
            way: tuple(sorted(lines, key=lambda line: (line.unit_name, line.unit))[:most])
            for way, lines in moved.items()
        },
    )
