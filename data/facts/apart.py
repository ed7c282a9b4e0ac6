"""Derive the first facts of many units in several processes.

The processes read the ledgers from a SQLite file to which nobody writes meanwhile. Should this
process be killed, they delete the folder of that file and end.
"""

import marshal
import pickle
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from sqlalchemy import NullPool, create_engine

from data.facts import balance_changes, processes
from data.facts.derivation import facts_of_unit, lists_of
from data.facts.kept_facts import StoredRow, as_stored
from data.facts.processes import Processes, write_answer
from data.ledgers.unit_rows import rows_of
from data.nodes import groups_of
from data.reference.lists import References
from data.store import gc_pause
from models.rules.fact import Fact
from models.rules.known import KnownSince


class Answer(NamedTuple):
    """The group nodes by unit, and the facts as SQLite stores them, of the units asked for."""

    nodes: dict[str, list[str]]
    facts: list[StoredRow]


class Derivers:
    """Several processes that derive facts from the same file."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes

    def derive(
        self,
        chunks: Iterable[Sequence[str]],
        since: KnownSince,
        shared: Mapping[str, list[Fact]],
    ) -> Iterator[Answer]:
        """The facts of each chunk of units, in their order; raises `ProcessLostError`.

        `since` and `shared` are what these facts depend on beside the rows of a unit.
        """
        questions = (
            (list(units), since, {unit: shared[unit] for unit in units if unit in shared})
            for units in chunks
        )
        for answer in self._processes.answers(questions):
            yield Answer(*marshal.loads(answer))

    def changes(self) -> balance_changes.Changes:
        """The changes of running totals by all facts derived so far; asked once, at the end."""
        changes = balance_changes.Changes()
        for answer in self._processes.last_answers():
            changes.add_packed(marshal.loads(answer))
        return changes


@contextmanager
def derivers(file: Path, references: References) -> Iterator[Derivers]:
    """Processes, one for each core, that derive facts from the SQLite database `file`."""
    with processes.started("data.facts.apart", (file, references)) as several:
        yield Derivers(several)


def _answer_all(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the questions end, which they do only if the asking process was killed."""
    file, references = pickle.load(questions)
    try:
        _answer_each(file, references, questions, answers)
    except (EOFError, BrokenPipeError):
        shutil.rmtree(file.parent, ignore_errors=True)


def _answer_each(
    file: Path, references: References, questions: BinaryIO, answers: BinaryIO
) -> None:
    lists, limits = lists_of(references), references.limits
    changes = balance_changes.Changes()
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    while asked := pickle.load(questions):
        units, since, shared = asked
        nodes: dict[str, list[str]] = {}
        rows: list[StoredRow] = []
        with engine.connect() as connection:
            for unit_rows in rows_of(connection, units):
                unit = unit_rows.unit.code
                facts = facts_of_unit(unit_rows, lists, limits, since, shared.get(unit, ()))
                nodes[unit] = list(groups_of(unit_rows.unit))
                changes.add(nodes[unit], facts)
                rows += as_stored(facts, connection)
        write_answer(answers, marshal.dumps((nodes, rows)))
    write_answer(answers, marshal.dumps(changes.packed()))
    # The file is needed until this process is ended.
    pickle.load(questions)


if __name__ == "__main__":
    with gc_pause.paused():
        _answer_all(sys.stdin.buffer, sys.stdout.buffer)
