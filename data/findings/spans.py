"""The findings of a unit as spans on a time line, from issue to closure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.findings.lines import events_of
from data.ledgers.rows import ids
from data.scope import Scope
from data.store.ordering import by_bytes
from models.rectification import Finding, PublicStatus, State
from models.rules.history import public_status, stretches


@dataclass(frozen=True, slots=True)
class FindingSpan:
    """A finding as of a day; `closed_on` is None while it is open."""

    code: str
    title: str
    issued_on: date
    closed_on: date | None
    due_on: date
    status: PublicStatus


def spans(connection: Connection, scope: Scope, most: int) -> tuple[FindingSpan, ...]:
    """At most `most` findings of the scope's unit, not voided, the latest issued first.

    Findings issued after the day are left out.
    """
    statement = (
        select(*(getattr(Finding, name) for name in ids(Finding)))
        .where(col(Finding.unit) == scope.node.code, col(Finding.issued_on) <= scope.as_of)
        .order_by(col(Finding.issued_on).desc(), by_bytes(Finding.code).desc())
        .limit(most)
    )
    findings: list[Any] = list(connection.execute(statement))
    events = events_of(connection, [row.code for row in findings], scope.as_of)
    findings_and_spans = []
    for row in findings:
        now = stretches(row, events.get(row.code, []))[-1]
        status = public_status(now.standing, scope.as_of)
        closed_on = now.span.starts_on if now.standing.state == State.CLOSED else None
        if status is not None:
            span = FindingSpan(
                row.code, row.title, row.issued_on, closed_on, now.standing.due, status
            )
            findings_and_spans.append(span)
    return tuple(findings_and_spans)
