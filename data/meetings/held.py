"""Past and coming meetings, and the state of their decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, case, func, select
from sqlmodel import col

from data.ledgers.rows import ids
from data.scope import Scope
from data.store.ordering import by_bytes
from models.grid import Unit
from models.rules.work import decision_state
from models.work import Decision, DecisionState, Meeting, MeetingKind


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting with the numbers of its decisions and of those carried out by the given day."""

    code: str
    name: str
    kind: MeetingKind
    on_date: date
    topics: str | None
    decisions: int
    done: int


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision on a given day; `unit` is empty if no unit is responsible.

    `days` are the days past the time limit: until the given day if overdue, until completion if
    done late, else 0.
    """

    meeting: str
    meeting_name: str
    met_on: date
    number: int
    text: str
    unit: str
    unit_name: str
    due_on: date
    done_on: date | None
    state: DecisionState
    days: int


@dataclass(frozen=True, slots=True)
class Decided:
    """The number of decisions by state, and the first decisions in the states asked for."""

    counted: Mapping[DecisionState, int]
    lines: tuple[DecisionLine, ...]


def last_before(connection: Connection, day: date) -> date | None:
    """The day of the audit committee's last meeting before `day`; None if there was none."""
    return connection.scalar(
        select(func.max(col(Meeting.on_date))).where(
            col(Meeting.kind) == MeetingKind.COMMITTEE, col(Meeting.on_date) < day
        )
    )


def held(connection: Connection, scope: Scope, most: int) -> tuple[MeetingLine, ...]:
    """At most `most` meetings held by the day, latest first; none unless `scope` is the
    district."""
    if not scope.whole_district:
        return ()
    ordered = _meetings(scope).where(col(Meeting.on_date) <= scope.as_of)
    latest = ordered.order_by(col(Meeting.on_date).desc(), by_bytes(Meeting.code)).limit(most)
    return tuple(_meeting(row) for row in connection.execute(latest))


def ahead(connection: Connection, scope: Scope, most: int) -> tuple[MeetingLine, ...]:
    """At most `most` meetings after the day, next first; none unless `scope` is the district."""
    if not scope.whole_district:
        return ()
    ordered = _meetings(scope).where(col(Meeting.on_date) > scope.as_of)
    following = ordered.order_by(col(Meeting.on_date), by_bytes(Meeting.code)).limit(most)
    return tuple(_meeting(row) for row in connection.execute(following))


def decided(
    connection: Connection, scope: Scope, states: tuple[DecisionState, ...], most: int
) -> Decided:
    """The decisions made or due by the day for units of `scope`; the district has all of them.

    At most `most` lines in one of `states` (any, if empty): longest overdue first, then open ones
    by time limit, then completed ones, latest first.
    """
    # The figure counts a decision that is due whatever the day of its meeting, so list it too.
    known = (col(Meeting.on_date) <= scope.as_of) | (col(Decision.due_on) <= scope.as_of)
    rows = connection.execute(_decisions(scope).where(known))
    found = sorted((_decision(row, scope.as_of) for row in rows), key=_worst_first)
    counted = {state: 0 for state in DecisionState}
    for line in found:
        counted[line.state] += 1
    wanted = [line for line in found if not states or line.state in states]
    return Decided(counted, tuple(wanted[:most]))


def one(connection: Connection, scope: Scope, code: str) -> MeetingLine | None:
    """The meeting with this code and its decisions as of the day; None if there is none."""
    row = connection.execute(_meetings(scope).where(col(Meeting.code) == code)).first()
    return _meeting(row) if row else None


def committee_near(connection: Connection, scope: Scope) -> MeetingLine | None:
    """The committee's meeting on the day, else its next, else its last one; None if there is
    none."""
    committee = _meetings(scope).where(col(Meeting.kind) == MeetingKind.COMMITTEE)
    on_date = col(Meeting.on_date)
    following = committee.where(on_date >= scope.as_of).order_by(on_date, by_bytes(Meeting.code))
    row = connection.execute(following.limit(1)).first()
    if row is None:
        latest = committee.order_by(on_date.desc(), by_bytes(Meeting.code)).limit(1)
        row = connection.execute(latest).first()
    return _meeting(row) if row else None


def committee_before(connection: Connection, scope: Scope, day: date) -> MeetingLine | None:
    """The committee's last meeting before `day`, with its decisions as of the day of `scope`."""
    earlier = _meetings(scope).where(
        col(Meeting.kind) == MeetingKind.COMMITTEE, col(Meeting.on_date) < day
    )
    latest = earlier.order_by(col(Meeting.on_date).desc(), by_bytes(Meeting.code)).limit(1)
    row = connection.execute(latest).first()
    return _meeting(row) if row else None


def committee_after(connection: Connection, scope: Scope, day: date) -> MeetingLine | None:
    """The committee's next meeting after `day`; None if none is entered."""
    later = _meetings(scope).where(
        col(Meeting.kind) == MeetingKind.COMMITTEE, col(Meeting.on_date) > day
    )
    first = later.order_by(col(Meeting.on_date), by_bytes(Meeting.code)).limit(1)
    row = connection.execute(first).first()
    return _meeting(row) if row else None


def committee_next(connection: Connection, scope: Scope) -> MeetingLine | None:
    """The committee's next meeting after the day, by which others act; None if none is entered, or
    unless `scope` is the district."""
    return committee_after(connection, scope, scope.as_of) if scope.whole_district else None


def committee_since(connection: Connection, scope: Scope, day: date) -> MeetingLine | None:
    """The committee's last meeting after `day` and before the day of `scope`; None if none was
    held, or unless `scope` is the district."""
    last = committee_before(connection, scope, scope.as_of) if scope.whole_district else None
    return last if last and last.on_date > day else None


def decided_by(connection: Connection, scope: Scope, meeting: str) -> tuple[DecisionLine, ...]:
    """The decisions of one meeting for units of `scope`, in order; the district has all of them."""
    rows = connection.execute(
        _decisions(scope).where(col(Decision.meeting) == meeting).order_by(col(Decision.number))
    )
    return tuple(_decision(row, scope.as_of) for row in rows)


def _decisions(scope: Scope) -> Any:
    return (
        select(
            *(getattr(Decision, name) for name in ids(Decision)),
            col(Meeting.name).label("meeting_name"),
            col(Meeting.on_date).label("met_on"),
            col(Unit.name).label("unit_name"),
        )
        .join(Meeting, col(Meeting.code) == col(Decision.meeting))
        .outerjoin(Unit, col(Unit.code) == col(Decision.unit))
        .where(scope.holds())
    )


def _meetings(scope: Scope) -> Any:
    done = case((col(Decision.done_on) <= scope.as_of, 1), else_=0)
    return (
        select(
            col(Meeting.code),
            col(Meeting.name),
            col(Meeting.kind),
            col(Meeting.on_date),
            col(Meeting.note),
            func.count(col(Decision.number)).label("decisions"),
            func.coalesce(func.sum(done), 0).label("done"),
        )
        .outerjoin(Decision, col(Decision.meeting) == col(Meeting.code))
        .group_by(
            col(Meeting.code),
            col(Meeting.name),
            col(Meeting.kind),
            col(Meeting.on_date),
            col(Meeting.note),
        )
    )


def _meeting(row: Any) -> MeetingLine:
    return MeetingLine(
        row.code,
        row.name,
        MeetingKind(row.kind),
        row.on_date,
        row.note,
        int(row.decisions),
        int(row.done),
    )


def _decision(row: Any, day: date) -> DecisionLine:
    state = decision_state(row.due_on, row.done_on, day)
    done_on = row.done_on if row.done_on and row.done_on <= day else None
    past = state in (DecisionState.OVERDUE, DecisionState.DONE_LATE)
    return DecisionLine(
        row.meeting,
        row.meeting_name,
        row.met_on,
        row.number,
        row.text,
        row.unit or "",
        row.unit_name or "",
        row.due_on,
        done_on,
        state,
        ((done_on or day) - row.due_on).days if past else 0,
    )


def _worst_first(line: DecisionLine) -> tuple[int, int, str, int]:
    closed = line.done_on is not None
    place = 2 if closed else list(DecisionState).index(line.state)
    by_day = -line.done_on.toordinal() if line.done_on else line.due_on.toordinal()
    return place, by_day, line.meeting, line.number
