"""The most pressing finding of each unit: the longest overdue, else the next one due."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, case, func, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.findings.lines import FindingLine, lines
from data.scope import Scope
from data.store.ordering import by_bytes
from models.kept import KeptFact
from models.rules.rectification import UNRECTIFIED

DUE_SOON = "due_soon"


def most_pressing(
    connection: Connection, scope: Scope, units: Sequence[str]
) -> Mapping[str, FindingLine]:
    """By unit, among `units` of `scope`, its finding overdue the longest, else the one whose limit
    is the next of those due soon; units without either are left out."""
    measure = col(KeptFact.measure)
    place = func.row_number().over(
        partition_by=col(KeptFact.unit),
        order_by=(
            case((measure == UNRECTIFIED, 0), else_=1),
            # Of an overdue finding this is its limit, of one due soon the same for all.
            col(KeptFact.value),
            col(KeptFact.starts_on),
            by_bytes(KeptFact.key),
        ),
    )
    ranked = (
        select(col(KeptFact.key).label("code"), place.label("place"))
        .where(
            measure.in_((UNRECTIFIED, DUE_SOON)),
            col(KeptFact.unit).in_(units),
            alive(scope.as_of),
            facts_of_scope(scope),
        )
        .subquery()
    )
    codes = connection.scalars(select(ranked.c.code).where(ranked.c.place == 1)).all()
    return {line.finding.unit: line for line in lines(connection, codes, scope.as_of)}
