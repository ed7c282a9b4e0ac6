"""What units owe and by when: findings, reports, duties, replies to letters, decisions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Select, or_, select
from sqlmodel import col

from data.findings import ledger
from data.findings.ledger import FindingFilter
from data.letters.awaited import Awaited, awaited
from data.meetings import held
from data.scope import Scope
from data.store.ordering import by_bytes
from models.days import YEAR
from models.duty import Duty
from models.grid import Unit
from models.letter import LetterKind
from models.rectification import State
from models.report import Report
from models.work import DecisionState

AHEAD_DAYS = 30
"""How far ahead reports and duties are listed; findings and decisions have no such limit."""
MOST = 500


class OwedKind(StrEnum):
    """The kind of thing that is owed."""

    FINDING = "FINDING"
    REPORT = "REPORT"
    DUTY = "DUTY"
    LETTER = "LETTER"
    DECISION = "DECISION"
    FILE = "FILE"


@dataclass(frozen=True, slots=True)
class Returned:
    """Why, by which account and when a file was returned."""

    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply that a unit owes to `step`, the last day of which is `by`."""

    step: LetterKind
    by: date


@dataclass(frozen=True, slots=True)
class Owed:
    """Something a unit owes by `due_on`.

    A finding and the letters about it are one matter, which the finding leads: `reply` is what is
    owed to the letter, and `due_on` the last day for it where that comes before the finding's.

    `what` is the title of a finding, the subject of a letter, the text of a decision, the item of a
    duty, the kind of a report or the month of a file; `code` is a finding's. `first_due_on` is the
    original limit, None if it was never changed. `returned` is set if the file was returned;
    `period` is the month of the file that a letter reminds of.
    """

    kind: OwedKind
    what: str
    unit: str
    unit_name: str
    due_on: date
    code: str = ""
    first_due_on: date | None = None
    returned: Returned | None = None
    reply: Reply | None = None
    period: str = ""

    def days_left(self, day: date) -> int:
        """Days until the limit; negative once it is over."""
        return (self.due_on - day).days


def owed(connection: Connection, scope: Scope) -> tuple[Owed, ...]:
    """What the units of `scope` owe on its day but files, the earliest limit first."""
    owed_things = [
        *_findings_and_letters(connection, scope),
        *_reports(connection, scope),
        *_duties(connection, scope),
        *_decisions(connection, scope),
    ]
    return in_order(owed_things)


def in_order(owed_things: Iterable[Owed]) -> tuple[Owed, ...]:
    """The things owed, the earliest limit first."""
    return tuple(
        sorted(owed_things, key=lambda each: (each.due_on, each.kind, each.unit, each.what))
    )


def _findings_and_letters(connection: Connection, scope: Scope) -> Iterator[Owed]:
    """The findings, each with the reply owed to a letter about it, and letters about none of them.

    A letter about several findings stands with the one that is due first.
    """
    findings = {each.code: each for each in _findings(connection, scope)}
    for letter in awaited(connection, scope):
        if letter.of_committee:
            continue
        about = {step.finding for step in letter.sent.steps}
        first = next((code for code in findings if code in about), None)
        if first is None:
            yield _letter(letter)
        else:
            findings[first] = _with_reply(findings[first], letter)
    yield from findings.values()


def _with_reply(finding: Owed, letter: Awaited) -> Owed:
    """The finding with the reply owed; of several the one to the letter that asks last."""
    reply = Reply(letter.sent.step, letter.reply_by)
    return replace(finding, reply=reply, due_on=min(finding.due_on, letter.reply_by))


def _letter(letter: Awaited) -> Owed:
    sent = letter.sent
    what = f"{sent.number} {sent.about}".strip()
    return Owed(
        OwedKind.LETTER, what, sent.unit, sent.unit_name, letter.reply_by, period=sent.period or ""
    )


def _findings(connection: Connection, scope: Scope) -> Iterator[Owed]:
    wanted = FindingFilter(state=State.RECTIFYING)
    sizes = ledger.counts(connection, scope, wanted)
    for line in ledger.findings_on_page(connection, scope, wanted, sizes, 0, MOST):
        finding, due = line.finding, line.standing.due
        moved = finding.due_on if finding.due_on != due else None
        yield Owed(
            OwedKind.FINDING, finding.title, finding.unit, line.unit_name, due, finding.code, moved
        )


def reports_owed(scope: Scope, until: date | None = None) -> Select[str, int, int, date, str, str]:
    """The query for reports not handed in and due by `until`, the earliest first.

    Without `until`, they are those that are late or due within `AHEAD_DAYS`.

    Columns: kind, year, number, limit, the unit's code and name.
    """
    submitted = col(Report.submitted_on)
    return (
        select(
            col(Report.kind),
            col(Report.year),
            col(Report.number),
            col(Report.due_on),
            col(Unit.code),
            col(Unit.name),
        )
        .join(Unit, col(Unit.code) == col(Report.unit))
        .where(
            scope.holds(),
            col(Report.due_on) <= (until or scope.as_of + timedelta(AHEAD_DAYS)),
            or_(submitted.is_(None), submitted > scope.as_of),
        )
        .order_by(
            col(Report.due_on),
            by_bytes(Report.kind),
            col(Report.year),
            col(Report.number),
            by_bytes(Unit.code),
        )
    )


def duties_owed(scope: Scope) -> Select[str, date, str, str]:
    """The query for duties not done, due in the last year or within `AHEAD_DAYS`, earliest first.

    Columns: item, limit, the unit's code and name.
    """
    done = col(Duty.done_on)
    return (
        select(col(Duty.item), col(Duty.due_on), col(Unit.code), col(Unit.name))
        .join(Unit, col(Unit.code) == col(Duty.unit))
        .where(
            scope.holds(),
            col(Duty.due_on) > scope.as_of - timedelta(YEAR),
            col(Duty.due_on) <= scope.as_of + timedelta(AHEAD_DAYS),
            or_(done.is_(None), done > scope.as_of),
        )
        .order_by(col(Duty.due_on), by_bytes(Duty.item), by_bytes(Unit.code))
    )


def _reports(connection: Connection, scope: Scope) -> Iterator[Owed]:
    rows = connection.execute(reports_owed(scope).limit(MOST))
    for kind, _year, _number, due_on, unit, name in rows:
        yield Owed(OwedKind.REPORT, kind, unit, name, due_on)


def _duties(connection: Connection, scope: Scope) -> Iterator[Owed]:
    for item, due_on, unit, name in connection.execute(duties_owed(scope).limit(MOST)):
        yield Owed(OwedKind.DUTY, item, unit, name, due_on)


def _decisions(connection: Connection, scope: Scope) -> Iterator[Owed]:
    open_states = (DecisionState.OVERDUE, DecisionState.OPEN)
    for line in held.decided(connection, scope, open_states, MOST).lines:
        if line.unit:
            yield Owed(OwedKind.DECISION, line.text, line.unit, line.unit_name, line.due_on)
