"""The next time limit of findings beyond those that count as due soon."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select
from sqlmodel import col

from data.figures.reading import facts_of_scope
from data.scope import Scope
from models.kept import KeptFact
from models.rules.rectification import DUE_SOON_DAYS


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
