"""What is to be done next about a finding, by whom and until when."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum, auto
from typing import NamedTuple

from models.rectification import State, Step
from models.rules.escalation import LADDER, next_step
from models.rules.history import Standing


class Act(StrEnum):
    """Something to be done about a finding."""

    DECIDE = auto()
    """The audit committee decides on a finding referred to it."""
    ISSUE = auto()
    """The committee's office takes a step of escalation."""
    REPLY = auto()
    """The unit replies to a step."""
    RECTIFY = auto()
    """The unit rectifies, and submits for closure or an extension."""
    REVIEW = auto()
    """The office checks what the unit submitted, and closes or returns it."""
    RESUME = auto()
    """The office resumes what was suspended once the reason is gone."""


class Taken(NamedTuple):
    """A step taken for a finding; without a reply, `reply_by` is the last day for it."""

    step: Step
    issued_on: date
    replied_on: date | None
    reply_by: date


class NextAct(NamedTuple):
    """An act with its `step`, if it is about one, and its last day, if a rule sets one.

    For ISSUE `until` is the day on which the step became or becomes due.
    """

    act: Act
    step: Step | None = None
    until: date | None = None


def next_acts(standing: Standing, taken: Sequence[Taken], day: date) -> tuple[NextAct, ...]:
    """What is to be done on `day` about a finding, the most pressing act first: acts that are past
    their day or have come due, then the others.

    Nothing is to be done once it is closed or voided. While it waits for others than the unit, the
    steps of escalation wait too.
    """
    if standing.state == State.REVIEWING:
        return (NextAct(Act.REVIEW),)
    if standing.state == State.SUSPENDED:
        return (NextAct(Act.RESUME),)
    if standing.state != State.RECTIFYING:
        return ()
    acts = (*_pressed(standing, taken, day), NextAct(Act.RECTIFY, until=standing.due))
    return tuple(sorted(acts, key=lambda act: act.until is None or act.until > day))


def _pressed(standing: Standing, taken: Sequence[Taken], day: date) -> Iterator[NextAct]:
    """The acts that escalation asks for: the step due, and answers to those taken."""
    over = (day - standing.due).days
    since = [each.step for each in taken if each.issued_on > standing.due]
    if due := next_step(over, since):
        yield NextAct(Act.ISSUE, due, _first_day(standing.due, due))
    open_steps = [each for each in taken if each.replied_on is None]
    for each in sorted(open_steps, key=lambda one: one.issued_on, reverse=True):
        if each.step is Step.COMMITTEE:
            yield NextAct(Act.DECIDE, each.step)
        else:
            yield NextAct(Act.REPLY, each.step, each.reply_by)
    if over > 0 and due is None and (later := _later(over)):
        yield NextAct(Act.ISSUE, later, _first_day(standing.due, later))


def _later(over: int) -> Step | None:
    """The next step of the ladder ahead after `over` days; None after the last."""
    return next((step for first, step in LADDER if first > over), None)


def _first_day(due: date, step: Step) -> date:
    return due + timedelta(next(first for first, each in LADDER if each is step))
