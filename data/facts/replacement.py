"""Replace stored facts by newly derived ones; only the differences are written."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, delete, insert
from sqlmodel import col

from data.facts import balance_changes, kept_facts, past, stored_balances
from data.facts.kept_facts import COLUMNS, TABLE, Kept, KeptNodes
from data.store import bulk
from data.store.batches import batches
from models.kept import KeptFact, UnitNode
from models.rules.fact import Fact

INSERTED_AT_ONCE = 20_000
DELETED_AT_ONCE = 500
MANY_UNITS = 300


class Replacement:
    """Compares derived facts with the stored ones, unit by unit, and counts the differences.

    Unless told not to write, writes them and keeps what the latest freeze saw. With `whole`, every
    unit will come, so the running totals are counted anew and compared.
    """

    def __init__(self, connection: Connection, *, whole: bool, writes: bool) -> None:
        self._connection = connection
        self._writes = writes
        self._nothing_kept = kept_facts.nothing_kept(connection)
        self._freeze = past.latest_freeze(connection)
        self._changes = balance_changes.Changes()
        self._whole = balance_changes.Changes() if whole else None
        self._inserts: list[bulk.Row] = []
        self.new = self.gone = self.moved = 0

    def kept(self, units: Sequence[str]) -> tuple[Kept, KeptNodes]:
        """The stored facts and nodes of `units`, to be passed to `replace`."""
        return ({}, {}) if self._nothing_kept else kept_facts.of_units(self._connection, units)

    def replace_one(self, unit: str, nodes: list[str], facts: list[Fact]) -> None:
        """Replace the facts of one unit."""
        self.replace(unit, nodes, facts, *self.kept([unit]))

    def replace(
        self,
        unit: str,
        nodes: list[str],
        facts: list[Fact],
        kept: Kept,
        kept_nodes: KeptNodes,
    ) -> None:
        """Write the difference between the derived `facts` of `unit` and the stored ones, `kept`.

        Also moves the balances from its old group nodes, `kept_nodes`, to the new ones, `nodes`.
        """
        old, old_nodes = kept.get(unit, {}), kept_nodes.get(unit, [])
        new = _not_in(old, facts) if old else facts
        gone = [(fact, number) for fact, numbers in old.items() for number in numbers]
        if set(old_nodes) == set(nodes):
            self._changes.add(nodes, (fact for fact, _ in gone), -1)
            self._changes.add(nodes, new)
        else:
            if old_nodes:
                stayed = Counter(facts) - Counter(new)
                before = [*stayed.elements(), *(fact for fact, _ in gone)]
                self._changes.add(old_nodes, before, -1)
            self._changes.add(nodes, facts)
            self._replace_nodes(unit, nodes)
        if self._whole is not None:
            self._whole.add(nodes, facts)
        self._delete([number for _, number in gone])
        self._insert(new)

    def flush(self) -> None:
        """Write the facts still waiting to be inserted."""
        if self._inserts:
            bulk.insert_rows(self._connection, TABLE, (*COLUMNS, "after_freeze"), self._inserts)
            self._inserts = []

    def write_balances(self) -> bool:
        """Write the changed balances.

        If every unit came, compare the stored balances with a new count and correct them; returns
        whether they were wrong.
        """
        if self._writes:
            stored_balances.write(self._connection, self._changes)
            if self._freeze:
                past.keep_moves(self._connection, self._changes.rows(), self._freeze)
        if self._whole is None or not stored_balances.differs(self._connection, self._whole):
            return False
        if self._writes:
            stored_balances.clear(self._connection)
            stored_balances.write(self._connection, self._whole)
        return True

    def write_difference(
        self,
        new: list[Fact],
        gone: list[int],
        nodes: Mapping[str, list[str]],
        changes: balance_changes.Changes,
    ) -> None:
        """Write what was compared before: `new` facts, the numbers of facts that are `gone`, group
        `nodes` by unit, and the `changes` of balances that follow from them."""
        for unit, groups in nodes.items():
            self._replace_nodes(unit, groups)
        self._delete(gone)
        self._insert(new)
        self.flush()
        self._changes = changes
        self.write_balances()

    @contextmanager
    def indexed_afterwards(self, units: int) -> Iterator[None]:
        """Drop the indexes while the first facts of many units are inserted, and create them again.

        Inserting without indexes takes a fraction of the time.
        """
        # The table may already hold the district's own facts, which are few.
        apart = self._nothing_kept and self._writes and units > MANY_UNITS
        indexes = sorted(TABLE.indexes, key=lambda index: str(index.name)) if apart else []
        for index in indexes:
            index.drop(self._connection)
        yield
        for index in indexes:
            index.create(self._connection)

    def _replace_nodes(self, unit: str, nodes: list[str]) -> None:
        self.moved += 1
        if not self._writes:
            return
        self._connection.execute(delete(UnitNode).where(col(UnitNode.unit) == unit))
        if nodes:
            rows = [{"unit": unit, "node": node} for node in nodes]
            self._connection.execute(insert(UnitNode), rows)

    def _delete(self, numbers: list[int]) -> None:
        self.gone += len(numbers)
        if not self._writes:
            return
        for chunk in batches(numbers, DELETED_AT_ONCE):
            if self._freeze:
                past.keep_facts(self._connection, chunk, self._freeze)
            self._connection.execute(delete(KeptFact).where(col(KeptFact.id).in_(chunk)))

    def _insert(self, facts: list[Fact]) -> None:
        self.new += len(facts)
        if not self._writes:
            return
        self._inserts += [
            (measure, bucket, unit, *span, value, ledger, key, self._freeze)
            for measure, bucket, unit, span, value, ledger, key in facts
        ]
        if len(self._inserts) >= INSERTED_AT_ONCE:
            self.flush()


def _not_in(old: dict[Fact, list[int]], facts: list[Fact]) -> list[Fact]:
    """The facts missing in `old`; each fact found there takes one number out of `old`."""
    new = []
    for fact in facts:
        numbers = old.get(fact)
        if numbers:
            numbers.pop()
        else:
            new.append(fact)
    return new
