"""Findings of one category issued in the last year, which may lie in many units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select, true
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.scope import Scope
from models.days import YEAR
from models.grid import Unit
from models.kept import KeptFact
from models.rectification import Finding


@dataclass(frozen=True, slots=True)
class KindStanding:
    """The number of findings that require rectification, and of those rectified."""

    findings: int
    rectified: int


def issued_in_year(day: date) -> ColumnElement[bool]:
    """The SQL condition for findings issued in the year up to `day`."""
    issued = col(Finding.issued_on)
    return and_(issued > day - timedelta(YEAR), issued <= day)


def rectified(
    connection: Connection, scope: Scope, categories: Sequence[str]
) -> Mapping[str, KindStanding]:
    """By category, how many findings of `scope` issued in the last year must be rectified, and how
    many of them are; voided ones are not counted."""
    if not categories:
        return {}
    not_closed = _keys(scope, "unrectified", "in_progress")
    is_open = func.coalesce(func.sum(case((col(Finding.code).in_(not_closed), 1), else_=0)), 0)
    wanted = (
        select(col(Finding.category), func.count(), is_open)
        .where(
            col(Finding.category).in_(categories),
            issued_in_year(scope.as_of),
            true()
            if scope.whole_district
            else col(Finding.unit).in_(select(col(Unit.code)).where(scope.holds())),
            col(Finding.code).not_in(_keys(scope, "flow_voided")),
        )
        .group_by(col(Finding.category))
    )
    return {
        str(category): KindStanding(count, count - int(still_open))
        for category, count, still_open in connection.execute(wanted)
    }


def _keys(scope: Scope, *measures: str) -> Select[str]:
    return select(col(KeptFact.key)).where(
        col(KeptFact.measure).in_(measures), alive(scope.as_of), facts_of_scope(scope)
    )
