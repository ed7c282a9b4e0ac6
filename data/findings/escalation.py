"""Escalation (督办): letters without a reply, and findings due for the next step."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.findings.lines import FindingLine, lines
from data.findings.steps_taken import last_days
from data.scope import Scope
from data.store.ordering import by_bytes
from models.grid import Unit
from models.kept import KeptFact
from models.kinds import EARLIEST
from models.rectification import Escalation, Finding, Step
from models.rules.escalation import next_step
from models.rules.rectification import OPEN, day_number

Taken = Mapping[str, list[tuple[Step, date]]]
"""By finding code, the steps taken with their days."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A step taken and not yet answered; `received_on` is None without a receipt.

    `reply_by` is the last day for the reply.
    """

    finding: str
    title: str
    unit: str
    unit_name: str
    step: Step
    issued_on: date
    received_on: date | None
    reply_by: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """The number of unanswered letters of one step, and how many of them lack a receipt."""

    letters: int
    without_receipt: int
    oldest_on: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """An overdue finding for which `step` should be taken next; `last` is the step taken last."""

    line: FindingLine
    step: Step
    last: Step | None
    last_on: date | None


def waiting(connection: Connection, scope: Scope) -> Mapping[Step, Waiting]:
    """By step, the unanswered letters of `scope`, the mildest step first."""
    missing = func.sum(case((_received(scope), 0), else_=1))
    statement = _unanswered(
        scope,
        col(Escalation.step),
        func.count(),
        missing,
        func.min(col(Escalation.issued_on)),
    ).group_by(col(Escalation.step))
    waiting_by_step = {
        step: Waiting(int(letters), int(without), oldest)
        for step, letters, without, oldest in connection.execute(statement)
    }
    return {step: waiting_by_step.get(step, Waiting(0, 0, None)) for step in Step}


def letters(connection: Connection, scope: Scope, most: int | None = None) -> tuple[Letter, ...]:
    """The unanswered letters of `scope`, at most `most` if it is given, the longest waiting
    first."""
    statement = _unanswered(
        scope,
        col(Escalation.finding),
        col(Finding.title),
        col(Finding.unit),
        col(Unit.name),
        col(Escalation.step),
        col(Escalation.issued_on),
        case((_received(scope), col(Escalation.received_on))),
    )
    ordered = statement.order_by(
        col(Escalation.issued_on), by_bytes(Escalation.finding), by_bytes(Escalation.step)
    )
    rows = connection.execute(ordered.limit(most)).all()
    limits = last_days(connection, [(code, step, on) for code, _, _, _, step, on, _ in rows])
    return tuple(
        Letter(
            finding,
            title,
            unit,
            name,
            Step(step),
            issued_on,
            received_on,
            limits[finding, step, issued_on],
        )
        for finding, title, unit, name, step, issued_on, received_on in rows
    )


def _unanswered(scope: Scope, *columns: Any) -> Select[Any]:
    """The query for letters issued and not answered by the day, about findings still open."""
    stands_open = (
        select(col(KeptFact.key))
        .where(col(KeptFact.measure).in_(OPEN), alive(scope.as_of), facts_of_scope(scope))
        .scalar_subquery()
    )
    return (
        select(*columns)
        .select_from(Escalation)
        .join(Finding, col(Finding.code) == col(Escalation.finding))
        .join(Unit, col(Unit.code) == col(Finding.unit))
        .where(
            col(Escalation.issued_on) <= scope.as_of,
            or_(col(Escalation.replied_on).is_(None), col(Escalation.replied_on) > scope.as_of),
            col(Escalation.finding).in_(stands_open),
        )
    )


def _received(scope: Scope) -> ColumnElement[bool]:
    received_on = col(Escalation.received_on)
    return and_(received_on.is_not(None), received_on <= scope.as_of)


@dataclass(frozen=True, slots=True)
class DueSteps:
    """The number of findings due for each step and of each unit, and the gravest of them.

    `by_unit` names by their codes only the units that have one, `findings` all findings.
    """

    counted: Mapping[Step, int]
    by_unit: Mapping[str, int]
    gravest: tuple[Due, ...]
    findings: frozenset[str]


def due_steps(connection: Connection, scope: Scope, most: int) -> DueSteps:
    """The findings of `scope` due for the next step; at most `most` are listed.

    The gravest step comes first, then the longest overdue.
    """
    taken = _taken(connection, scope)
    findings_due = _due(connection, scope, taken)
    counted = {step: 0 for step in Step}
    for each in findings_due:
        counted[each.step] += 1
    by_unit = Counter(each.unit for each in findings_due)
    gravest = _named(connection, scope, findings_due[:most], taken)
    return DueSteps(counted, by_unit, gravest, frozenset(each.code for each in findings_due))


def due_for_step(connection: Connection, scope: Scope, step: Step, most: int) -> tuple[Due, ...]:
    """At most `most` findings of `scope` due for `step`, the longest overdue first."""
    taken = _taken(connection, scope)
    findings_due = [each for each in _due(connection, scope, taken) if each.step is step]
    return _named(connection, scope, findings_due[:most], taken)


class _Owed(NamedTuple):
    """A finding due for a step; `limit` is the day number of its present time limit."""

    step: Step
    limit: int
    code: str
    unit: str


def _due(connection: Connection, scope: Scope, taken: Taken) -> list[_Owed]:
    """The findings due for a step, the gravest step first, then the longest overdue."""
    overdue = select(col(KeptFact.key), col(KeptFact.unit), col(KeptFact.value)).where(
        col(KeptFact.measure) == "unrectified", alive(scope.as_of), facts_of_scope(scope)
    )
    today = day_number(scope.as_of)
    findings_due: list[_Owed] = []
    for code, unit, due in connection.execute(overdue):
        steps = [step for step, on in taken.get(code, ()) if (on - EARLIEST).days > due]
        step = next_step(today - due, steps)
        if step is not None:
            findings_due.append(_Owed(step, due, code, unit))
    order = list(Step)
    return sorted(findings_due, key=lambda each: (-order.index(each.step), each.limit, each.code))


def _named(
    connection: Connection, scope: Scope, findings_due: Sequence[_Owed], taken: Taken
) -> tuple[Due, ...]:
    stand = lines(connection, [each.code for each in findings_due], scope.as_of)
    return tuple(
        _with_last(line, owed.step, taken.get(owed.code, []))
        for line, owed in zip(stand, findings_due, strict=True)
    )


def _with_last(line: FindingLine, step: Step, taken: Sequence[tuple[Step, date]]) -> Due:
    last, last_on = taken[-1] if taken else (None, None)
    return Due(line, step, last, last_on)


def _taken(connection: Connection, scope: Scope) -> Taken:
    """By overdue finding, the steps taken by the day, the latest last."""
    statement = (
        select(col(Escalation.finding), col(Escalation.step), col(Escalation.issued_on))
        .join(KeptFact, col(KeptFact.key) == col(Escalation.finding))
        .where(
            col(KeptFact.measure) == "unrectified",
            alive(scope.as_of),
            facts_of_scope(scope),
            col(Escalation.issued_on) <= scope.as_of,
        )
        .order_by(col(Escalation.issued_on), by_bytes(Escalation.step))
    )
    taken: dict[str, list[tuple[Step, date]]] = {}
    for finding, step, on in connection.execute(statement):
        taken.setdefault(finding, []).append((Step(step), on))
    return taken
