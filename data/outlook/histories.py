"""How long findings and reports took until their time limits: by date, or as known on a past day.

A wait is the time from an issue, or from a new limit, to that limit or to what ended it. The waits
of all rows as they are stored now are computed once; those as of a past day follow from them. Only
what had been entered differently on a day is computed for that day.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Protocol
from zlib import crc32

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select
from sqlmodel import col

from data.outlook.known_then import Form, forms, in_force
from data.store import bulk
from models.days import FOREVER
from models.grid import Unit
from models.ledger import key_text
from models.rectification import Finding, RectificationEvent
from models.report import Report
from models.rules.history import in_order
from models.rules.limits import CHANGING, Wait, wait_of_report, waits_of_finding
from models.rules.outlook import Days, Waits, as_columns

MOST = 20_000
"""With more findings than this, a sample is used, which is always the same."""
OF_FINDING = ("code", "unit", "rect_type", "severity", "issued_on", "due_on")
OF_EVENT = ("finding", "on_date", "number", "action", "new_due_on")
OF_REPORT = ("unit", "year", "kind", "number", "due_on", "submitted_on")


@dataclass(frozen=True, eq=False, slots=True)
class Known:
    """Waits, and the numbers of what each waited for and of its unit; `Histories` names them."""

    waits: Waits
    items: Days
    units: Days

    def where(self, chosen: npt.NDArray[np.bool_] | Days) -> "Known":
        """Only the waits that are `chosen`, or those at these places in their order."""
        return Known(self.waits.where(chosen), self.items[chosen], self.units[chosen])

    def as_of(self, day: date) -> "Known":
        """The waits where what ended one after `day` is not known yet."""
        waits, still = self.waits, FOREVER.toordinal()
        ends = np.where(waits.ends > day.toordinal(), still, waits.ends)
        return replace(self, waits=replace(waits, ends=ends).numbered_as_they_come())


def _known(waits: Sequence[Wait], items: Sequence[int], units: dict[str, int]) -> Known:
    """`waits` with the number of each one's item; `units` are the numbers of units, to which those
    without one are added."""
    of_units = [units.setdefault(wait.unit, len(units)) for wait in waits]
    columns = (np.array(numbers, dtype=np.int64) for numbers in (items, of_units))
    return Known(as_columns(waits), *columns)


def _in_order_of_item(one: Known, other: Known) -> Known:
    """The waits of both by item; those of an item are in either and stay in their order."""
    items = np.concatenate([one.items, other.items])
    units = np.concatenate([one.units, other.units])
    in_order = np.argsort(items, kind="stable")
    return Known(one.waits.joined(other.waits), items, units).where(in_order)


class Histories(Protocol):
    """A source of waits; `known_since` is the day of the first entry, None without entries.

    `items` are the codes or keys of what is waited for, in order, and `units` the numbers of units.
    """

    known_since: date | None
    items: Sequence[str]
    units: dict[str, int]

    def waits(self, day: date, *, as_known_then: bool) -> Known:
        """Every wait begun by `day`, described by what had happened by then.

        With `as_known_then`, only by what had also been entered by then. Whether a limit after
        `day` was missed has no meaning.
        """


class FindingHistories:
    """The findings of the district with the events that change a state or a time limit; a sample of
    the findings if there are more than `MOST`."""

    def __init__(self, connection: Connection) -> None:
        self._kinds = _kinds(connection)
        codes = _sample(connection)
        self._findings = _by_first_of_key(forms(connection, Finding, OF_FINDING, "code", codes))
        self._events = _by_first_of_key(
            forms(connection, RectificationEvent, OF_EVENT, "finding", codes, CHANGING)
        )
        self.known_since = _first_entered(self._findings.values())
        self.items: Sequence[str] = list(self._findings)
        self.units: dict[str, int] = {}
        self._told: dict[str, tuple[list[int], list[Wait]]] = {}

    def waits(self, day: date, *, as_known_then: bool) -> Known:
        present = self._present
        at = day.toordinal()
        chosen = (present.waits.starts <= at) & (self._issued[present.items] <= at)
        if not as_known_then:
            return present.where(chosen).as_of(day)
        differently = self._known_differently(day)
        chosen &= ~np.isin(present.items, differently)
        told: list[Wait] = []
        places: list[int] = []
        for place in differently.tolist():
            own = self._as_known_then(self.items[place], day)
            told += own
            places += [place] * len(own)
        known_then = _known(told, places, self.units)
        return _in_order_of_item(present.where(chosen), known_then).as_of(day)

    @cached_property
    def _present(self) -> Known:
        """The waits of the findings as they are stored now."""
        told: list[Wait] = []
        places: list[int] = []
        for at, (code, held) in enumerate(self._findings.items()):
            for form in in_force(held, None):
                events = [each.row for each in in_force(self._events.get(code, ()), None)]
                own = self._waits_of(form, events)
                told += own
                places += [at] * len(own)
        return _known(told, places, self.units)

    @cached_property
    def _issued(self) -> Days:
        """By place, the day on which the finding as it is stored now was issued."""
        return np.array(
            [held[0].row.issued_on.toordinal() for held in self._findings.values()], dtype=np.int64
        )

    @cached_property
    def _entries(self) -> npt.NDArray[np.int64]:
        """Of every form of a finding or event: the place of the finding, the day that it tells of,
        and the days from which and until which it was stored."""
        place = {code: at for at, code in enumerate(self.items)}
        of_findings = (
            (place[code], 0, form.entered_on.toordinal(), form.replaced_on.toordinal())
            for code, held in self._findings.items()
            for form in held
        )
        of_events = (
            (
                place[code],
                form.row.on_date.toordinal(),
                form.entered_on.toordinal(),
                form.replaced_on.toordinal(),
            )
            for code, held in self._events.items()
            if code in place
            for form in held
        )
        rows = [*of_findings, *of_events]
        return np.array(rows, dtype=np.int64).reshape(len(rows), 4).T

    def _known_differently(self, day: date) -> Days:
        """The places of findings of which other rows were stored on `day` than are now."""
        place, on_date, entered, replaced = self._entries
        at = day.toordinal()
        present = replaced == FOREVER.toordinal()
        unknown_then = present & (entered > at)
        replaced_since = ~present & (entered <= at) & (at < replaced)
        return np.unique(place[(on_date <= at) & (unknown_then | replaced_since)])

    def _as_known_then(self, code: str, day: date) -> list[Wait]:
        return [
            wait
            for form in in_force(self._findings[code], day)
            if form.row.issued_on <= day
            for wait in self._waits_known(code, form, day)
        ]

    def _waits_known(self, code: str, form: Form, day: date) -> list[Wait]:
        events = [
            event.row
            for event in in_force(self._events.get(code, ()), day)
            if event.row.on_date <= day
        ]
        # Often the same rows were known in the month before; their waits are computed once.
        rows = [id(form.row), *map(id, events)]
        if code not in self._told or self._told[code][0] != rows:
            self._told[code] = (rows, self._waits_of(form, events))
        return self._told[code][1]

    def _waits_of(self, form: Form, events: Iterable[RectificationEvent]) -> list[Wait]:
        kind = self._kinds.get(form.row.unit, "")
        return list(waits_of_finding(form.row, kind, in_order(events)))


class ReportHistories:
    """The reports that units of the district owe."""

    def __init__(self, connection: Connection) -> None:
        kinds = _kinds(connection)
        # Groups are numbered as they come, and sums of fractions depend on their order.
        held = [
            (key_text(form.key), form)
            for form in forms(connection, Report, OF_REPORT, "unit", None)
        ]
        held.sort(key=itemgetter(0))
        self._forms = [form for _, form in held]
        numbers: dict[str, int] = {}
        places = [numbers.setdefault(item, len(numbers)) for item, _ in held]
        self.items: Sequence[str] = list(numbers)
        self.units: dict[str, int] = {}
        told = [
            wait_of_report(form.row, kinds.get(form.row.unit, ""), item, FOREVER)
            for item, form in held
        ]
        self._all = _known(told, places, self.units)
        self._entered = _ordinals(form.entered_on for form in self._forms)
        self._replaced = _ordinals(form.replaced_on for form in self._forms)
        self.known_since = _first_entered([self._forms])

    def waits(self, day: date, *, as_known_then: bool) -> Known:
        if as_known_then:
            chosen = self._known_on(day)
        else:
            chosen = np.flatnonzero(self._replaced == FOREVER.toordinal())
        return self._all.where(chosen).as_of(day)

    def _known_on(self, day: date) -> Days:
        """The places of the forms known on `day`; of several forms of a report the latest."""
        at = day.toordinal()
        held = np.flatnonzero((self._entered <= at) & (at < self._replaced))
        items = self._all.items[held]
        if not (items[1:] == items[:-1]).any():
            return held
        latest = {id(form) for form in in_force((self._forms[each] for each in held), day)}
        return np.array([each for each in held if id(self._forms[each]) in latest], dtype=np.int64)


def _ordinals(days: Iterable[date]) -> Days:
    return np.array([day.toordinal() for day in days], dtype=np.int64)


def _kinds(connection: Connection) -> dict[str, str]:
    units = connection.execute(select(col(Unit.code), col(Unit.kind)))
    return {code: kind for code, kind in units}


def _sample(connection: Connection) -> Collection[str] | None:
    """The codes of the sampled findings; None if all are used."""
    codes = bulk.fetch_all_texts(connection, select(col(Finding.code)))
    if len(codes) <= MOST:
        return None
    # Numbers are put in order in a fraction of the time that pairs of number and code take.
    numbers = np.array([crc32(code.encode()) for code in codes], dtype=np.int64)
    last = np.partition(numbers, MOST - 1)[MOST - 1]
    sample = {codes[place] for place in np.flatnonzero(numbers < last).tolist()}
    tied = sorted(codes[place] for place in np.flatnonzero(numbers == last).tolist())
    return sample.union(tied[: MOST - len(sample)])


def _by_first_of_key(held: Iterable[Form]) -> dict[str, list[Form]]:
    """The forms grouped by the first part of their key, sorted by it."""
    found: dict[str, list[Form]] = {}
    for form in held:
        found.setdefault(form.key[0], []).append(form)
    return dict(sorted(found.items()))


def _first_entered(groups: Iterable[Iterable[Form]]) -> date | None:
    return min((form.entered_on for group in groups for form in group), default=None)
