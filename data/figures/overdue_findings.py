"""The overdue findings of a node: all as rows to choose from, and the longest overdue of a kind."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.scope import Scope
from data.store.ordering import by_bytes
from models.grid import Unit
from models.kept import KeptFact
from models.rectification import Action, Finding, RectificationEvent

AT_FIRST, TIMES_AS_MANY = 200, 8
"""How many findings are looked up at first, and how many times as many at each further step."""


class OverdueFinding(NamedTuple):
    """A finding that is unrectified on a day: its unit, the number of the day on which it was due,
    and how often its limit was extended by then."""

    code: str
    title: str
    unit: str
    unit_name: str
    due: int
    extended: int


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
        .where(_overdue(scope))
    )


def extensions(scope: Scope) -> ColumnElement[int]:
    """The SQL expression for the number of extensions of a finding by the day of `scope`."""
    return (
        select(func.count())
        .select_from(RectificationEvent)
        .where(
            col(RectificationEvent.finding) == col(Finding.code),
            col(RectificationEvent.action) == Action.EXTEND,
            col(RectificationEvent.on_date) <= scope.as_of,
        )
        .correlate(Finding)
        .scalar_subquery()
    )


def longest_overdue(
    connection: Connection,
    scope: Scope,
    conditions: Mapping[str, ColumnElement[bool]],
    most: int,
) -> dict[str, list[OverdueFinding]]:
    """By name of a condition, the `most` findings that meet it and are overdue the longest; those
    due on one day by code.

    A condition is one on facts and findings. Findings are looked up for all conditions at once, a
    few of the longest overdue at first: the index has their days, and mostly no more are needed.
    """
    found: dict[str, list[OverdueFinding]] = {name: [] for name in conditions}
    for first, last in _days(connection, scope):
        lacking = [name for name, rows in found.items() if len(rows) < most]
        if not lacking:
            break
        for flags, finding in _due_between(connection, scope, first, last, conditions, lacking):
            for name, meets in zip(lacking, flags, strict=True):
                if meets and len(found[name]) < most:
                    found[name].append(finding)
    return found


def _overdue(scope: Scope) -> ColumnElement[bool]:
    return and_(col(KeptFact.measure) == "unrectified", alive(scope.as_of), facts_of_scope(scope))


def _days(connection: Connection, scope: Scope) -> Iterator[tuple[int, int]]:
    """The first and last day, as numbers, of portions of the overdue findings by day due."""
    due = col(KeptFact.value)
    counted = select(due, func.count()).where(_overdue(scope)).group_by(due).order_by(due)
    first, gathered, wanted = None, 0, AT_FIRST
    for day, count in connection.execute(counted).all():
        first = day if first is None else first
        gathered += count
        if gathered >= wanted:
            yield first, day
            first, gathered, wanted = None, 0, wanted * TIMES_AS_MANY
    if first is not None:
        yield first, day


def _due_between(
    connection: Connection,
    scope: Scope,
    first: int,
    last: int,
    conditions: Mapping[str, ColumnElement[bool]],
    lacking: list[str],
) -> Iterator[tuple[tuple[bool, ...], OverdueFinding]]:
    """The findings due from `first` to `last` that meet a condition, with which ones they meet."""
    wanted = [conditions[name] for name in lacking]
    flags = (condition.label(f"meets_{at}") for at, condition in enumerate(wanted))
    longest_first = (
        overdue_findings(scope)
        .add_columns(extensions(scope), *flags)
        .where(col(KeptFact.value).between(first, last), or_(*wanted))
        .order_by(col(KeptFact.value), by_bytes(Finding.code))
    )
    for code, title, unit, name, due, extended, *meets in connection.execute(longest_first):
        yield tuple(meets), OverdueFinding(code, title, unit, name, due, extended)
