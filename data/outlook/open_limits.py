"""Open findings with the little that a forecast needs, read for a whole district at once."""

from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, or_, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope, looked_up
from data.scope import Scope
from models.grid import Unit
from models.kept import KeptFact
from models.rectification import Action, Finding, RectificationEvent, State
from models.rules.history import TRANSITIONS, in_order, limit_after
from models.rules.limits import CHANGING, group_of_finding


class OpenLimit(NamedTuple):
    """An open finding on a day: its group, its state, its limit, and the money in 分 not yet put
    right."""

    code: str
    group: tuple[str, ...]
    state: str
    due: date
    at_stake: int


def open_limits(connection: Connection, scope: Scope, until: date) -> Iterator[OpenLimit]:
    """The open findings of `scope` whose limit has not passed and lies before `until`, in the order
    of their codes."""
    events = _events(connection, scope)
    columns = (
        col(Finding.code),
        col(Finding.rect_type),
        col(Finding.severity),
        col(Finding.amount),
        col(Finding.due_on),
        col(Unit.kind),
    )
    findings = connection.execute(
        select(*columns)
        .join(Unit, col(Unit.code) == col(Finding.unit))
        .where(col(Finding.code).in_(_codes(connection, scope)))
    )
    by_code = sorted(findings, key=itemgetter(0))
    for code, rect_type, severity, amount, due, kind in by_code:
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


def _codes(connection: Connection, scope: Scope) -> Select[Any]:
    """The query for the codes of the open findings of `scope` on its day."""
    in_progress = and_(
        col(KeptFact.measure) == "in_progress", alive(scope.as_of), facts_of_scope(scope)
    )
    return select(col(KeptFact.key)).where(looked_up(connection, scope, in_progress))


def _events(connection: Connection, scope: Scope) -> dict[str, list[Any]]:
    """By finding, its events by the day of `scope` that change a state or a limit, or put money
    right."""
    event = RectificationEvent
    statement = select(
        col(event.finding),
        col(event.on_date),
        col(event.number),
        col(event.action),
        col(event.new_due_on),
        col(event.amount),
    ).where(
        col(event.finding).in_(_codes(connection, scope)),
        col(event.on_date) <= scope.as_of,
        or_(col(event.action).in_(CHANGING), col(event.amount).is_not(None)),
    )
    events: dict[str, list[Any]] = {}
    for found in connection.execute(statement):
        events.setdefault(found.finding, []).append(found)
    return events
