"""How long findings and reports took until their time limits: by date, or as known on a past day.

A wait is the time from an issue, or from a new limit, to that limit or to what ended it. The waits
of all rows as they are stored now are computed once; those as of a past day follow from them. Only
what had been entered differently on a day is computed for that day.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Protocol
from zlib import crc32

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select
from sqlmodel import col

from data.ledgers.rows import key_ids
from data.outlook.known_then import RowVersion, in_force, row_versions, version_columns
from data.store import bulk
from models.days import FOREVER
from models.grid import Unit
from models.ledger import key_texts
from models.rectification import Finding, RectificationEvent
from models.report import Report
from models.rules.history import in_order
from models.rules.limits import CHANGING, Wait, wait_of_report, waits_of_finding
from models.rules.outlook import Days, Waits, as_columns

MOST = 10_000
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


class _CollectedWaits:
    """The waits of findings, collected one finding after the other.

    `units` are the numbers of units, to which those without one are added.
    """

    def __init__(self, units: dict[str, int]) -> None:
        self._numbers = units
        self._waits: list[Wait] = []
        self._items: list[int] = []
        self._units: list[int] = []

    def add(self, item: int, unit: str, waits: Sequence[Wait]) -> None:
        """Add the `waits` of the finding with the number `item`."""
        self._waits += waits
        self._items += [item] * len(waits)
        self._units += [self._numbers.setdefault(unit, len(self._numbers))] * len(waits)

    def known(self) -> Known:
        """What was collected, as columns."""
        return Known(as_columns(self._waits), _numbers(self._items), _numbers(self._units))


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
        findings = version_columns(connection, Finding, OF_FINDING, "code", codes)
        events = version_columns(
            connection, RectificationEvent, OF_EVENT, "finding", codes, CHANGING
        )
        self._findings = _by_first_of_key(row_versions(Finding, findings))
        self._events = _by_first_of_key(row_versions(RectificationEvent, events))
        self.known_since = _first_entered(self._findings.values())
        self.items: Sequence[str] = list(self._findings)
        self.units: dict[str, int] = {}
        self._computed_waits: dict[str, tuple[list[int], list[Wait]]] = {}

    def waits(self, day: date, *, as_known_then: bool) -> Known:
        present = self._present
        at = day.toordinal()
        chosen = (present.waits.starts <= at) & (self._issued[present.items] <= at)
        if not as_known_then:
            return present.where(chosen).as_of(day)
        differently = self._known_differently(day)
        chosen &= ~np.isin(present.items, differently)
        collected = _CollectedWaits(self.units)
        for place in differently.tolist():
            code = self.items[place]
            for version in in_force(self._findings[code], day):
                if version.row.issued_on <= day:
                    collected.add(place, version.row.unit, self._waits_known(code, version, day))
        return _in_order_of_item(present.where(chosen), collected.known()).as_of(day)

    @cached_property
    def _present(self) -> Known:
        """The waits of the findings as they are stored now."""
        collected = _CollectedWaits(self.units)
        for at, (code, held) in enumerate(self._findings.items()):
            for version in in_force(held, None):
                events = [each.row for each in in_force(self._events.get(code, ()), None)]
                collected.add(at, version.row.unit, self._waits_of(version, events))
        return collected.known()

    @cached_property
    def _issued(self) -> Days:
        """By place, the day on which the finding as it is stored now was issued."""
        return np.array(
            [held[0].row.issued_on.toordinal() for held in self._findings.values()], dtype=np.int64
        )

    @cached_property
    def _entries(self) -> npt.NDArray[np.int64]:
        """Of every version of a finding or event: the place of the finding, the day of the event, 0
        for a finding, and the days from which and until which the version was stored."""
        place = {code: at for at, code in enumerate(self.items)}
        of_findings = (
            (place[code], 0, version.entered_on.toordinal(), version.replaced_on.toordinal())
            for code, held in self._findings.items()
            for version in held
        )
        of_events = (
            (
                place[code],
                version.row.on_date.toordinal(),
                version.entered_on.toordinal(),
                version.replaced_on.toordinal(),
            )
            for code, held in self._events.items()
            if code in place
            for version in held
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

    def _waits_known(self, code: str, version: RowVersion, day: date) -> list[Wait]:
        events = [
            event.row
            for event in in_force(self._events.get(code, ()), day)
            if event.row.on_date <= day
        ]
        # Often the same rows were known in the month before; their waits are computed once.
        rows = [id(version.row), *map(id, events)]
        if code not in self._computed_waits or self._computed_waits[code][0] != rows:
            self._computed_waits[code] = (rows, self._waits_of(version, events))
        return self._computed_waits[code][1]

    def _waits_of(self, version: RowVersion, events: Iterable[RectificationEvent]) -> list[Wait]:
        kind = self._kinds.get(version.row.unit, "")
        return list(waits_of_finding(version.row, kind, in_order(events)))


class ReportHistories:
    """The reports that units of the district owe."""

    def __init__(self, connection: Connection) -> None:
        kinds = _kinds(connection)
        found = version_columns(connection, Report, OF_REPORT, "unit", None)
        keys = key_texts(found.values[each] for each in key_ids(Report))
        # Groups are numbered as they come, and sums of fractions depend on their order.
        order = sorted(range(len(keys)), key=keys.__getitem__)
        numbers: dict[str, int] = {}
        places = [numbers.setdefault(keys[at], len(numbers)) for at in order]
        self.items: Sequence[str] = list(numbers)
        self.units: dict[str, int] = {}
        of_unit = found.values["unit"]
        units = [self.units.setdefault(of_unit[at], len(self.units)) for at in order]
        waits = _waits_of_reports(found.values, kinds).where(_numbers(order))
        self._all = Known(waits, _numbers(places), _numbers(units))
        self._imports = _numbers(found.numbers)[order]
        self._entered = _ordinals(found.entered_on)[order]
        self._replaced = _ordinals(found.replaced_on)[order]
        self.known_since = min(found.entered_on, default=None)

    def waits(self, day: date, *, as_known_then: bool) -> Known:
        if as_known_then:
            chosen = self._known_on(day)
        else:
            chosen = np.flatnonzero(self._replaced == FOREVER.toordinal())
        return self._all.where(chosen).as_of(day)

    def _known_on(self, day: date) -> Days:
        """The places of the versions known on `day`; of several versions of a report the latest."""
        at = day.toordinal()
        held = np.flatnonzero((self._entered <= at) & (at < self._replaced))
        items = self._all.items[held]
        by_import = held[np.lexsort((self._imports[held], items))]
        is_last = np.append(items[1:] != items[:-1], True)[: len(held)]
        latest: Days = by_import[is_last]
        return latest


def _waits_of_reports(values: Mapping[str, Sequence[Any]], kinds: Mapping[str, str]) -> Waits:
    """The waits for reports given by column; that of equal ones is made once."""
    numbers: dict[tuple[Any, ...], int] = {}
    unit_kinds = (kinds.get(unit, "") for unit in values["unit"])
    columns = zip(unit_kinds, values["kind"], values["due_on"], values["submitted_on"], strict=True)
    places = [numbers.setdefault(alike, len(numbers)) for alike in columns]
    return as_columns(wait_of_report(*alike) for alike in numbers).where(_numbers(places))


def _numbers(values: Iterable[int]) -> Days:
    return np.fromiter(values, dtype=np.int64)


def _ordinals(days: Iterable[date]) -> Days:
    return _numbers(day.toordinal() for day in days)


def _kinds(connection: Connection) -> dict[str, str]:
    units = connection.execute(select(col(Unit.code), col(Unit.kind)))
    return {code: kind for code, kind in units}


def _sample(connection: Connection) -> Collection[str] | None:
    """The codes of the sampled findings; None if all are used."""
    [codes] = bulk.fetch_columns(connection, select(col(Finding.code)))
    if len(codes) <= MOST:
        return None
    # Numbers are put in order in a fraction of the time that pairs of number and code take.
    numbers = np.array([crc32(code.encode()) for code in codes], dtype=np.int64)
    last = np.partition(numbers, MOST - 1)[MOST - 1]
    sample = {codes[place] for place in np.flatnonzero(numbers < last).tolist()}
    tied = sorted(codes[place] for place in np.flatnonzero(numbers == last).tolist())
    return sample.union(tied[: MOST - len(sample)])


def _by_first_of_key(held: Iterable[RowVersion]) -> dict[str, list[RowVersion]]:
    """The versions grouped by the first part of their key, sorted by it."""
    found: defaultdict[str, list[RowVersion]] = defaultdict(list)
    for version in held:
        found[version.key[0]].append(version)
    return dict(sorted(found.items()))


def _first_entered(groups: Iterable[Iterable[RowVersion]]) -> date | None:
    return min((version.entered_on for group in groups for version in group), default=None)
