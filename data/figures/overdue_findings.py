"""The overdue findings of a node, as rows to choose from."""

from sqlalchemy import Select, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.scope import Scope
from models.grid import Unit
from models.kept import KeptFact
from models.rectification import Finding


def overdue_findings(scope: Scope) -> Select[str, str, str, str, int]:
    """Code, title, unit's code and name, and number of the day due, of each overdue finding.

    A finding is overdue while it is unrectified on the scope's day. The rows have no order.
    """
    return (
        select(
            col(Finding.code),
            col(Finding.title),
            col(Unit.code).label("unit"),
            col(Unit.name),
            col(KeptFact.value),
        )
        .join(Finding, col(Finding.code) == col(KeptFact.key))
        .join(Unit, col(Unit.code) == col(KeptFact.unit))
        .where(col(KeptFact.measure) == "unrectified", alive(scope.as_of), facts_of_scope(scope))
    )
