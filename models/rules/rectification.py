"""Findings: public status, rates, money, overdue bands, and the letters that escalate them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from models.days import FOREVER, Span, later
from models.kinds import EARLIEST
from models.rectification import Action, Escalation, Finding, RectificationEvent, State
from models.rules.fact import Fact, Origin, origin, path
from models.rules.history import Stretch, runs
from models.rules.holding import facts_of_closures
from models.text import Label


class OverdueBand(NamedTuple):
    """Findings overdue by at least `first` and less than `after` days."""

    id: str
    label: Label
    first: int
    after: int | None


OVERDUE_BANDS = (
    OverdueBand("1-30", Label("1–30天", "1–30 days"), 1, 31),
    OverdueBand("31-90", Label("31–90天", "31–90 days"), 31, 91),
    OverdueBand("91-180", Label("91–180天", "91–180 days"), 91, 181),
    OverdueBand("181+", Label("180天以上", "more than 180 days"), 181, None),
)
UNRECTIFIED = "unrectified"
"""The measure of overdue findings; the value of its facts is the day number of the due date."""
OPEN = ("in_progress", UNRECTIFIED)
"""The measures of findings that are still to be rectified."""
DUE_SOON_DAYS = 15
OPEN_STATES = (State.RECTIFYING, State.REVIEWING, State.SUSPENDED)


def day_number(day: date) -> int:
    """The number of a day, counted from the earliest storable date; differences are days."""
    return (day - EARLIEST).days


def day_from_number(number: int) -> date:
    """The inverse of `day_number`."""
    return EARLIEST + timedelta(number)


def overdue_beyond(unrectified: Fact, days: int) -> Span:
    """The days on which the finding of an `unrectified` fact is overdue by more than `days`."""
    due = day_from_number(unrectified.value)
    return unrectified.span.and_(Span(later(due, days + 1)))


def facts_of_finding(
    finding: Finding,
    source: str,
    life: Sequence[Stretch],
    events: Sequence[RectificationEvent],
    escalations: Iterable[Escalation],
    repeats: Iterable[date] = (),
) -> Iterator[Fact]:
    """Every fact about a finding, its events and its escalations.

    `life` are its stretches; `repeats` the days on which findings that repeat it were issued.
    """
    at = origin(finding.unit, finding, Finding)
    bucket = path(finding.rect_type, f"source={source}", f"severity={finding.severity}")
    alive = _alive(life)
    for run in runs(life):
        yield from _status(at, run, bucket)
        yield from _rates(at, run, finding)
    yield from _whole_life(at, finding, alive, events)
    yield from _money(at, finding, life, alive, bucket)
    yield from _movements(at, life)
    yield from facts_of_closures(finding, events, repeats, bucket)
    for event in events:
        event_at = origin(finding.unit, event, RectificationEvent)
        since = Span(event.on_date).and_(alive)
        if event.rules_built:
            yield from event_at.fact("rules_built", since, event.rules_built)
        if event.persons_handled:
            yield from event_at.fact("persons_handled", since, event.persons_handled)
    for escalation in escalations:
        yield from _escalation(escalation, finding, life)


def _alive(life: Sequence[Stretch]) -> Span:
    """The days on which the finding must be rectified (应整改): issued and not voided."""
    last = life[-1]
    ends_on = last.span.starts_on if last.standing.state == State.VOIDED else FOREVER
    return Span(life[0].span.starts_on, ends_on)


def _status(at: Origin, run: Stretch, bucket: str) -> Iterator[Fact]:
    span, standing = run.span, run.standing
    due, state = standing.due, standing.state
    if state == State.VOIDED:
        return
    if state == State.CLOSED:
        yield from at.fact("rectified", span, 1, bucket)
        return
    overdue_from = later(due, 1)
    if state != State.RECTIFYING:
        yield from at.fact("in_progress", span, 1, bucket)
        yield from at.fact("under_review" if state == State.REVIEWING else "suspended", span)
        return
    yield from at.fact("in_progress", span.and_(Span(EARLIEST, overdue_from)), 1, bucket)
    for band in OVERDUE_BANDS:
        until = later(due, band.after) if band.after else FOREVER
        in_band = span.and_(Span(later(due, band.first), until))
        yield from at.fact(UNRECTIFIED, in_band, day_number(due), path(bucket, band.id))
    yield from at.fact("due_soon", span.and_(Span(later(due, -DUE_SOON_DAYS), overdue_from)))


def _rates(at: Origin, run: Stretch, finding: Finding) -> Iterator[Fact]:
    span, standing = run.span, run.standing
    if standing.state == State.VOIDED:
        return
    when_due = span.and_(Span(standing.due))
    when_first_due = span.and_(Span(finding.due_on))
    if standing.state == State.RECTIFYING:
        yield from at.fact("overdue_original", span.and_(Span(later(finding.due_on, 1))))
    yield from at.fact("due_original", when_first_due)
    if standing.state != State.CLOSED:
        yield from at.fact("due_open", when_due)
        return
    yield from at.fact("due_closed", when_due)
    submitted, done_due = standing.submitted, standing.done_due
    assert submitted is not None and done_due is not None, "a closed finding has both"
    yield from at.fact("rect_days", span, (submitted - finding.issued_on).days)
    if submitted <= done_due:
        yield from at.fact("on_time", when_due)
    if submitted <= finding.due_on:
        yield from at.fact("on_time_original", when_first_due)


def _whole_life(
    at: Origin, finding: Finding, alive: Span, events: Iterable[RectificationEvent]
) -> Iterator[Fact]:
    if finding.repeat_of:
        yield from at.fact("repeated", alive)
    for measure, action in (
        ("reopened", Action.REOPEN),
        ("transferred", Action.TRANSFER),
    ):
        days = [event.on_date for event in events if event.action == action]
        if days:
            yield from at.fact(measure, alive.and_(Span(min(days))))


def _money(
    at: Origin, finding: Finding, life: Sequence[Stretch], alive: Span, bucket: str
) -> Iterator[Fact]:
    if not finding.amount:
        return
    yield from at.fact("amount_required", alive, finding.amount, bucket)
    amount = finding.amount
    for rectified, group in groupby(life, key=lambda each: min(each.standing.rectified, amount)):
        parts = list(group)
        span = Span(parts[0].span.starts_on, parts[-1].span.ends_on).and_(alive)
        if rectified:
            yield from at.fact("amount_rectified", span, rectified)


def _movements(at: Origin, life: Sequence[Stretch]) -> Iterator[Fact]:
    """The facts counted in the flow of findings; each is alive from its day on, without end."""
    yield from at.fact("flow_issued", Span(life[0].span.starts_on))
    before: str = State.RECTIFYING
    for stretch in life:
        state, since = stretch.standing.state, Span(stretch.span.starts_on)
        if state == State.CLOSED and before != State.CLOSED:
            yield from at.fact("flow_closed", since)
        if state != State.CLOSED and before == State.CLOSED:
            yield from at.fact("flow_reopened", since)
        if state == State.VOIDED:
            yield from at.fact("flow_voided", since)
        before = state


def _escalation(
    escalation: Escalation, finding: Finding, life: Sequence[Stretch]
) -> Iterator[Fact]:
    at = origin(finding.unit, escalation, Escalation)
    unanswered = Span(escalation.issued_on, escalation.replied_on or FOREVER)
    for pressed, group in groupby(life, key=lambda each: each.standing.state in OPEN_STATES):
        parts = list(group)
        if pressed:
            span = Span(parts[0].span.starts_on, parts[-1].span.ends_on)
            yield from at.fact("escalation_open", span.and_(unanswered), 1, escalation.step)
