"""Derive the first facts of a district, with all its rows, in files beside the database.

Nobody waits while they are derived; the files are then copied into the database.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select
from sqlmodel import col

from data.facts import (
    kept_facts,
    known_since,
    past,
    rules_mark,
    same_kind_warnings,
    stored_balances,
)
from data.facts.apart import Derivers, derivers
from data.facts.derivation import Derivation, Progress, lists_of
from data.facts.district_facts import facts_of_district
from data.ledgers.rows import is_empty
from data.ledgers.unit_rows import AT_ONCE
from data.nodes import DISTRICT
from data.reference.lists import References
from data.store import beside, bulk, data_version
from data.store.batches import batches
from models.grid import Unit
from models.registry import LEDGERS
from models.rules.fact import NO_UNIT

FREEZE = 0
"""The latest freeze: there is none before the first facts."""
_FACTS = kept_facts.TABLE.name


@dataclass(frozen=True, slots=True)
class FirstFacts:
    """A whole district in `files`, to be stored as long as the data have still this `version`."""

    version: int
    derived: Derivation
    files: tuple[Path, ...]
    references: References

    def fits(self, connection: Connection) -> bool:
        """Whether nobody has changed the data since."""
        return data_version.current(connection) == self.version

    def write_to(self, connection: Connection) -> None:
        """Store the rows and the facts."""
        beside.copy_rows(self.files, connection)
        rules_mark.keep_mark(connection, self.references)


def can_be_first(connection: Connection) -> bool:
    """Whether the database has no rows in any ledger, no facts, and no freezes."""
    return (
        kept_facts.nothing_kept(connection)
        and past.latest_freeze(connection) == FREEZE
        and all(is_empty(connection, each) for each in LEDGERS)
    )


@contextmanager
def filling(folder: Path, references: References) -> Iterator["Filling"]:
    """A district to be filled in `folder`, with processes that derive its facts."""
    rows = folder / "rows.sqlite"
    # The processes load their modules while the rows are written.
    with derivers(rows, references) as processes:
        yield Filling(rows, folder / "facts.sqlite", references, processes)


class Filling:
    """A district in two files: one for the rows, and one for the facts derived from them."""

    def __init__(
        self, rows: Path, facts: Path, references: References, processes: Derivers
    ) -> None:
        self._rows, self._facts = rows, facts
        self._references, self._processes = references, processes

    def write_rows(self, connection: Connection, write: Callable[[Connection], None]) -> None:
        """Call `write` to write the rows to empty tables like those of `connection`."""
        with beside.filled(self._facts) as facts:
            beside.declare(facts, beside.declared(connection, "table", only=_FACTS))
        with beside.filled(self._rows) as rows:
            for kind in ("table", "index"):
                beside.declare(rows, beside.declared(connection, kind, but=_FACTS))
            write(rows)

    def derive(self, connection: Connection, progress: Progress | None = None) -> FirstFacts:
        """Derive all facts for the database of `connection`; raises `ProcessLostError`."""
        with beside.filled(self._rows) as rows:
            since = known_since.from_ledgers(rows)
            shared = same_kind_warnings.by_unit(rows, lists_of(self._references).warnings)
            own = list(facts_of_district(rows, since))
            units = sorted(rows.scalars(select(col(Unit.code))))
        nodes: dict[str, list[str]] = {NO_UNIT: [DISTRICT]} if own else {}
        new = len(own)
        with beside.filled(self._facts) as facts:
            _insert(facts, list(kept_facts.as_stored(own, facts)))
            chunks = batches(units, AT_ONCE)
            for answer in self._processes.derive(chunks, since, shared):
                _insert(facts, answer.facts)
                new += len(answer.facts)
                nodes |= answer.nodes
                if progress:
                    progress(len(nodes), len(units))
        changes = self._processes.changes()
        changes.add(nodes.get(NO_UNIT, []), own)
        # Neither needs the other, and the database works outside of Python.
        with ThreadPoolExecutor(1) as thread:
            alike = connection.dialect.name == "sqlite"
            indexes = beside.declared(connection, "index", only=_FACTS) if alike else []
            indexed = thread.submit(self._index, indexes)
            with beside.filled(self._rows) as rows:
                members = ((unit, node) for unit, groups in nodes.items() for node in groups)
                bulk.insert_rows(rows, kept_facts.NODES, ("unit", "node"), members)
                stored_balances.write(rows, changes)
            indexed.result()
        done = Derivation(len(units), new, 0, moved=len(nodes))
        version = data_version.current(connection)
        return FirstFacts(version, done, (self._rows, self._facts), self._references)

    def _index(self, statements: Sequence[str]) -> None:
        with beside.filled(self._facts) as facts:
            beside.declare(facts, statements)


def _insert(connection: Connection, facts: list[kept_facts.StoredRow]) -> None:
    """Insert facts as SQLite stores them, which no freeze has seen."""
    if facts:
        marks = ", ".join("?" * len(kept_facts.COLUMNS))
        connection.exec_driver_sql(
            f"INSERT INTO {_FACTS} ({', '.join(kept_facts.COLUMNS)}, after_freeze)"
            f" VALUES ({marks}, {FREEZE})",
            facts,
        )
