"""The state after an import: the rows of a workbook laid over the stored ones.

All checks between rows read through this module; it writes nothing.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from data.intake.checks.arriving import Arriving, Placed, laid_out, sound
from data.ledgers.rows import PROVENANCE, Key, Values, fetch_by, ids, is_empty, key_ids, picker
from data.workbook.rows import Content, Fault, SheetRows
from models.registry import BY_ID


class Prospect:
    """The arriving and the stored rows as one set."""

    def __init__(self, connection: Connection, content: Content) -> None:
        self.connection = connection
        self._empty: dict[str, bool] = {}
        self.arriving: dict[str, Arriving] = {}
        for sheet in content.sheets:
            # A second sheet of a ledger is a fault of its own; only the first one is used.
            if sheet.ledger.id() not in self.arriving:
                self.arriving[sheet.ledger.id()] = self._arrive(sheet)

    def lookup(self, ledger: str, keys: Iterable[Key], columns: tuple[str, ...]) -> dict[Key, Any]:
        """The `columns` of rows after the import, by key: one as a bare value, several as a
        tuple."""
        wanted = {key for key in keys if sound(key)}
        values_by_key: dict[Key, Any] = {}
        if arriving := self.arriving.get(ledger):
            pick = arriving.pick(*columns)
            for key in wanted & arriving.rows.keys():
                values_by_key[key] = pick(arriving.rows[key][1])
        values_by_key.update(self._kept(ledger, wanted - values_by_key.keys(), columns))
        return values_by_key

    def existing(self, ledger: str, keys: Iterable[Key]) -> set[Key]:
        """The subset of `keys` that `ledger` will have."""
        wanted = {key for key in keys if sound(key)}
        arriving = self.arriving.get(ledger)
        here = wanted & arriving.rows.keys() if arriving else set()
        return here | self._kept(ledger, wanted - here, key_ids(BY_ID[ledger])).keys()

    def kept_by(
        self, ledger: str, by: str, values: Collection[Any], columns: tuple[str, ...]
    ) -> Iterator[tuple[Key, Any]]:
        """The key and `columns` of stored rows that the workbook does not mention, filtered by
        `by`."""
        if not values or self._is_empty(ledger):
            return
        keys = key_ids(BY_ID[ledger])
        order = (*keys, *columns)
        key, pick = picker(order, keys), picker(order, columns)
        arriving = self.arriving.get(ledger)
        for row in fetch_by(self.connection, BY_ID[ledger], order, by, values):
            if arriving is None or not arriving.speaks_of(key(row)):
                yield key(row), pick(row)

    def all_by(
        self, ledger: str, by: str, values: Collection[Any], columns: tuple[str, ...]
    ) -> Iterator[Any]:
        """The `columns` of every row after the import, filtered by `by`."""
        if values and (arriving := self.arriving.get(ledger)):
            held, pick = arriving.pick(by), arriving.pick(*columns)
            for _, row in arriving.rows.values():
                if held(row) in values:
                    yield pick(row)
        for _, kept in self.kept_by(ledger, by, values, columns):
            yield kept

    def spoil(self, faults: Iterable[Fault]) -> None:
        """Mark the cells of `faults` as faulty, so that later checks skip them."""
        cells: dict[str, dict[int, set[str]]] = {}
        for fault in faults:
            rows = cells.setdefault(fault.sheet or "", {})
            rows.setdefault(fault.row or 0, set()).add(fault.column or "")
        for arriving in self.arriving.values():
            names = {header: name for name, header in arriving.sheet.headers.items()}
            rows = cells.get(arriving.sheet.name, {})
            if rows:
                arriving.spoil(
                    {
                        row: {names.get(each, "") for each in headers}
                        for row, headers in rows.items()
                    }
                )

    def changes_in(self, ledger: str, *columns: str) -> dict[Key, Placed]:
        """The stored rows of `ledger`, by key, that this workbook changes in one of `columns`."""
        arriving = self.arriving.get(ledger)
        if arriving is None:
            return {}
        pick = arriving.pick(*columns)
        return {
            key: placed for key, kept, placed in arriving.changed() if pick(kept) != pick(placed[1])
        }

    def _is_empty(self, ledger: str) -> bool:
        if ledger not in self._empty:
            self._empty[ledger] = is_empty(self.connection, BY_ID[ledger])
        return self._empty[ledger]

    def _kept(self, ledger: str, keys: set[Key], columns: tuple[str, ...]) -> dict[Key, Any]:
        if not keys or self._is_empty(ledger):
            return {}
        names = key_ids(BY_ID[ledger])
        order = (*names, *columns)
        key, pick = picker(order, names), picker(order, columns)
        firsts = keys if len(names) == 1 else {part[0] for part in keys}
        return {
            key(row): pick(row)
            for row in fetch_by(self.connection, BY_ID[ledger], order, names[0], firsts)
            if key(row) in keys
        }

    def _arrive(self, sheet: SheetRows) -> Arriving:
        arriving = Arriving(sheet)
        key_of = arriving.key()
        for placed in laid_out(sheet):
            key = key_of(placed[1])
            if not sound(key):
                arriving.unkeyed.append(placed)
            elif key in arriving.rows:
                arriving.repeated.append((placed, arriving.rows[key][0]))
            else:
                arriving.rows[key] = placed
        self._compare(arriving)
        return arriving

    def _compare(self, arriving: Arriving) -> None:
        """Sort the arriving rows that are already stored into equal and changed ones."""
        if not arriving.rows or self._is_empty(arriving.ledger.id()):
            return
        order, names = ids(arriving.ledger), key_ids(arriving.ledger)
        absent = [at for at, name in enumerate(order) if name not in arriving.sheet.present]
        key_of, width = arriving.key(), len(order)
        firsts = _first_parts(arriving.rows, len(names))
        columns = (*order, *PROVENANCE)
        for kept in fetch_by(self.connection, arriving.ledger, columns, names[0], firsts):
            key = key_of(kept)
            if key not in arriving.rows:
                continue
            row, values = arriving.rows[key]
            if absent:
                values = _filled(values, kept, absent)
                arriving.rows[key] = (row, values)
            if values == kept[:width]:
                arriving.equal.add(key)
            else:
                arriving.before[key] = kept


def _first_parts(keys: Collection[Key], width: int) -> Collection[Any]:
    return keys if width == 1 else {key[0] for key in keys}


def _filled(values: Values, kept: Values, absent: list[int]) -> Values:
    """`values` with stored values for the columns that the sheet does not have."""
    together = list(values)
    for at in absent:
        together[at] = kept[at]
    return tuple(together)
