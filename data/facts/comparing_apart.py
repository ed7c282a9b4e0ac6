"""Derive facts again and compare them with the stored ones, in several processes.

Each process has a connection of its own, to the same state of the database.
"""

import os
import pickle
import sys
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from sqlalchemy import Connection, func, select

from data.facts import processes
from data.facts.derivation import Progress, derive_units, lists_of
from data.facts.processes import write_answer
from data.facts.with_totals import GatheredWithTotals
from data.reference.lists import References
from data.store import beside, data_version, gc_pause
from data.store.batches import batches
from data.store.database import ChangedMeanwhileError, DatabaseError, connect, reading
from models.grid import Unit
from models.rules.fact import Fact
from models.rules.known import KnownSince

MOST_MONTHS = 20_000
"""Months of running totals, each of half a KiB, that a process holds before it hands them on."""
UNITS_AT_ONCE = 25
"""Units of which a process holds the rows at once."""
MODULE = "data.facts.comparing_apart"
CACHE = 8192
"""KiB of a SQLite database that a process holds in memory."""
FOR_POSTGRES = ("HOME", *(name for name in os.environ if name.startswith("PG")))
"""What PostgreSQL's library reads of the environment."""
FROM_UNITS = 300
"""With fewer units than this, starting processes takes longer than what they save."""


def pays(connection: Connection) -> bool:
    """Whether other processes can open the database, and have enough to do."""
    engine = connection.engine
    in_memory = engine.dialect.name == "sqlite" and beside.file_of(engine) is None
    if in_memory or processes.cores() == 1:
        return False
    return (connection.scalar(select(func.count()).select_from(Unit)) or 0) >= FROM_UNITS


class ComparedApart:
    """Compares units in several processes; raises `ProcessLostError` where one of them fails.

    What differs is put into `gathered`. Raises `ChangedMeanwhileError` where a process sees another
    state than `connection`.
    """

    def __init__(
        self, connection: Connection, gathered: GatheredWithTotals, references: References
    ) -> None:
        self._connection = connection
        self._gathered = gathered
        self._references = references

    def __call__(
        self,
        units: Sequence[str],
        since: KnownSince,
        shared: Mapping[str, list[Fact]],
        progress: Progress | None,
    ) -> None:
        version = data_version.current(self._connection)
        address = self._connection.engine.url.render_as_string(hide_password=False)
        questions = (
            (list(chunk), since, {unit: shared[unit] for unit in chunk if unit in shared})
            for chunk in batches(units, UNITS_AT_ONCE)
        )
        done = 0
        with processes.started(MODULE, (address, self._references), FOR_POSTGRES) as several:
            for answer in several.answers(questions):
                seen, found, totals = pickle.loads(answer)
                if seen != version:
                    raise ChangedMeanwhileError
                self._gathered.put_in(found)
                self._gathered.put_in_totals(*totals)
                done += UNITS_AT_ONCE
                if progress:
                    progress(min(done, len(units)), len(units))
            for answer in several.last_answers():
                self._gathered.put_in_totals(*pickle.loads(answer))


def _answer_all(questions: BinaryIO, answers: BinaryIO) -> None:
    address, references = pickle.load(questions)
    lists, limits = lists_of(references), references.limits
    with reading(connect(address)) as connection:
        if connection.dialect.name == "sqlite":
            # Every unit is read once, so what was read need not be held.
            connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE}")
        gathered = GatheredWithTotals(connection)
        version = data_version.current(connection)
        while asked := pickle.load(questions):
            units, since, shared = asked
            derive_units(connection, units, gathered, lists, limits, since, shared)
            totals = gathered.totals_taken_out(MOST_MONTHS)
            write_answer(answers, pickle.dumps((version, gathered.taken_out(), totals)))
        write_answer(answers, pickle.dumps(gathered.totals_taken_out()))


if __name__ == "__main__":
    with gc_pause.paused():
        try:
            _answer_all(sys.stdin.buffer, sys.stdout.buffer)
        except (EOFError, BrokenPipeError, DatabaseError):
            # The asking process was killed, or goes on without this one.
            sys.exit(1)
