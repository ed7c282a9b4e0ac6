"""Derive again what a freeze saw, if it was made before the program stored deleted facts.

The facts follow from the rows and reference lists of the freeze. They are compared with those of
the next freeze, and the differences are stored as they would have been then.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlmodel import col

from data.facts import derivation, digest, kept_facts, past
from data.facts.kept_facts import COLUMNS, Kept, KeptNodes
from data.facts.replacement import Replacement
from data.intake.touched import units_touched_by
from data.ledgers.rows import by_column, fetch, from_json, ids, table_of
from data.meetings import freezes, frozen_tables
from data.meetings.freezes import FreezeLine
from data.reference import lists as reference
from data.reference.lists import References
from data.store import bulk
from data.store.batches import batches
from data.store.database import reading, writing
from models.kept import KeptFact, PastFact, Setting, Version
from models.ledger import Ledger
from models.registry import LEDGERS

REMEMBERED_FROM = "freezes_remembered_from"
"""The setting that names the first freeze of which is known what it saw; absent, it is all."""
KNOWN_BEFORE = "freezes_remembered_import"
"""The setting that names the last import before what freezes saw was kept."""
UNFAITHFUL = "freezes_of_other_rules"
"""The setting with the numbers of freezes whose facts could not be derived again."""
MANY_ROWS = 20_000
"""With more changed rows than these, all units are derived again at once."""
CHANGED_AT_ONCE = 500
Changed = tuple[type[Ledger], Mapping[str, Any]]
"""A row, by column, with its ledger."""


def unfaithful(connection: Connection) -> frozenset[int]:
    """The freezes whose restored facts differ from those they saw."""
    return frozenset(json.loads(_setting(connection, UNFAITHFUL) or "[]"))


def forgotten(connection: Connection) -> tuple[int, ...]:
    """The freezes for which it is not stored yet what they saw, latest first."""
    return tuple(range(_remembered_from(connection) - 1, 0, -1))


def remember(engine: Engine, down_to: int = 1) -> int:
    """Store what freeze `down_to` and later ones saw, where it is missing; return how many were
    stored.

    Each freeze is stored in a transaction of its own, so that an interrupted run can go on. Each
    may take as long as a rebuild.
    """
    with reading(engine) as connection:
        numbers = [each for each in forgotten(connection) if each >= down_to]
    for number in numbers:
        _remember(engine, number)
    return len(numbers)


def _remember(engine: Engine, number: int) -> None:
    with reading(engine) as connection:
        line = freezes.line(connection, number)
        lists = freezes.lists_of(connection, number)
        following = _known_next(connection, line)
    then, afterwards = (frozen_tables.look_at(engine, each, lists) for each in (line, following))
    with writing(engine) as connection, reading(then) as frozen, reading(afterwards) as later:
        _derive(connection, frozen, later, line, lists)
    with reading(then) as frozen:
        faithful = digest.is_of(frozen, line.facts_sha256)
    with writing(engine) as connection:
        others = unfaithful(connection) - {number}
        _set(connection, UNFAITHFUL, json.dumps(sorted(others if faithful else {*others, number})))
        _set(connection, REMEMBERED_FROM, str(min(number, _remembered_from(connection))))
        _set(connection, KNOWN_BEFORE, None)


def _known_next(connection: Connection, line: FreezeLine) -> FreezeLine:
    """The freeze that follows `line`, whose facts stand for those of `line` so far.

    For the last freeze it is the state known when this run began, in the form of a freeze.
    """
    known = _setting(connection, KNOWN_BEFORE)
    if known is None:
        return freezes.line(connection, line.number + 1)
    return replace(line, number=line.number + 1, import_number=int(known))


def _derive(
    connection: Connection,
    frozen: Connection,
    following: Connection,
    line: FreezeLine,
    lists: References,
) -> None:
    """Derive the facts of `frozen`, the state at freeze `line`, and store on `connection` how they
    differ.

    They are compared with the facts that stand for them so far, those of `following`.
    """
    changed = list(_changed_since(connection, line.import_number))
    units: set[str] | None = None
    if lists.lists == reference.current(connection).lists and len(changed) <= MANY_ROWS:
        # A row may have belonged to another unit then, by what it refers to.
        units = units_touched_by(connection, changed) | units_touched_by(frozen, changed)
    recorder = _Recorder(connection, frozen, following, line.number)
    derivation.derive_into(recorder, frozen, units, lists)


def _changed_since(connection: Connection, known: int) -> Iterator[Changed]:
    """The rows added, changed or removed after import `known`, in their present and earlier
    forms."""
    for ledger in LEDGERS:
        later = table_of(ledger).c.import_number > known
        for values in fetch(connection, ledger, ids(ledger), later):
            yield ledger, by_column(ledger, values)
        kept = select(col(Version.values)).where(
            col(Version.ledger) == ledger.id(),
            col(Version.import_number) <= known,
            col(Version.replaced_by) > known,
        )
        for form in connection.scalars(kept):
            yield ledger, from_json(ledger, form)


class _Recorder(Replacement):
    """Stores how the facts of a freeze differ from those that stand for them so far.

    `frozen` shows the freeze with the latter facts; `following` has the group nodes under which
    they are counted. Writes go to `connection`.
    """

    def __init__(
        self, connection: Connection, frozen: Connection, following: Connection, freeze: int
    ) -> None:
        super().__init__(frozen, whole=False, writes=True)
        self._written = connection
        self._following = following
        self._freeze = freeze
        self._nothing_kept = False

    def kept(self, units: Sequence[str]) -> tuple[Kept, KeptNodes]:
        facts, _ = kept_facts.of_units(self._connection, units)
        return facts, kept_facts.nodes_of_units(self._following, units)

    def flush(self) -> None:
        names = (*COLUMNS, "after_freeze", "until_freeze")
        rows = ((*fact[:-1], 0, self._freeze) for fact in self._inserts)
        bulk.insert_rows(self._written, past.FACTS, names, rows)
        self._inserts = []

    def write_balances(self) -> bool:
        # Undo what was moved since the freeze, to get what it saw.
        moves = ((*move[:-2], -move[-2], -move[-1]) for move in self._changes.rows())
        past.keep_moves(self._written, moves, self._freeze)
        return False

    def _replace_nodes(self, unit: str, nodes: list[str]) -> None:
        self.moved += 1

    def _delete(self, numbers: list[int]) -> None:
        """Mark facts that the freeze did not see as seen only by later ones."""
        self.gone += len(numbers)
        for table, sign in ((KeptFact, 1), (PastFact, -1)):
            those = [sign * number for number in numbers if sign * number > 0]
            for chunk in batches(those, CHANGED_AT_ONCE):
                changed = update(table).where(col(table.id).in_(chunk))
                self._written.execute(changed.values(after_freeze=self._freeze))


def _remembered_from(connection: Connection) -> int:
    return int(_setting(connection, REMEMBERED_FROM) or 1)


def _setting(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(col(Setting.value)).where(col(Setting.name) == name))


def _set(connection: Connection, name: str, value: str | None) -> None:
    connection.execute(delete(Setting).where(col(Setting.name) == name))
    if value is not None:
        connection.execute(insert(Setting).values(name=name, value=value))
