"""Time limits as cases to learn from: how long something waited, and whether it missed the
limit."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from models.days import FOREVER, ONE_DAY
from models.kinds import EARLIEST
from models.rectification import Action, Finding, RectificationEvent, State
from models.report import Report
from models.rules.history import Stretch, stretches

OWED = "OWED"
"""The state of a report that has not come in; findings have one of `State`."""
WAITING = (State.RECTIFYING, State.REVIEWING, State.SUSPENDED)
MOST_EXTENSIONS = 2
"""Findings with more extensions are grouped with those that have this many."""


class Wait(NamedTuple):
    """The days, from `starts_on` to before `ends_on`, in which `item` waited in `state` for `due`.

    `group` are the properties by which cases are compared. `went_over` says whether the item was
    overdue on the day after `due`; it has no meaning before that day.
    """

    item: str
    unit: str
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


def waits_of_finding(
    finding: Finding, unit_kind: str, events: Sequence[RectificationEvent]
) -> Iterator[Wait]:
    """Every wait of a finding for one of its limits, according to `events`; the last never ends."""
    life = stretches(finding, events)
    extended_on = [each.on_date for each in events if each.action == Action.EXTEND]

    def same(stretch: Stretch) -> tuple[str, date, int]:
        starts_on, standing = stretch.span.starts_on, stretch.standing
        extensions = sum(day <= starts_on for day in extended_on)
        return standing.state, standing.due, extensions

    for (state, due, extensions), parts in groupby(life, key=same):
        spans = [part.span for part in parts]
        if state in WAITING and spans[0].starts_on <= due:
            yield Wait(
                finding.code,
                finding.unit,
                group_of_finding(finding.rect_type, finding.severity, unit_kind, extensions),
                state,
                spans[0].starts_on,
                spans[-1].ends_on,
                due,
                went_over(life, due),
            )


def went_over(life: Iterable[Stretch], due: date) -> bool:
    """Whether a finding with this life was overdue on the day after `due`."""
    day = due + ONE_DAY
    return any(
        day in stretch.span
        and stretch.standing.state == State.RECTIFYING
        and stretch.standing.due == due
        for stretch in life
    )


def wait_of_report(report: Report, unit_kind: str, item: str, day: date) -> Wait:
    """The wait for a report, named `item`, until it came in, as known on `day`."""
    submitted_on = report.submitted_on or FOREVER
    if submitted_on > day:
        submitted_on = FOREVER
    return Wait(
        item,
        report.unit,
        (report.kind, unit_kind),
        OWED,
        EARLIEST,
        submitted_on,
        report.due_on,
        submitted_on > report.due_on + ONE_DAY,
    )
