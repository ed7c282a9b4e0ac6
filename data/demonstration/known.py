"""What of a history was known on an earlier day: so that it comes in by several workbooks."""

from collections.abc import Callable, Mapping
from datetime import date

from data.demonstration.book import Sheets
from data.demonstration.calendar import plus
from data.ledgers.rows import Key, Values, ids, key_ids, picker
from models.ledger import Day, Ledger
from models.registry import LEDGERS

AHEAD = 184
"""What is planned is entered so many days before."""
PLANNED: Mapping[str, str] = {
    "duties": "due_on",
    "reports": "due_on",
    "projects": "planned_on",
    "cross_reviews": "due_on",
    "meetings": "on_date",
}
"""By ledger, the day for which something is planned."""
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "grid_elements": ("lapsed_on",),
    "appointments": ("until_on",),
    "institutions": ("until_on",),
}
"""Days of endings, which may lie ahead but are not known before."""
WITH: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("disposals", "done_on"): ("method", "recovered"),
    ("warnings", "verified_on"): ("verdict", "note"),
}
"""What is entered together with a day."""
HANGS_ON: Mapping[str, tuple[str, str]] = {
    "attendance": ("training", "trainings"),
    "decisions": ("meeting", "meetings"),
}
"""Ledgers without a day of their own, and the rows without which theirs are not known."""


def known_on(sheets: Sheets, day: date) -> Sheets:
    """The rows known on `day`, with what had happened by then."""
    known: Sheets = {}
    for ledger in LEDGERS:
        rows = sheets[ledger]
        if hanging := HANGS_ON.get(ledger.id()):
            column, target = hanging
            there = _begun(next(each for each in LEDGERS if each.id() == target), known, day)
            pick = picker(ids(ledger), (column,))
            rows = [row for row in rows if pick(row) in there]
        see = _seer(ledger, day)
        known[ledger] = [seen for row in rows if (seen := see(row)) is not None]
    return known


def news(sheets: Sheets, before: Sheets) -> Sheets:
    """The rows that are not in `before` as they are."""
    return {
        ledger: [row for row in rows if row not in seen]
        for ledger, rows in sheets.items()
        for seen in [set(before.get(ledger, ()))]
    }


def _begun(ledger: type[Ledger], known: Sheets, day: date) -> set[Key]:
    """The keys of the rows whose planned day has come, if one is planned."""
    rows = known[ledger]
    if planned := PLANNED.get(ledger.id()):
        on = picker(ids(ledger), (planned,))
        rows = [row for row in rows if on(row) <= day]
    return set(map(picker(ids(ledger), key_ids(ledger)), rows))


def _seer(ledger: type[Ledger], day: date) -> Callable[[Values], Values | None]:
    """What gives a row as it was known on `day`; None while it was not."""
    order = ids(ledger)
    needed, planned, hidden = [], None, list[tuple[int, tuple[int, ...]]]()
    for at, column in enumerate(ledger.columns):
        if PLANNED.get(ledger.id()) == column.id:
            planned = at
        happened = isinstance(column.kind, Day) and column.kind.happened
        if happened and column.required:
            needed.append(at)
        elif happened or column.id in ENDINGS.get(ledger.id(), ()):
            others = WITH.get((ledger.id(), column.id), ())
            hidden.append((at, (at, *map(order.index, others))))

    def see(row: Values) -> Values | None:
        if planned is not None and row[planned] > plus(day, AHEAD):
            return None
        if any(row[at] > day for at in needed):
            return None
        later = [others for at, others in hidden if row[at] is not None and row[at] > day]
        if not later:
            return row
        empty = {at for others in later for at in others}
        return tuple(None if at in empty else value for at, value in enumerate(row))

    return see
