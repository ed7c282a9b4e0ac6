"""Dormant bodies, idle posts and assets: found, disposed of, late, recovered."""

from collections.abc import Iterator
from datetime import date

from models.days import FOREVER, Span, later
from models.disposal import Disposal, DisposalKind, DisposalState
from models.rules.fact import Fact, origin


def facts_of_disposal(disposal: Disposal) -> Iterator[Fact]:
    """The facts of a disposal: found, done, late, recovered; each counts from its day on."""
    at, since_found = origin(disposal.unit, disposal, Disposal), Span(disposal.found_on)
    yield from at.fact("disposal_found", since_found, 1, disposal.kind)
    late = Span(later(disposal.due_on, 1), disposal.done_on or FOREVER)
    yield from at.fact("disposal_late", late.and_(since_found), 1, disposal.kind)
    if disposal.done_on is None:
        return
    done = Span(disposal.done_on)
    yield from at.fact("disposal_done", done, 1, disposal.kind)
    if disposal.kind == DisposalKind.IDLE_POST:
        yield from at.fact("posts_recovered", done, disposal.quantity)
    if disposal.recovered:
        yield from at.fact("assets_recovered", done, disposal.recovered)


def disposal_state(due_on: date, done_on: date | None, day: date) -> DisposalState:
    """The state on `day` of a disposal found by then; one done after `day` is not done yet."""
    if done_on is not None and done_on <= day:
        return DisposalState.DONE
    return DisposalState.LATE if due_on < day else DisposalState.ONGOING
