"""The history of a finding: which action may follow which state, and what holds on each day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import attrgetter

from models.days import FOREVER, Span
from models.rectification import Action, Finding, PublicStatus, RectificationEvent, State

TRANSITIONS: dict[str, dict[str, State]] = {
    State.RECTIFYING: {
        Action.PROGRESS: State.RECTIFYING,
        Action.EXTEND: State.RECTIFYING,
        Action.TRANSFER: State.RECTIFYING,
        Action.SUBMIT: State.REVIEWING,
        Action.CLOSE: State.CLOSED,
        Action.SUSPEND: State.SUSPENDED,
        Action.VOID: State.VOIDED,
    },
    State.REVIEWING: {
        Action.TRANSFER: State.REVIEWING,
        Action.RETURN: State.RECTIFYING,
        Action.CLOSE: State.CLOSED,
        Action.VOID: State.VOIDED,
    },
    State.SUSPENDED: {
        Action.TRANSFER: State.SUSPENDED,
        Action.RESUME: State.RECTIFYING,
        Action.VOID: State.VOIDED,
    },
    State.CLOSED: {
        Action.TRANSFER: State.CLOSED,
        Action.REOPEN: State.RECTIFYING,
    },
    State.VOIDED: {},
}
"""By state, the allowed actions and the states to which they lead."""

MOVES_DUE = (Action.EXTEND, Action.REOPEN, Action.RESUME)


def in_order(events: Iterable[RectificationEvent]) -> list[RectificationEvent]:
    """The events ordered by day and number."""
    return sorted(events, key=attrgetter("on_date", "number"))


def limit_after(due: date, event: RectificationEvent) -> date:
    """The time limit after `event`, where it was `due` before."""
    return event.new_due_on if event.action in MOVES_DUE and event.new_due_on else due


def first_misfit(events: Iterable[RectificationEvent]) -> RectificationEvent | None:
    """The first event not allowed after the state before it; None for a valid history."""
    state: str = State.RECTIFYING
    for event in in_order(events):
        after = TRANSITIONS[state].get(event.action)
        if after is None:
            return event
        state = after
    return None


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a finding after an event.

    `submitted` and `done_due` are set while it is closed: the day of the SUBMIT that led to the
    CLOSE (or of the CLOSE itself), and the time limit in force then. `rectified` is in 分.
    """

    state: str
    due: date
    last_event_on: date
    rectified: int = 0
    submitted: date | None = None
    done_due: date | None = None
    waiting_since: date | None = None

    def after(self, event: RectificationEvent) -> "Standing":
        """The standing after `event`, which must be allowed in this state."""
        action, day = event.action, event.on_date
        state = TRANSITIONS[self.state][action]
        due = limit_after(self.due, event)
        waiting = self.waiting_since
        if action == Action.SUBMIT:
            waiting = day
        elif action in (Action.RETURN, Action.REOPEN):
            waiting = None
        submitted, done_due = self.submitted, self.done_due
        if action == Action.CLOSE:
            submitted, done_due = waiting or day, due
        elif action == Action.REOPEN:
            submitted = done_due = None
        return Standing(
            state,
            due,
            day,
            self.rectified + (event.amount or 0),
            submitted,
            done_due,
            waiting,
        )


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span of days in which the standing of a finding does not change."""

    span: Span
    standing: Standing


def stretches(finding: Finding, events: Iterable[RectificationEvent]) -> list[Stretch]:
    """The life of `finding` since its issue without gaps; the last stretch never ends.

    Of several events on a day, the last decides.
    """
    standing = Standing(State.RECTIFYING, finding.due_on, finding.issued_on)
    starts_on, life = finding.issued_on, []
    for day, todays in groupby(in_order(events), key=attrgetter("on_date")):
        if span := Span(starts_on, day):
            life.append(Stretch(span, standing))
        starts_on = day
        for event in todays:
            standing = standing.after(event)
    life.append(Stretch(Span(starts_on, FOREVER), standing))
    return life


def runs(life: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches, merged where only progress or money changes."""

    def same(stretch: Stretch) -> tuple[object, ...]:
        at = stretch.standing
        return at.state, at.due, at.submitted, at.done_due

    for _, group in groupby(life, key=same):
        parts = list(group)
        yield replace(parts[0], span=Span(parts[0].span.starts_on, parts[-1].span.ends_on))


def public_status(standing: Standing, day: date) -> PublicStatus | None:
    """The public status on `day` of a finding with this standing; None if it is voided."""
    match standing.state:
        case State.VOIDED:
            return None
        case State.CLOSED:
            return PublicStatus.RECTIFIED
        case State.RECTIFYING if standing.due < day:
            return PublicStatus.UNRECTIFIED
    return PublicStatus.IN_PROGRESS
