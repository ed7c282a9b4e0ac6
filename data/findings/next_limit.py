"""The time limits of findings ahead: the next ones, and the first beyond those due soon."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.findings.lines import FindingLine, lines
from data.scope import Scope
from data.store.ordering import by_bytes
from models.kept import KeptFact
from models.rectification import Finding
from models.rules.rectification import DUE_SOON_DAYS

LOOKED_AT = 50
"""The most findings due soon among which the first limit is looked for."""


@dataclass(frozen=True, slots=True)
class NextLimit:
    """A day and the number of findings whose limit it is."""

    day: date
    findings: int


def next_limit(connection: Connection, scope: Scope) -> NextLimit | None:
    """The first limit after those that are due soon on the day of `scope`; None if there is none.

    A finding counts as due soon from a fixed number of days before its limit, so the next to
    become so has the next limit.
    """
    starts = col(KeptFact.starts_on)
    ahead = (
        select(starts, func.count())
        .where(
            col(KeptFact.measure) == "due_soon",
            starts > scope.as_of,
            facts_of_scope(scope),
        )
        .group_by(starts)
        .order_by(starts)
        .limit(1)
    )
    first = connection.execute(ahead).first()
    return NextLimit(first[0] + timedelta(DUE_SOON_DAYS), first[1]) if first else None


def first_due(connection: Connection, scope: Scope) -> date | None:
    """The first limit of the findings of `scope` that are due soon; None if none is.

    It is looked for among those that became so first.
    """
    became_so = (
        select(col(KeptFact.key))
        .where(col(KeptFact.measure) == "due_soon", alive(scope.as_of), facts_of_scope(scope))
        .order_by(col(KeptFact.starts_on), by_bytes(KeptFact.key))
        .limit(LOOKED_AT)
    )
    codes = connection.scalars(became_so).all()
    limits = (line.standing.due for line in lines(connection, codes, scope.as_of))
    return min(limits, default=None)


def next_due(connection: Connection, scope: Scope, most: int) -> tuple[FindingLine, ...]:
    """The open findings of `scope` whose limit is ahead, the earliest first; at most `most`."""
    first = func.min(col(KeptFact.starts_on))
    code = col(Finding.code)
    ahead = (
        select(code)
        .join(KeptFact, col(KeptFact.key) == code)
        .where(
            col(KeptFact.measure) == "due_soon",
            col(KeptFact.ends_on) > scope.as_of,
            col(Finding.issued_on) <= scope.as_of,
            facts_of_scope(scope),
        )
        .group_by(code)
        .order_by(first, by_bytes(Finding.code))
        .limit(most)
    )
    return lines(connection, list(connection.execute(ahead).scalars()), scope.as_of)
