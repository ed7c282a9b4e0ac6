"""The flow of findings in a period: open before, issued, reopened, closed, voided, open after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import Connection

from data.facts.balances import Totals
from data.figures.breakdown import totals_by_day
from data.scope import Scope
from models.rules.rectification import OPEN

MOVEMENTS: Mapping[str, str] = {
    "new": "flow_issued",
    "reopened": "flow_reopened",
    "closed": "flow_closed",
    "voided": "flow_voided",
}
"""By movement, the measure whose facts count it; such a fact stays alive from its day on."""
"""The measures of open findings: required and not closed."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Numbers of findings; the movements are those after `since` up to and including `until`.

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
    """The flow in `scope` between each of `days`, which are ascending, and the next."""
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
