"""How findings and ratings of a scope stand, for telling what moved between two scopes."""

from sqlalchemy import Connection, select
from sqlmodel import col

from data.figures import alive, of
from data.scope import Scope
from models.kept import KeptFact
from models.rules.movement import IN_PROGRESS, RECTIFIED, UNRECTIFIED, Standings

RATING = "rating"


def standings(connection: Connection, scope: Scope) -> Standings:
    """The public status of every finding required, and the grade of every unit of the net."""
    statuses = (UNRECTIFIED, IN_PROGRESS, RECTIFIED)
    findings = select(col(KeptFact.key), col(KeptFact.measure)).where(
        col(KeptFact.measure).in_(statuses), alive(scope.as_of), of(scope)
    )
    grades = select(col(KeptFact.unit), col(KeptFact.bucket)).where(
        col(KeptFact.measure) == RATING, alive(scope.as_of), of(scope)
    )
    return Standings(
        {code: status for code, status in connection.execute(findings)},
        {unit: grade for unit, grade in connection.execute(grades)},
    )
