"""The ages of open findings, in days since they were issued."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection, case, func, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.scope import Scope
from models.kept import KeptFact
from models.rectification import Finding

AGES: tuple[tuple[str, int | None], ...] = (
    ("0-30", 30),
    ("31-90", 90),
    ("91-180", 180),
    ("181-365", 365),
    ("366+", None),
)
"""Spans of days since the issue, each with its name and its last day."""


def ages(connection: Connection, scope: Scope) -> Mapping[str, int]:
    """By span of AGES, the number of findings of `scope` that are required and not closed."""
    issued_on = col(Finding.issued_on)
    span = case(
        *(
            (issued_on >= scope.as_of - timedelta(last), name)
            for name, last in AGES
            if last is not None
        ),
        else_=AGES[-1][0],
    )
    statement = (
        select(span, func.count())
        .select_from(KeptFact)
        .join(Finding, col(Finding.code) == col(KeptFact.key))
        .where(
            col(KeptFact.measure).in_(("in_progress", "unrectified")),
            alive(scope.as_of),
            facts_of_scope(scope),
        )
        .group_by(span)
    )
    counts = {name: int(count) for name, count in connection.execute(statement)}
    return {name: counts.get(name, 0) for name, _last in AGES}
