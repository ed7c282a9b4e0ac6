"""How long findings and reports took until their time limits: by date, or as known on a past day.

A wait is the time from an issue, or from a new limit, to that limit or to what ended it.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol
from zlib import crc32

from sqlalchemy import Connection, select
from sqlmodel import col

from data.outlook.known_then import Form, forms, in_force
from models.grid import Unit
from models.ledger import key_text
from models.rectification import Finding, RectificationEvent
from models.report import Report
from models.rules.history import in_order
from models.rules.limits import Wait, wait_of_report, waits_of_finding

MOST = 20_000
"""With more findings than this, a sample is used, which is always the same."""


class Histories(Protocol):
    """A source of waits; `known_since` is the day of the first entry, None without entries."""

    known_since: date | None

    def waits(self, day: date, *, as_known_then: bool) -> list[Wait]:
        """Every wait begun by `day`, described by what had happened by then.

        With `as_known_then`, only by what had also been entered by then.
        """


class FindingHistories:
    """The findings of the district with their events; a sample if there are more than `MOST`."""

    def __init__(self, connection: Connection) -> None:
        self._kinds = _kinds(connection)
        codes = _sample(connection)
        self._findings = _by_first_of_key(forms(connection, Finding, "code", codes))
        self._events = _by_first_of_key(forms(connection, RectificationEvent, "finding", codes))
        self.known_since = _first_entered(self._findings.values())
        self._told: dict[str, tuple[list[int], list[Wait]]] = {}

    def waits(self, day: date, *, as_known_then: bool) -> list[Wait]:
        entered_by = day if as_known_then else None
        return [
            wait
            for code, held in self._findings.items()
            for form in in_force(held, entered_by)
            if form.row.issued_on <= day
            for wait in self._waits_of(code, form, day, entered_by)
        ]

    def _waits_of(self, code: str, form: Form, day: date, entered_by: date | None) -> list[Wait]:
        events = [
            event.row
            for event in in_force(self._events.get(code, ()), entered_by)
            if event.row.on_date <= day
        ]
        # Most findings have the same rows as in the month before; their waits are computed once.
        rows = [id(form.row), *map(id, events)]
        if code not in self._told or self._told[code][0] != rows:
            kind = self._kinds.get(form.row.unit, "")
            told = list(waits_of_finding(form.row, kind, in_order(events)))
            self._told[code] = (rows, told)
        return self._told[code][1]


class ReportHistories:
    """The reports that units of the district owe."""

    def __init__(self, connection: Connection) -> None:
        self._kinds = _kinds(connection)
        # Groups are numbered as they come, and sums of fractions depend on their order.
        self._reports = sorted(
            forms(connection, Report, "unit", None), key=lambda form: key_text(form.key)
        )
        self.known_since = _first_entered([self._reports])

    def waits(self, day: date, *, as_known_then: bool) -> list[Wait]:
        return [
            wait_of_report(form.row, self._kinds.get(form.row.unit, ""), key_text(form.key), day)
            for form in in_force(self._reports, day if as_known_then else None)
        ]


def _kinds(connection: Connection) -> dict[str, str]:
    units = connection.execute(select(col(Unit.code), col(Unit.kind)))
    return {code: kind for code, kind in units}


def _sample(connection: Connection) -> Collection[str] | None:
    """The codes of the sampled findings; None if all are used."""
    codes = connection.scalars(select(col(Finding.code))).all()
    if len(codes) <= MOST:
        return None
    return set(sorted(codes, key=lambda code: (crc32(code.encode()), code))[:MOST])


def _by_first_of_key(held: Iterable[Form]) -> dict[str, list[Form]]:
    """The forms grouped by the first part of their key, sorted by it."""
    found: dict[str, list[Form]] = {}
    for form in held:
        found.setdefault(form.key[0], []).append(form)
    return dict(sorted(found.items()))


def _first_entered(groups: Iterable[Iterable[Form]]) -> date | None:
    return min((form.entered_on for group in groups for form in group), default=None)
