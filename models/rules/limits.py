"""Time limits as cases to learn from: how long something waited, and whether it missed the
limit."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from models.days import FOREVER, ONE_DAY
from models.kinds import EARLIEST
from models.rectification import Action, Finding, RectificationEvent, State
from models.rules.history import TRANSITIONS, limit_after

OWED = "OWED"
"""The state of a report that has not come in; findings have one of `State`."""
WAITING = (State.RECTIFYING, State.REVIEWING, State.SUSPENDED)
MOST_EXTENSIONS = 2
"""Findings with more extensions are grouped with those that have this many."""

CHANGING = tuple(
    action
    for action in Action
    if action == Action.EXTEND
    or any(action in after and after[action] != state for state, after in TRANSITIONS.items())
)
"""The actions that change a state or a time limit."""


class Wait(NamedTuple):
    """The days, from `starts_on` to before `ends_on`, in which something waited in `state` for
    `due`.

    `group` are the properties by which cases are compared. `went_over` says whether it was overdue
    on the day after `due`; it has no meaning before that day.
    """

    group: tuple[str, ...]
    state: str
    starts_on: date
    ends_on: date
    due: date
    went_over: bool


def group_of_finding(
    rect_type: str, severity: str, unit_kind: str, extensions: int
) -> tuple[str, ...]:
    """The properties by which time limits of findings are grouped."""
    return rect_type, severity, unit_kind, str(min(extensions, MOST_EXTENSIONS))


class _Run(NamedTuple):
    """The days, from `starts_on` to before `ends_on`, with one state, limit and number of
    extensions."""

    state: str
    due: date
    extensions: int
    starts_on: date
    ends_on: date


def waits_of_finding(
    finding: Finding, unit_kind: str, events: Sequence[RectificationEvent]
) -> Iterator[Wait]:
    """Every wait of a finding for one of its limits, according to `events`; the last never ends.

    The waits as of an earlier day D are those of them that started by D, where what ended a wait
    after D is not known yet.
    """
    life = _runs(finding, events)
    for state, due, extensions, starts_on, ends_on in life:
        if state in WAITING and starts_on <= due:
            yield Wait(
                group_of_finding(finding.rect_type, finding.severity, unit_kind, extensions),
                state,
                starts_on,
                ends_on,
                due,
                _went_over(life, due),
            )


def _runs(finding: Finding, events: Sequence[RectificationEvent]) -> list[_Run]:
    """The life of a finding without gaps, its `events` in order; the last run never ends.

    Of the events only those matter whose actions are in CHANGING.

    This follows `models.rules.history.stretches`, without its objects for every event.
    """
    state: str = State.RECTIFYING
    due, extensions = finding.due_on, 0
    starts_on = day = finding.issued_on
    runs: list[_Run] = []
    for event in events:
        if event.on_date != day:
            if day < event.on_date:
                _lengthen(runs, _Run(state, due, extensions, starts_on, event.on_date))
            starts_on = day = event.on_date
        state = TRANSITIONS[state][event.action]
        due = limit_after(due, event)
        extensions += event.action == Action.EXTEND
    _lengthen(runs, _Run(state, due, extensions, starts_on, FOREVER))
    return runs


def _lengthen(runs: list[_Run], run: _Run) -> None:
    """Add `run`, or lengthen the last one if nothing but the days differs."""
    if runs and runs[-1][:3] == run[:3]:
        runs[-1] = runs[-1]._replace(ends_on=run.ends_on)
    else:
        runs.append(run)


def _went_over(life: Iterable[_Run], due: date) -> bool:
    """Whether a finding with this life was overdue on the day after `due`."""
    day = due + ONE_DAY
    return any(
        run.state == State.RECTIFYING and run.due == due and run.starts_on <= day < run.ends_on
        for run in life
    )


def wait_of_report(unit_kind: str, kind: str, due_on: date, submitted_on: date | None) -> Wait:
    """The wait for a report of a unit until it came in, which is never without `submitted_on`."""
    ends_on = submitted_on or FOREVER
    late = ends_on > due_on + ONE_DAY
    return Wait((kind, unit_kind), OWED, EARLIEST, ends_on, due_on, late)
