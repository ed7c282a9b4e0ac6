"""The rows of one sheet on their way into a ledger, beside the stored rows that they replace."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from data.intake.checks.cells import as_written
from data.ledgers.rows import Key, Values, ids, key_ids, picker
from data.workbook.rows import FAULTY, Fault, SheetRows
from models.ledger import Column, Ledger
from models.text import sentence

Placed = tuple[int, Values]
"""A row as Excel numbers it, and its values in the order of the ledger's columns."""


def sound(key: Any) -> bool:
    """Whether `key` can be looked up, that is, no part of it is empty or faulty."""
    parts = key if isinstance(key, tuple) else (key,)
    return all(part is not None and part is not FAULTY for part in parts)


@dataclass(slots=True)
class Arriving:
    """The rows of one sheet in the form in which they will be stored, beside the rows they replace.

    `before` holds the stored rows that change, with their provenance; `equal` the keys of rows that
    do not change. `unkeyed` rows have no readable key; `repeated` rows have the key of an earlier
    row, whose number is given. `spoiled` are the keys of rows whose key turned out to be faulty.
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
        """Whether some rows of the sheet may be unknown, because a key column is absent or keys
        are unreadable."""
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
        """Every row that is not equal to a stored one, including those without a usable key."""
        for _, placed in self.touched():
            yield placed
        yield from self.unkeyed
        for placed, _ in self.repeated:
            yield placed

    def new(self) -> Iterator[Placed]:
        """The rows whose keys are not stored yet."""
        return (placed for key, placed in self.touched() if key not in self.before)

    def changed(self) -> Iterator[tuple[Key, Values, Placed]]:
        """For each row that changes: its key, the stored values and the new values."""
        return ((key, kept, self.rows[key]) for key, kept in self.before.items())

    def differs(self, key: Key, column: str) -> bool:
        """Whether the row with `key` is new or changes the stored value of `column`."""
        if key in self.equal:
            return False
        kept, pick = self.before.get(key), self.pick(column)
        return kept is None or bool(pick(self.rows[key][1]) != pick(kept))

    def speaks_of(self, key: Key) -> bool:
        """Whether the sheet has a row with `key`, even a faulty one."""
        return key in self.rows or key in self.spoiled

    def spoil(self, cells: Mapping[int, set[str]]) -> None:
        """Mark cells as faulty: `cells` holds column ids by the row's number in the sheet."""
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


def laid_out(sheet: SheetRows) -> Iterator[Placed]:
    """The rows in the order of the ledger's columns, with defaults filled in.

    A required column that is absent is already a fault of the sheet; it counts as faulty in every
    row.
    """
    columns = sheet.ledger.columns
    defaults = [(at, each.default) for at, each in enumerate(columns) if each.default is not None]
    if sheet.present == ids(sheet.ledger):
        for placed in sheet.rows:
            row, values = placed
            if any(values[at] is None for at, _ in defaults):
                filled = list(values)
                for at, default in defaults:
                    filled[at] = default if filled[at] is None else filled[at]
                yield row, tuple(filled)
            else:
                # The pair itself: a new one for each row of a city would take 150 MiB.
                yield placed
        return
    absent = {each.id: FAULTY if each.required else None for each in columns}
    for row, given in sheet.named():
        filled = [absent[each.id] if each.id not in given else given[each.id] for each in columns]
        for at, default in defaults:
            filled[at] = default if filled[at] is None else filled[at]
        yield row, tuple(filled)
