"""Dormant bodies, idle posts and assets: found, cleared, late, recovered."""

from collections.abc import Iterator

from models.days import FOREVER, Span, later
from models.disposal import Disposal, DisposalKind
from models.rules.fact import Fact, origin


def facts_of_disposal(disposal: Disposal) -> Iterator[Fact]:
    """Everything counts from its day on."""
    at, found = origin(disposal.unit, disposal, Disposal), Span(disposal.found_on)
    yield from at.fact("disposal_found", found, 1, disposal.kind)
    late = Span(later(disposal.due_on, 1), disposal.done_on or FOREVER)
    yield from at.fact("disposal_late", late.and_(found), 1, disposal.kind)
    if disposal.done_on is None:
        return
    done = Span(disposal.done_on)
    yield from at.fact("disposal_done", done, 1, disposal.kind)
    if disposal.kind == DisposalKind.IDLE_POST:
        yield from at.fact("posts_recovered", done, disposal.quantity)
    if disposal.recovered:
        yield from at.fact("assets_recovered", done, disposal.recovered)
