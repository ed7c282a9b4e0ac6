"""Whether closed findings stay closed: neither reopened nor repeated within a year of closure."""

from collections.abc import Iterable, Iterator
from datetime import date

from models.days import YEAR, Span, later
from models.rectification import Action, Finding, RectificationEvent
from models.rules.fact import Fact, origin


def came_back(closed_on: date, days: Iterable[date]) -> bool:
    """Whether one of `days` lies in the 365 days after `closed_on`, which itself does not count."""
    return any(closed_on < day <= later(closed_on, YEAR) for day in days)


def facts_of_closures(
    finding: Finding,
    events: Iterable[RectificationEvent],
    repeats: Iterable[date],
    bucket: str,
) -> Iterator[Fact]:
    """Judge each closure from one to two years after it; `fix_held` counts those that lasted.

    `repeats` are the days on which findings that repeat this one were issued.
    """
    listed = list(events)
    reopened = [event.on_date for event in listed if event.action == Action.REOPEN]
    against = [*reopened, *repeats]
    for event in listed:
        if event.action != Action.CLOSE:
            continue
        at = origin(finding.unit, event, RectificationEvent)
        judged = Span(later(event.on_date, YEAR), later(event.on_date, 2 * YEAR))
        yield from at.fact("fix_judged", judged, 1, bucket)
        if not came_back(event.on_date, against):
            yield from at.fact("fix_held", judged, 1, bucket)
