"""Gather by what derived facts and their running totals differ from the stored ones."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from data.facts import balance_changes, gathering, kept_facts, stored_balances
from data.facts.gathering import Gathered, TooMuchError
from data.facts.kept_facts import Kept, KeptNodes
from models.rules.fact import Fact


class Difference(NamedTuple):
    """New facts, the numbers of those that are gone, and the group nodes of units that moved."""

    new: list[Fact]
    gone: list[int]
    nodes: dict[str, list[str]]


Totals = tuple[balance_changes.Packed, balance_changes.Packed]


class GatheredWithTotals(Gathered):
    """Also gathers whether the running totals are those of the stored facts.

    Stored facts are made into objects only for units where something differs.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._before = balance_changes.Changes()
        self._totals_differ = False

    def kept(self, units: Sequence[str]) -> tuple[Kept, KeptNodes]:
        # The facts are read unit by unit: those of many units take much memory.
        return {}, kept_facts.nodes_of_units(self._connection, units)

    def replace(
        self,
        unit: str,
        nodes: list[str],
        facts: list[Fact],
        kept: Kept,
        kept_nodes: KeptNodes,
    ) -> None:
        old_nodes = kept_nodes.get(unit, [])
        if set(old_nodes) == set(nodes) and self._are_stored(unit, facts):
            self._before.add(nodes, facts)
            return
        kept, _ = kept_facts.of_units(self._connection, [unit])
        before = (fact for fact, numbers in kept.get(unit, {}).items() for _ in numbers)
        self._before.add(old_nodes, before)
        super().replace(unit, nodes, facts, kept, kept_nodes)

    def _are_stored(self, unit: str, facts: list[Fact]) -> bool:
        """Whether the stored facts of `unit` are exactly `facts`; may be False where some are there
        several times."""
        stored = kept_facts.stored_rows(self._connection, unit)
        if len(facts) != len(stored):
            return False
        derived = set(kept_facts.as_stored(facts, self._connection))
        return len(derived) == len(facts) and derived == set(stored)

    def taken_out(self) -> Difference:
        """What was gathered since this was last asked, without the running totals."""
        found = Difference(self._new, self._gone, self._nodes)
        self._new, self._gone, self._nodes = [], [], {}
        return found

    def put_in(self, found: Difference) -> None:
        """Add what another one gathered; raises `TooMuchError` if it is too much."""
        self._insert(found.new)
        self._delete(found.gone)
        for unit, nodes in found.nodes.items():
            self._replace_nodes(unit, nodes)
        if len(self._new) + len(self._gone) > gathering.MOST_GATHERED:
            raise TooMuchError

    def totals_taken_out(self, most: int = 0) -> Totals:
        """The changes of running totals by the stored facts, and those by the difference, since
        this was last asked; empty while they are no more than `most` months."""
        if self._before.months + self._changes.months <= most:
            return [], []
        totals = self._before.packed(), self._changes.packed()
        self._before, self._changes = balance_changes.Changes(), balance_changes.Changes()
        return totals

    def put_in_totals(
        self, before: balance_changes.Packed, changes: balance_changes.Packed
    ) -> None:
        """Add the totals of another one."""
        self._before.add_packed(before)
        self._changes.add_packed(changes)

    def write_balances(self) -> bool:
        """Whether the running totals are not those of the facts that are kept."""
        self._totals_differ = stored_balances.differs(self._connection, self._before)
        return self._totals_differ

    def write_to(self, connection: Connection) -> None:
        super().write_to(connection)
        if self._totals_differ:
            self._before.add_all(self._changes)
            stored_balances.clear(connection)
            stored_balances.write(connection, self._before)
