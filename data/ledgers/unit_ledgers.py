"""Every ledger row of one unit as it was known on a day, for the page of the unit."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from data.ledgers.personal import without_names
from data.ledgers.unit_rows import rows_of
from data.scope import Scope
from models.kinds import Day
from models.ledger import Ledger, key_text
from models.registry import LEDGERS

AHEAD = timedelta(60)
"""Rows due later than this after the day are not shown."""
Rows = tuple[Mapping[str, Any], ...]


def of_unit(connection: Connection, scope: Scope, *, names_in_full: bool) -> Mapping[str, Rows]:
    """By ledger, the rows of the scope's unit as dicts by column id, the latest first.

    Events after the scope's day are left out, and so is what is due later than AHEAD after it.
    """
    if not scope.node.is_unit:
        raise ValueError(f"{scope.node} is no unit")
    rows_of_ledgers = list(rows_of(connection, [scope.node.code]))
    if not rows_of_ledgers:
        return {}
    return {
        ledger.id(): tuple(
            without_names(ledger, row, in_full=names_in_full)
            for row in sorted(
                _known(ledger, rows_of_ledgers[0].of(ledger), scope.as_of),
                key=lambda values: (_first_day(values), _key(ledger, values)),
            )[::-1]
        )
        for ledger in LEDGERS
        if ledger.UNIT_TAB
    }


def _known(ledger: type[Ledger], rows: Iterable[Any], day: date) -> Iterator[dict[str, Any]]:
    """The rows that existed on `day`, without what happened to them later."""
    days = [column for column in ledger.columns if isinstance(column.kind, Day)]
    happened = [column for column in days if getattr(column.kind, "happened", False)]
    # A row about an event exists from its day on, other rows from their due day.
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


def _key(ledger: type[Ledger], values: Mapping[str, Any]) -> str:
    return key_text(values[column.id] for column in ledger.key_columns())


def _first_day(values: Mapping[str, Any]) -> date:
    return next((value for value in values.values() if isinstance(value, date)), date.min)
