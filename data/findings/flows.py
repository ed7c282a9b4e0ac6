"""The flow of findings through a period: open at its start, issued, reopened, closed, voided, open
at its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import Connection

from data.facts.balances import Totals
from data.figures.breakdown import totals_by_day
from data.scope import Scope

MOVEMENTS: Mapping[str, str] = {
    "new": "flow_issued",
    "reopened": "flow_reopened",
    "closed": "flow_closed",
    "voided": "flow_voided",
}
"""The movements and the measures whose facts count them: each from its day on, for ever."""
OPEN = ("in_progress", "unrectified")
"""Open is what is required and not closed."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Numbers of findings; the movements are those after `since` and up to `until`.

    opening + new + reopened − closed − voided = closing.
    """

    since: date
    until: date
    opening: int
    new: int
    reopened: int
    closed: int
    voided: int
    closing: int


def flows(connection: Connection, scope: Scope, days: tuple[date, ...]) -> tuple[Flow, ...]:
    """The flow of `scope` between each of `days` and the next, which are in order."""
    measures = frozenset([*MOVEMENTS.values(), *OPEN])
    totals = totals_by_day(connection, scope, days, measures)
    return tuple(
        Flow(
            since,
            until,
            opening=_open(totals[since]),
            closing=_open(totals[until]),
            **{
                name: _count(totals[until], measure) - _count(totals[since], measure)
                for name, measure in MOVEMENTS.items()
            },
        )
        for since, until in pairwise(sorted(set(days)))
    )


def _open(totals: Totals) -> int:
    return sum(_count(totals, measure) for measure in OPEN)


def _count(totals: Totals, measure: str) -> int:
    return totals.get((measure, ""), (0, 0))[0]
