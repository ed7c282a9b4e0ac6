"""Open findings with the little that a forecast needs, read for a whole district at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, exists, or_, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope, looked_up
from data.ledgers.rows import ASKED_AT_ONCE
from data.scope import Scope
from data.store import bulk
from data.store.batches import batches
from models.grid import Unit
from models.kept import KeptFact
from models.rectification import Action, Finding, RectificationEvent, State
from models.rules.history import MOVES_DUE, TRANSITIONS, in_order, limit_after
from models.rules.limits import CHANGING, group_of_finding


class OpenLimit(NamedTuple):
    """An open finding on a day: its group, its state, its limit, and the money in 分 not yet put
    right."""

    code: str
    group: tuple[str, ...]
    state: str
    due: date
    at_stake: int


class _Event(NamedTuple):
    """The columns of an event that are read."""

    finding: str
    on_date: date
    number: int
    action: str
    new_due_on: date | None
    amount: int | None


def open_limits(connection: Connection, scope: Scope, until: date) -> Iterator[OpenLimit]:
    """The open findings of `scope` whose limit has not passed and lies before `until`, in the order
    of their codes."""
    findings = _findings(connection, scope, until)
    events = _events(connection, scope, [code for code, *_ in findings])
    for code, rect_type, severity, amount, due, kind in findings:
        state: str = State.RECTIFYING
        extensions = rectified = 0
        for event in in_order(events.get(code, ())):
            state = TRANSITIONS[state][event.action]
            due = limit_after(due, event)
            extensions += event.action == Action.EXTEND
            rectified += event.amount or 0
        if scope.as_of <= due < until:
            group = group_of_finding(rect_type, severity, kind, extensions)
            at_stake = amount - min(rectified, amount) if amount else 0
            yield OpenLimit(code, group, state, due, at_stake)


def _findings(connection: Connection, scope: Scope, until: date) -> list[tuple[Any, ...]]:
    """The open findings of `scope` whose limit may lie between its day and `until`, in the order of
    their codes: those whose first limit does, and those whose limit was moved."""
    event = RectificationEvent
    moved = exists().where(
        col(event.finding) == col(Finding.code), col(event.action).in_(MOVES_DUE)
    )
    first_limit = col(Finding.due_on)
    statement = (
        select(
            col(Finding.code),
            col(Finding.rect_type),
            col(Finding.severity),
            col(Finding.amount),
            first_limit,
            col(Unit.kind),
        )
        .join(Unit, col(Unit.code) == col(Finding.unit))
        .where(
            col(Finding.code).in_(_codes(connection, scope)),
            or_(and_(first_limit >= scope.as_of, first_limit < until), moved),
        )
    )
    found = zip(*bulk.fetch_columns(connection, statement), strict=True)
    return sorted(found, key=itemgetter(0))


def _codes(connection: Connection, scope: Scope) -> Select[Any]:
    """The query for the codes of the open findings of `scope` on its day."""
    in_progress = and_(
        col(KeptFact.measure) == "in_progress", alive(scope.as_of), facts_of_scope(scope)
    )
    return select(col(KeptFact.key)).where(looked_up(connection, scope, in_progress))


def _events(connection: Connection, scope: Scope, findings: Iterable[str]) -> dict[str, list[Any]]:
    """By finding, of those with the codes `findings`, its events by the day of `scope` that change
    a state or a limit, or put money right."""
    event = RectificationEvent
    statement = select(*(col(getattr(event, each)) for each in _Event._fields)).where(
        col(event.on_date) <= scope.as_of,
        or_(col(event.action).in_(CHANGING), col(event.amount).is_not(None)),
    )
    events: defaultdict[str, list[Any]] = defaultdict(list)
    for codes in batches(findings, ASKED_AT_ONCE):
        columns = bulk.fetch_columns(connection, statement.where(col(event.finding).in_(codes)))
        for found in map(_Event._make, zip(*columns, strict=True)):
            events[found.finding].append(found)
    return events
