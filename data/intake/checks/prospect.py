"""What will be kept once a workbook is taken in: its rows laid over those that are kept already.

The checks between rows read here, and here alone; nothing is written.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from data.intake.checks.cells import as_written
from data.ledgers.rows import PROVENANCE, Key, Values, fetch_by, ids, is_empty, key_ids, picker
from data.workbook.rows import FAULTY, Content, Fault, SheetRows
from models.ledger import Column, Ledger
from models.registry import BY_ID
from models.text import sentence

Placed = tuple[int, Values]
"""A row as Excel numbers it, and its values in the order of the ledger's columns."""


def sound(key: Any) -> bool:
    """Whether `key` can be looked up: no part of it is empty or has a fault."""
    parts = key if isinstance(key, tuple) else (key,)
    return all(part is not None and part is not FAULTY for part in parts)


@dataclass(slots=True)
class Arriving:
    """The rows of one sheet as they will be kept, beside what they replace.

    `before` holds the kept rows, with their provenance, that change; `equal` the keys of rows that
    do not. Rows without a readable key are `unkeyed`; those whose key stood further up are
    `repeated`, each with that earlier row's number. `spoiled` are the keys of rows that lost theirs
    to a fault found on the way.
    """

    sheet: SheetRows
    rows: dict[Key, Placed] = field(default_factory=dict)
    before: dict[Key, Values] = field(default_factory=dict)
    equal: set[Key] = field(default_factory=set)
    unkeyed: list[Placed] = field(default_factory=list)
    repeated: list[tuple[Placed, int]] = field(default_factory=list)
    spoiled: set[Key] = field(default_factory=set)

    @property
    def ledger(self) -> type[Ledger]:
        """The ledger of the sheet."""
        return self.sheet.ledger

    def pick(self, *columns: str) -> Callable[[Values], Any]:
        """A function that picks `columns` from a row's values: one as it is, several as a tuple."""
        return picker(ids(self.ledger), columns)

    def key(self) -> Callable[[Values], Key]:
        """A function that picks the key from a row's values."""
        return self.pick(*key_ids(self.ledger))

    def lacks_key(self) -> bool:
        """Whether not all rows of the sheet are known: without a column of its key, or where keys
        could not be read."""
        return self.sheet.keys_unread or any(
            each.default is None and each.id not in self.sheet.present
            for each in self.ledger.key_columns()
        )

    def touched(self) -> Iterator[tuple[Key, Placed]]:
        """The rows that are new or change something, with their keys."""
        if not self.equal:
            return iter(self.rows.items())
        return ((key, placed) for key, placed in self.rows.items() if key not in self.equal)

    def stated(self) -> Iterator[Placed]:
        """Every row that is not equal to a kept one, including those without a usable key."""
        for _, placed in self.touched():
            yield placed
        yield from self.unkeyed
        for placed, _ in self.repeated:
            yield placed

    def new(self) -> Iterator[Placed]:
        """The rows whose keys are not kept yet."""
        return (placed for key, placed in self.touched() if key not in self.before)

    def changed(self) -> Iterator[tuple[Key, Values, Placed]]:
        """The keys of rows that change, what is kept of them, and what replaces it."""
        return ((key, kept, self.rows[key]) for key, kept in self.before.items())

    def differs(self, key: Key, column: str) -> bool:
        """Whether the row with `key` is new or changes what is kept in `column`."""
        if key in self.equal:
            return False
        kept, pick = self.before.get(key), self.pick(column)
        return kept is None or bool(pick(self.rows[key][1]) != pick(kept))

    def speaks_of(self, key: Key) -> bool:
        """Whether the sheet has a row with `key`, be it faulty."""
        return key in self.rows or key in self.spoiled

    def spoil(self, cells: Mapping[int, set[str]]) -> None:
        """Mark cells as faulty: `cells` are column ids by the row's number in the sheet."""
        for key, placed in [each for each in self.rows.items() if each[1][0] in cells]:
            columns = cells[placed[0]]
            self.rows[key] = self._spoilt(placed, columns)
            if columns & set(key_ids(self.ledger)):
                self.unkeyed.append(self.rows.pop(key))
                self.before.pop(key, None)
                self.equal.discard(key)
                self.spoiled.add(key)
        self.unkeyed = [self._spoilt(each, cells.get(each[0], set())) for each in self.unkeyed]

    def _spoilt(self, placed: Placed, columns: set[str]) -> Placed:
        row, values = placed
        order = ids(self.ledger)
        spoilt = (
            FAULTY if name in columns else value for name, value in zip(order, values, strict=True)
        )
        return row, tuple(spoilt)

    def fault(
        self, placed: Placed, columns: str | Iterable[str], message: str, /, **of: object
    ) -> Fault:
        """A fault at the first of `columns` that the sheet has."""
        wanted = [columns] if isinstance(columns, str) else list(columns)
        at = next((each for each in wanted if each in self.sheet.present), wanted[0])
        column = self.column(at)
        row, values = placed
        header = self.sheet.headers.get(at, column.zh)
        value = as_written(column.kind, self.pick(at)(values))
        return Fault(self.sheet.name, row, header, value, sentence(message, **of))

    def column(self, column_id: str) -> Column:
        """The column of the ledger with `column_id`."""
        return next(each for each in self.ledger.columns if each.id == column_id)


class Prospect:
    """Rows that arrive and rows that are kept, as one."""

    def __init__(self, connection: Connection, content: Content) -> None:
        self.connection = connection
        self._empty: dict[str, bool] = {}
        self.arriving: dict[str, Arriving] = {}
        for sheet in content.sheets:
            # A ledger's second sheet is a fault of its own: the first one stands for it.
            if sheet.ledger.id() not in self.arriving:
                self.arriving[sheet.ledger.id()] = self._arrive(sheet)

    def lookup(self, ledger: str, keys: Iterable[Key], columns: tuple[str, ...]) -> dict[Key, Any]:
        """By key, the `columns` of the rows as they will be kept: one bare, several as a tuple."""
        wanted = {key for key in keys if sound(key)}
        values_by_key: dict[Key, Any] = {}
        if arriving := self.arriving.get(ledger):
            pick = arriving.pick(*columns)
            for key in wanted & arriving.rows.keys():
                values_by_key[key] = pick(arriving.rows[key][1])
        values_by_key.update(self._kept(ledger, wanted - values_by_key.keys(), columns))
        return values_by_key

    def existing(self, ledger: str, keys: Iterable[Key]) -> set[Key]:
        """Those of `keys` that a row of `ledger` will have."""
        wanted = {key for key in keys if sound(key)}
        arriving = self.arriving.get(ledger)
        here = wanted & arriving.rows.keys() if arriving else set()
        return here | self._kept(ledger, wanted - here, key_ids(BY_ID[ledger])).keys()

    def kept_by(
        self, ledger: str, by: str, values: Collection[Any], columns: tuple[str, ...]
    ) -> Iterator[tuple[Key, Any]]:
        """Key and `columns` of kept rows of which this workbook says nothing, where `by` fits."""
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
        """The `columns` of every row as it will be kept, where `by` fits."""
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
        """The kept rows of `ledger` that this workbook changes in one of `columns`, by key."""
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
        for placed in _laid_out(sheet):
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
        """Sort the rows that are kept already into equal and changed ones."""
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
    """`values` with what is kept in the places of which the sheet says nothing."""
    together = list(values)
    for at in absent:
        together[at] = kept[at]
    return tuple(together)


def _laid_out(sheet: SheetRows) -> Iterator[Placed]:
    """The rows in the order of the ledger's columns, defaults filled in.

    A required column that is absent has its fault already: it counts as one in every row.
    """
    columns = sheet.ledger.columns
    defaults = [(at, each.default) for at, each in enumerate(columns) if each.default is not None]
    if sheet.present == ids(sheet.ledger):
        for row, values in sheet.rows:
            if any(values[at] is None for at, _ in defaults):
                filled = list(values)
                for at, default in defaults:
                    filled[at] = default if filled[at] is None else filled[at]
                values = tuple(filled)
            yield row, values
        return
    absent = {each.id: FAULTY if each.required else None for each in columns}
    for row, given in sheet.named():
        filled = [absent[each.id] if each.id not in given else given[each.id] for each in columns]
        for at, default in defaults:
            filled[at] = default if filled[at] is None else filled[at]
        yield row, tuple(filled)
