"""Deriving all facts again while others write: the lock is taken only to write what differs."""

from sqlalchemy import Connection, Engine

from data.facts import balances, rules_mark
from data.facts.derivation import Derivation, Progress, derive, derive_into
from data.facts.gathering import Gathered, TooMuchError
from data.facts.kept_facts import Kept, KeptNodes
from data.reference.lists import current
from data.store import data_version, gc_pause
from data.store.database import reading, writing
from models.rules.fact import Fact

TRIES = 2
"""How often facts are derived without the lock, where others change the data meanwhile."""


@gc_pause.paused()
def rebuild(engine: Engine, progress: Progress | None = None, *, account: str = "") -> Derivation:
    """Derive all facts again from the ledgers, and put right what differs.

    Nobody waits while facts are derived. What differs is written at once, unless the data changed
    meanwhile: then they are derived again, the last time under the writer's lock.
    """
    for _ in range(TRIES):
        with reading(engine) as connection:
            version = data_version.current(connection)
            lists = current(connection)
            gathered = _WithTotals(connection)
            try:
                done = derive_into(gathered, connection, None, lists, progress)
            except TooMuchError:
                break
            in_force = rules_mark.kept_mark(connection) == rules_mark.mark_of(lists)
        if in_force and not done.differs:
            return done
        with writing(engine, account) as connection:
            if data_version.current(connection) == version:
                gathered.write_to(connection)
                rules_mark.keep_mark(connection, lists)
                data_version.bump(connection)
                return done
    with writing(engine, account) as connection:
        lists = current(connection)
        in_force = rules_mark.kept_mark(connection) == rules_mark.mark_of(lists)
        done = derive(connection, None, lists, progress)
        if done.differs or not in_force:
            data_version.bump(connection)
    return done


class _WithTotals(Gathered):
    """Also gathers whether the running totals are those of the stored facts."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._before = balances.Changes()
        self._totals_differ = False

    def replace(
        self,
        unit: str,
        nodes: list[str],
        facts: list[Fact],
        kept: Kept,
        kept_nodes: KeptNodes,
    ) -> None:
        before = (fact for fact, numbers in kept.get(unit, {}).items() for _ in numbers)
        self._before.add(kept_nodes.get(unit, []), before)
        super().replace(unit, nodes, facts, kept, kept_nodes)

    def write_balances(self) -> bool:
        """Whether the running totals are not those of the facts that are kept."""
        self._totals_differ = balances.differs(self._connection, self._before)
        return self._totals_differ

    def write_to(self, connection: Connection) -> None:
        super().write_to(connection)
        if self._totals_differ:
            self._before.add_all(self._changes)
            balances.clear(connection)
            balances.write(connection, self._before)
