"""The plan for undoing an import: what happens to each ledger, and which rows must stay."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from data.ledgers.belonging import Reference, references_to
from data.ledgers.rows import (
    PROVENANCE,
    Key,
    Values,
    by_column,
    fetch,
    fetch_by,
    from_json,
    ids,
    key_ids,
    picker,
    table_of,
    text_of_key,
)
from models.choice import Choice
from models.kept import Import, Version
from models.ledger import Ledger
from models.rectification import RectificationEvent
from models.registry import LEDGERS
from models.rules.history import first_misfit


class Why(Choice):
    """Why a row that an import brought stays although the import is withdrawn."""

    CHANGED = "CHANGED", "此后又有变更", "changed since"
    NEEDED = "NEEDED", "其他记录仍引用", "other rows rest on it"


@dataclass(slots=True)
class LedgerPlan:
    """The plan of one ledger, by key: rows to remove, rows to restore, rows that stay.

    `out` and `now` hold values in stored form, `back` as they will be, each with its provenance.
    `now` has the rows that `back` replaces; a row of `back` that is not in `now` had been removed.
    """

    ledger: type[Ledger]
    out: dict[Key, Values] = field(default_factory=dict)
    back: dict[Key, Values] = field(default_factory=dict)
    now: dict[Key, Values] = field(default_factory=dict)
    stays: dict[Key, Why] = field(default_factory=dict)

    def keep(self, key: Key, why: Why) -> None:
        """Leave the row with `key` as it is."""
        self.out.pop(key, None)
        self.back.pop(key, None)
        self.now.pop(key, None)
        self.stays[key] = why

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.out and not self.back

    def counts(self) -> dict[str, int]:
        """The numbers of rows removed, rows put back in place of others, and rows added again."""
        return {
            "new": len(self.back) - len(self.now),
            "changed": len(self.now),
            "removed": len(self.out),
        }


Plan = dict[str, LedgerPlan]
"""By the id of a ledger."""


def plan(connection: Connection, number: int) -> Plan:
    """The effect of undoing import `number`; ledgers that it did not touch are left out."""
    made = {ledger.id(): _of_ledger(connection, ledger, number) for ledger in LEDGERS}
    # References point to the same or an earlier ledger, so settle the referring ledgers first.
    for ledger in reversed(LEDGERS):
        if ledger is RectificationEvent:
            _keep_sound_histories(connection, made[ledger.id()])
        _keep_what_is_needed(connection, made, ledger)
    return {name: each for name, each in made.items() if not each.is_empty or each.stays}


def _of_ledger(connection: Connection, ledger: type[Ledger], number: int) -> LedgerPlan:
    columns = (*ids(ledger), *PROVENANCE)
    key_of = picker(ids(ledger), key_ids(ledger))
    mine = table_of(ledger).c.import_number == number
    brought = {key_of(row): row for row in fetch(connection, ledger, columns, mine)}
    brought |= _brought_again(connection, ledger, number)
    replaced = {key_of(row): row for row in _versions(connection, ledger, replaced_by=number)}
    made = LedgerPlan(ledger)
    for key in _changed_since(connection, ledger, number):
        if key not in brought:
            made.stays[key] = Why.CHANGED
    for key, row in brought.items():
        if key in replaced:
            made.back[key], made.now[key] = replaced[key], row
        else:
            made.out[key] = row
    gone = {key: row for key, row in replaced.items() if key not in brought}
    if gone:
        present = _present(connection, ledger, gone)
        for key, row in gone.items():
            if key in present:
                made.stays[key] = Why.CHANGED
            elif key not in made.stays:
                made.back[key] = row
    return made


def _brought_again(connection: Connection, ledger: type[Ledger], number: int) -> dict[Key, Values]:
    """The rows, by key, that are as import `number` made them because a later import was undone."""
    undos = select(col(Import.number), col(Import.undoes)).where(
        col(Import.number) > number, col(Import.undoes).is_not(None)
    )
    undone: dict[int, int] = {}
    for undo, undoes in connection.execute(undos):
        undone[undo] = undoes or 0
    if not undone:
        return {}
    columns, key_of = (*ids(ledger), *PROVENANCE), picker(ids(ledger), key_ids(ledger))
    of_undos = table_of(ledger).c.import_number.in_(undone)
    rows_by_key: dict[Key, Values] = {}
    for row in fetch(connection, ledger, columns, of_undos):
        rows_by_key[key_of(row)] = row
    origins = {
        (key_text, replaced_by): brought_by
        for key_text, replaced_by, brought_by in connection.execute(
            select(col(Version.key), col(Version.replaced_by), col(Version.import_number)).where(
                col(Version.ledger) == ledger.id(),
                col(Version.replaced_by).in_(undone.values()),
            )
        )
    }

    def first_brought_by(key: Key, by: int | None) -> int | None:
        while by is not None and by in undone:
            by = origins.get((key_text_of(ledger, key), undone[by]))
        return by

    at = len(ids(ledger))
    return {
        key: row for key, row in rows_by_key.items() if first_brought_by(key, row[at]) == number
    }


def _versions(
    connection: Connection, ledger: type[Ledger], *, replaced_by: int
) -> Iterator[Values]:
    """The rows of `ledger` that an import replaced or removed, with their provenance."""
    statement = select(col(Version.values), *(getattr(Version, name) for name in PROVENANCE)).where(
        col(Version.ledger) == ledger.id(), col(Version.replaced_by) == replaced_by
    )
    for values, *provenance in connection.execute(statement):
        yield (*from_json(ledger, values).values(), *provenance)


def _changed_since(connection: Connection, ledger: type[Ledger], number: int) -> Iterator[Key]:
    """The keys of rows of import `number` that a later import replaced or removed."""
    key_of = picker(ids(ledger), key_ids(ledger))
    statement = select(col(Version.values)).where(
        col(Version.ledger) == ledger.id(), col(Version.import_number) == number
    )
    for values in connection.scalars(statement):
        yield key_of(tuple(from_json(ledger, values).values()))


def _present(connection: Connection, ledger: type[Ledger], rows: Iterable[Key]) -> set[Key]:
    """The subset of the keys that `ledger` has."""
    wanted = set(rows)
    names = key_ids(ledger)
    firsts = wanted if len(names) == 1 else {key[0] for key in wanted}
    key_of = picker(names, names)
    return {key_of(row) for row in fetch_by(connection, ledger, names, names[0], firsts)} & wanted


def _keep_what_is_needed(connection: Connection, made: Plan, ledger: type[Ledger]) -> None:
    """Keep the rows that remaining rows refer to."""
    mine = made[ledger.id()]
    while mine.out:
        needed = {
            key
            for reference in references_to(ledger.id())
            for key in _referred(connection, made[reference.ledger.id()], reference, mine)
        }
        if not needed:
            return
        for key in needed:
            mine.keep(key, Why.NEEDED)


def _referred(
    connection: Connection, referring: LedgerPlan, reference: Reference, target: LedgerPlan
) -> Iterator[Key]:
    """The keys of rows to be removed to which a row will still refer through `reference`."""
    other, columns = reference.ledger, tuple(column.id for column in reference.columns)
    names = key_ids(other)
    firsts = set(target.out) if len(columns) == 1 else {key[0] for key in target.out}
    order = (*columns, *names)
    pick, key_of = picker(order, columns), picker(order, names)
    going = referring.out.keys() | referring.now.keys()
    for row in fetch_by(connection, other, order, columns[0], firsts):
        if key_of(row) not in going and pick(row) in target.out:
            yield pick(row)
    pick = picker(ids(other), columns)
    for row in referring.back.values():
        if pick(row) in target.out:
            yield pick(row)


def _keep_sound_histories(connection: Connection, events: LedgerPlan) -> None:
    """Keep the events of findings whose history would be broken without them."""
    findings = {key[0] for key in (*events.out, *events.back)}
    histories: dict[str, dict[Key, Mapping[str, Any]]] = {finding: {} for finding in findings}
    key_of = picker(ids(RectificationEvent), key_ids(RectificationEvent))
    rows = fetch_by(connection, RectificationEvent, ids(RectificationEvent), "finding", findings)
    for row in (*rows, *events.back.values()):
        key = key_of(row)
        if key not in events.out:
            histories[key[0]][key] = by_column(RectificationEvent, row)
    broken = {
        finding
        for finding, history in histories.items()
        if first_misfit(RectificationEvent(**row) for row in history.values())
    }
    for key in [key for key in (*events.out, *events.back) if key[0] in broken]:
        events.keep(key, Why.NEEDED)


def key_text_of(ledger: type[Ledger], key: Key) -> str:
    """`key` as the single text that commands and the history use."""
    parts = key if isinstance(key, tuple) else (key,)
    return text_of_key(ledger, dict(zip(key_ids(ledger), parts, strict=True)))
