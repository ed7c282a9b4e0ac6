"""The overdue findings of a node: all as rows to choose from, and the longest overdue of a kind."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, true
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.scope import Scope
from data.store.ordering import by_bytes
from models.grid import Unit
from models.kept import KeptFact
from models.rectification import Action, Finding, RectificationEvent

AT_FIRST, TIMES_AS_MANY = 1_000, 8
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
    portion of the longest overdue at a time; mostly no more than the first is needed.
    """
    found: dict[str, list[OverdueFinding]] = {name: [] for name in conditions}
    first, portion = 0, AT_FIRST if scope.frozen is None else None
    while lacking := [name for name, rows in found.items() if len(rows) < most]:
        looked_up = _portion(connection, scope, first, portion, [conditions[n] for n in lacking])
        for meets, finding in looked_up:
            for name, meets_it in zip(lacking, meets, strict=True):
                if meets_it and len(found[name]) < most:
                    found[name].append(finding)
        if portion is None or len(looked_up) < portion:
            break
        first, portion = first + portion, portion * TIMES_AS_MANY
    return found


def _overdue(scope: Scope) -> ColumnElement[bool]:
    return and_(col(KeptFact.measure) == "unrectified", alive(scope.as_of), facts_of_scope(scope))


def _portion(
    connection: Connection,
    scope: Scope,
    first: int,
    most: int | None,
    conditions: Sequence[ColumnElement[bool]],
) -> list[tuple[tuple[bool, ...], OverdueFinding]]:
    """`most` overdue findings from index `first` on (all if None), the longest overdue first, with
    which of `conditions` each meets."""
    in_order = (col(KeptFact.value), by_bytes(KeptFact.key))
    longest = select(col(KeptFact.id)).where(_overdue(scope)).order_by(*in_order)
    # A frozen state has its facts in two tables, each with numbers of its own.
    there = col(KeptFact.id).in_(longest.offset(first).limit(most)) if most else true()
    flags = (condition.label(f"meets_{at}") for at, condition in enumerate(conditions))
    portion = (
        overdue_findings(scope)
        .add_columns(extensions(scope), *flags)
        .where(there)
        .order_by(*in_order)
    )
    return [
        (tuple(meets), OverdueFinding(code, title, unit, name, due, extended))
        for code, title, unit, name, due, extended, *meets in connection.execute(portion)
    ]
