"""Every ledger row of one unit as it was known on a day, for the page of the unit."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from data.facts.unit_rows import rows_of
from data.figures.lines import PERSONAL, masked
from data.scope import Scope
from models.ledger import Day, Ledger
from models.registry import BY_ID
from models.rules.unit import UnitRows

AHEAD = timedelta(60)
"""How far ahead what is owed is shown."""
Rows = tuple[Mapping[str, Any], ...]


def of_unit(connection: Connection, scope: Scope, *, names_in_full: bool) -> Mapping[str, Rows]:
    """By ledger, the rows of the unit of `scope`, the latest first, by column id.

    What happened after the day of the scope is not there yet, and what is owed later than AHEAD
    after it is left out.
    """
    if not scope.node.is_unit:
        raise ValueError(f"{scope.node} is no unit")
    found = list(rows_of(connection, [scope.node.code]))
    if not found:
        return {}
    return {
        ledger: tuple(
            _masked(ledger, row, names_in_full)
            for row in sorted(_known(BY_ID[ledger], rows, scope.as_of), key=_first_day)[::-1]
        )
        for ledger, rows in _by_ledger(found[0])
    }


def _by_ledger(unit: UnitRows) -> Iterator[tuple[str, Iterable[Any]]]:
    yield "grid_elements", unit.elements
    yield "appointments", unit.appointments
    yield "institutions", unit.institutions
    yield "duties", unit.duties
    yield "reports", unit.reports
    yield "report_scores", chain.from_iterable(unit.scores.values())
    yield "projects", unit.projects
    yield "content_checks", unit.checks
    yield "findings", (finding for finding, _source in unit.findings)
    yield "rectification_events", chain.from_iterable(unit.events.values())
    yield "escalations", chain.from_iterable(unit.escalations.values())
    yield "cross_reviews", unit.reviews
    yield "guidance", unit.guidance
    yield "ratings", unit.ratings
    yield "assessments", unit.assessments
    yield "fund_projects", unit.funds
    yield "fund_flows", chain.from_iterable(unit.flows.values())
    yield "disposals", unit.disposals
    yield "warnings", unit.signals


def _known(ledger: type[Ledger], rows: Iterable[Any], day: date) -> Iterator[dict[str, Any]]:
    """The rows that were there on `day`, without what happened to them later."""
    days = [column for column in ledger.columns if isinstance(column.kind, Day)]
    happened = [column for column in days if getattr(column.kind, "happened", False)]
    # A row that tells of something that happened is there from that day on; else from when due.
    first = next((column for column in happened if column.required), None)
    for row in rows:
        values = {column.id: getattr(row, column.id) for column in ledger.columns}
        there = values[first.id] if first else values[days[0].id] - AHEAD if days else day
        if there <= day:
            later = [
                column.id
                for column in happened
                if values[column.id] is not None and values[column.id] > day
            ]
            yield values | dict.fromkeys(later)


def _first_day(values: Mapping[str, Any]) -> date:
    return next((value for value in values.values() if isinstance(value, date)), date.min)


def _masked(ledger: str, values: Mapping[str, Any], names_in_full: bool) -> Mapping[str, Any]:
    if names_in_full:
        return values
    return {
        name: masked(value) if (ledger, name) in PERSONAL else value
        for name, value in values.items()
    }
