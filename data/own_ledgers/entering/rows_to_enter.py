"""Convert stated rows into rows of the ledgers for the import."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from data.intake.entering import typed
from data.ledgers.rows import Key, by_column, fetch_by, ids, key_ids, picker, text_of_key
from data.own_ledgers.words.stated import StatedRow
from data.reference.lists import References
from data.workbook.rows import Content, Fault
from models.kinds import Money, Number, Text
from models.ledger import Ledger
from models.registry import BY_ID, LEDGERS

FEN_IN_WAN, HUNDREDTHS = 1_000_000, 100
Place = tuple[str, int]
"""The sheet and the row, as Excel numbers it, from which a row was made."""


def kept_form(ledger: type[Ledger], values: Mapping[str, Any]) -> dict[str, Any]:
    """The stated `values` that are columns of `ledger`, in stored form."""
    made = {}
    for column in ledger.columns:
        value = values.get(column.id)
        if value is None:
            continue
        match column.kind, value:
            case Money(), Decimal():
                value = int((value * FEN_IN_WAN).to_integral_value())
            case Number(), Decimal() | int():
                value = int((Decimal(value) * HUNDREDTHS).to_integral_value())
            case Text(), str():
                value = value[: column.kind.length]
        made[column.id] = value
    return made


def place(row: StatedRow) -> Place:
    """The place of a stated row in its file."""
    return row.sheet, row.row


@dataclass(slots=True)
class _Row:
    place: Place
    values: dict[str, Any]


@dataclass(slots=True)
class RowsToEnter:
    """Collects rows by ledger and key; columns that are not given keep their stored values.

    `marks` gives, by (ledger, key, column), the day as of which a value is known, and its words.
    """

    connection: Connection
    rows: dict[str, dict[Key, _Row]] = field(default_factory=dict)
    marks: dict[tuple[str, str, str], tuple[date, str | None]] = field(default_factory=dict)

    def put(self, ledger: str, at: Place, values: Mapping[str, Any]) -> str:
        """Add a row to enter or change; returns its key as text. Values are in stored form."""
        keys = key_ids(BY_ID[ledger])
        defaults = {each.id: each.default for each in BY_ID[ledger].columns if each.default}
        whole = defaults | dict(values)
        key = tuple(whole[each] for each in keys)
        here = self.rows.setdefault(ledger, {})
        if key in here:
            here[key].values.update(values)
        else:
            here[key] = _Row(at, dict(whole))
        return text_of_key(BY_ID[ledger], whole)

    def mark(self, ledger: str, key: str, row: StatedRow, as_of: date) -> None:
        """Mark the values of a new row that the sheet did not state, or stated less exactly."""
        for column in {*row.known_as_of, *row.words} & set(ids(BY_ID[ledger])):
            self.marks[ledger, key, column] = (as_of, row.words.get(column))

    def content(self, *, day: date, references: References) -> Content:
        """The rows as if a workbook with them were read on `day`, with their places in the
        sheet."""
        content = Content()
        for ledger in LEDGERS:
            if made := self.rows.get(ledger.id()):
                self._read(content, ledger, list(made.values()), day, references)
        return content

    def _read(
        self,
        content: Content,
        ledger: type[Ledger],
        made: list[_Row],
        day: date,
        references: References,
    ) -> None:
        filled = list(self._filled(ledger, made))
        read = typed({ledger.id(): filled}, day=day, references=references)
        for sheet in read.sheets:
            name = made[0].place[0]
            sheet.rows = [(made[at - 1].place[1], values) for at, values in sheet.rows]
            sheet.name = name
        content.sheets += read.sheets
        content.faults += [_at(fault, made) for fault in read.faults]

    def _filled(self, ledger: type[Ledger], made: list[_Row]) -> Iterator[dict[str, Any]]:
        keys, order = key_ids(ledger), ids(ledger)
        key_of = picker(order, keys)
        firsts = {row.values[keys[0]] for row in made}
        kept = {
            key_of(values): by_column(ledger, values)
            for values in fetch_by(self.connection, ledger, order, keys[0], firsts)
        }
        for row in made:
            key = tuple(row.values[each] for each in keys)
            before = kept.get(key if len(keys) > 1 else key[0], {})
            yield {each: row.values.get(each, before.get(each)) for each in order}


def _at(fault: Fault, made: list[_Row]) -> Fault:
    if fault.row is None or not 0 < fault.row <= len(made):
        return replace(fault, sheet=made[0].place[0])
    sheet, row = made[fault.row - 1].place
    return replace(fault, sheet=sheet, row=row)
