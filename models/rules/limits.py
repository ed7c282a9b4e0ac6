"""Time limits as cases from which chances are learnt: how long something waited for its limit, and
whether it passed it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from models.days import FOREVER, ONE_DAY
from models.ledger import EARLIEST
from models.rectification import Action, Finding, RectificationEvent, State
from models.report import Report
from models.rules.history import Stretch, stretches

OWED = "OWED"
"""The state of a report that is not in yet; findings wait in one of `State`."""
WAITING = (State.RECTIFYING, State.REVIEWING, State.SUSPENDED)
MOST_EXTENSIONS = 2
"""Findings with more extensions count as those with so many."""


class Wait(NamedTuple):
    """Days from `starts_on` until before `ends_on` in which `item` waited in `state` for `due`.

    `group` are the properties by which cases are told apart. `went_over` says how it ended: whether
    the item was overdue on the day after the limit. It means nothing until that day has come.
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
    """The properties by which the limits of findings are told apart."""
    return rect_type, severity, unit_kind, str(min(extensions, MOST_EXTENSIONS))


def waits_of_finding(
    finding: Finding, unit_kind: str, events: Sequence[RectificationEvent]
) -> Iterator[Wait]:
    """Every wait of a finding for one of its limits, as its `events` tell; the last never ends."""
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
    """Whether a finding with this life was overdue on the day after its limit `due`."""
    day = due + ONE_DAY
    return any(
        day in stretch.span
        and stretch.standing.state == State.RECTIFYING
        and stretch.standing.due == due
        for stretch in life
    )


def wait_of_report(report: Report, unit_kind: str, item: str, day: date) -> Wait:
    """The wait for a report, named `item`, until it is in, as far as that has happened by `day`."""
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
