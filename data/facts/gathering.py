"""Gather by what derived facts differ from the stored ones, to write the difference later."""

from sqlalchemy import Connection

from data.facts.kept_facts import Kept, KeptNodes
from data.facts.replacement import Replacement
from models.rules.fact import Fact

MOST_GATHERED = 1_000_000
"""New and deleted facts that are held in memory; where more differ, they are written one unit after
another under the lock."""


class TooMuchError(Exception):
    """More facts differ than are held in memory."""


class Gathered(Replacement):
    """The difference between derived and stored facts; raises `TooMuchError` if it is too large."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, whole=False, writes=False)
        self._new: list[Fact] = []
        self._gone: list[int] = []
        self._nodes: dict[str, list[str]] = {}

    def replace(
        self,
        unit: str,
        nodes: list[str],
        facts: list[Fact],
        kept: Kept,
        kept_nodes: KeptNodes,
    ) -> None:
        super().replace(unit, nodes, facts, kept, kept_nodes)
        if len(self._new) + len(self._gone) > MOST_GATHERED:
            raise TooMuchError

    def write_to(self, connection: Connection) -> None:
        """Write what was gathered; the facts kept must be those it was compared with."""
        writing_now = Replacement(connection, whole=False, writes=True)
        writing_now.write_difference(self._new, self._gone, self._nodes, self._changes)

    def _replace_nodes(self, unit: str, nodes: list[str]) -> None:
        self.moved += 1
        self._nodes[unit] = nodes

    def _delete(self, numbers: list[int]) -> None:
        self.gone += len(numbers)
        self._gone += numbers

    def _insert(self, facts: list[Fact]) -> None:
        self.new += len(facts)
        self._new += facts
