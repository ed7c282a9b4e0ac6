"""The part of the demonstration known on a day, so that several workbooks can bring it."""

from collections.abc import Callable
from datetime import date

from data.demonstration.book import Sheets
from data.demonstration.calendar import plus
from data.ledgers.belonging import referred_ledger
from data.ledgers.rows import Key, Values, ids, key_ids, picker
from models.declarations import Referred
from models.kinds import Day
from models.ledger import Ledger
from models.registry import BY_ID, LEDGERS

AHEAD = 184
"""Days before its planned day on which a row is entered."""


def known_on(sheets: Sheets, day: date) -> Sheets:
    """The rows known on `day`, with what had happened by then."""
    known: Sheets = {}
    for ledger in LEDGERS:
        rows = sheets[ledger]
        # A row dated by another row is not known before that row.
        if isinstance(ledger.DATED_BY, Referred):
            by = ledger.DATED_BY.by
            there = _begun(BY_ID[str(referred_ledger(ledger.column(by)))], known, day)
            pick = picker(ids(ledger), (by,))
            rows = [row for row in rows if pick(row) in there]
        see = _seer(ledger, day)
        known[ledger] = [seen for row in rows if (seen := see(row)) is not None]
    return known


def news(sheets: Sheets, before: Sheets) -> Sheets:
    """The rows that are new or differ from those in `before`."""
    return {
        ledger: [row for row in rows if row not in seen]
        for ledger, rows in sheets.items()
        for seen in [set(before.get(ledger, ()))]
    }


def _begun(ledger: type[Ledger], known: Sheets, day: date) -> set[Key]:
    """The keys of the rows whose planned day, if any, has come."""
    rows = known[ledger]
    if planned := next((column for column in ledger.columns if column.planned), None):
        on = picker(ids(ledger), (planned.id,))
        rows = [row for row in rows if on(row) <= day]
    return set(map(picker(ids(ledger), key_ids(ledger)), rows))


def _seer(ledger: type[Ledger], day: date) -> Callable[[Values], Values | None]:
    """A function that gives a row as it was known on `day`, or None if it was not known yet."""
    needed, planned, hidden = [], None, list[tuple[int, tuple[int, ...]]]()
    for at, column in enumerate(ledger.columns):
        if column.planned:
            planned = at
        happened = isinstance(column.kind, Day) and column.kind.happened
        if happened and column.required:
            needed.append(at)
        # End dates may be in the future, but are not known before they come.
        elif happened or column.after:
            others = (
                place for place, each in enumerate(ledger.columns) if each.known_with == column.id
            )
            hidden.append((at, (at, *others)))

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
