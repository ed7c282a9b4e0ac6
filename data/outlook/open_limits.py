"""Open findings with the little that a forecast needs, read for a whole district at once."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, func, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope, looked_up
from data.scope import Scope
from models.grid import Unit
from models.kept import KeptFact
from models.rectification import Action, Finding, RectificationEvent, State
from models.rules.history import TRANSITIONS, in_order, limit_after
from models.rules.limits import group_of_finding

CHANGING = tuple(
    action
    for action in Action
    if action == Action.EXTEND
    or any(action in after and after[action] != state for state, after in TRANSITIONS.items())
)
"""The actions that change a state or a time limit."""


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
    rectified = _rectified(connection, scope)
    columns = (
        col(Finding.code),
        col(Finding.rect_type),
        col(Finding.severity),
        col(Finding.amount),
        col(Finding.due_on),
        col(Unit.kind),
    )
    findings = (
        select(*columns)
        .join(Unit, col(Unit.code) == col(Finding.unit))
        .where(col(Finding.code).in_(_codes(connection, scope)))
    )
    for code, rect_type, severity, amount, due, kind in sorted(connection.execute(findings)):
        state: str = State.RECTIFYING
        extensions = 0
        for event in in_order(events.get(code, ())):
            state = TRANSITIONS[state][event.action]
            due = limit_after(due, event)
            extensions += event.action == Action.EXTEND
        if scope.as_of <= due < until:
            group = group_of_finding(rect_type, severity, kind, extensions)
            at_stake = amount - min(rectified.get(code, 0), amount) if amount else 0
            yield OpenLimit(code, group, state, due, at_stake)


def _codes(connection: Connection, scope: Scope) -> Select[Any]:
    """The query for the codes of the open findings of `scope` on its day."""
    in_progress = and_(
        col(KeptFact.measure) == "in_progress", alive(scope.as_of), facts_of_scope(scope)
    )
    return select(col(KeptFact.key)).where(looked_up(connection, scope, in_progress))


def _events(connection: Connection, scope: Scope) -> dict[str, list[Any]]:
    """By finding, its events by the day of `scope` that change a state or a limit."""
    statement = select(
        col(RectificationEvent.finding),
        col(RectificationEvent.on_date),
        col(RectificationEvent.number),
        col(RectificationEvent.action),
        col(RectificationEvent.new_due_on),
    ).where(
        col(RectificationEvent.finding).in_(_codes(connection, scope)),
        col(RectificationEvent.on_date) <= scope.as_of,
        col(RectificationEvent.action).in_(CHANGING),
    )
    events: dict[str, list[Any]] = {}
    for event in connection.execute(statement):
        events.setdefault(event.finding, []).append(event)
    return events


def _rectified(connection: Connection, scope: Scope) -> dict[str, int]:
    """By finding, the money in 分 put right by the day of `scope`."""
    statement = (
        select(col(RectificationEvent.finding), func.sum(col(RectificationEvent.amount)))
        .where(
            col(RectificationEvent.finding).in_(_codes(connection, scope)),
            col(RectificationEvent.on_date) <= scope.as_of,
            col(RectificationEvent.amount).is_not(None),
        )
        .group_by(col(RectificationEvent.finding))
    )
    return {code: int(total or 0) for code, total in connection.execute(statement)}
