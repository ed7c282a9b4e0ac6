"""Derive facts of many units in several processes, so that every core works.

The processes read the ledgers from a SQLite file to which nobody writes meanwhile. Should this
process be killed, they delete the folder of that file and end.
"""

import marshal
import os
import pickle
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO, NamedTuple

from sqlalchemy import NullPool, create_engine

from data.facts import balances
from data.facts.derivation import facts_of_unit, lists_of
from data.ledgers.unit_rows import rows_of
from data.nodes import groups_of
from data.reference.lists import References
from data.store import bulk, gc_pause
from data.workbook.apart import ROOT, environment
from models.rules.fact import Fact
from models.rules.known import KnownSince

MOST_PROCESSES = 8
IN_ADVANCE = 2
"""Answers of each process that may wait to be written."""
LENGTH = 8
"""Bytes that tell the length of an answer."""
Row = tuple[str, str, str, str, str, int, str, str]
"""A fact as SQLite stores it: the columns `kept_facts.COLUMNS`, its days as text."""


class ProcessLostError(Exception):
    """A process ended before it had answered."""


class Answer(NamedTuple):
    """The group nodes by unit, and the facts, of the units asked for."""

    nodes: dict[str, list[str]]
    facts: list[Row]


class Derivers:
    """Several processes that derive facts from the same file."""

    def __init__(self, processes: list[subprocess.Popen[bytes]]) -> None:
        self._all = processes
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for process in processes:
            self._idle.put(process)

    def derive(
        self,
        chunks: Iterable[Sequence[str]],
        since: KnownSince,
        shared: Mapping[str, list[Fact]],
    ) -> Iterator[Answer]:
        """The facts of each chunk of units, in their order; raises `ProcessLostError`.

        `since` and `shared` are what these facts depend on beside the rows of a unit.
        """
        waiting: deque[Future[Answer]] = deque()
        with ThreadPoolExecutor(len(self._all)) as threads:
            for units in chunks:
                theirs = {unit: shared[unit] for unit in units if unit in shared}
                waiting.append(threads.submit(self._ask, (list(units), since, theirs)))
                if len(waiting) > IN_ADVANCE * len(self._all):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def changes(self) -> balances.Changes:
        """The changes of running totals by all facts derived so far; asked once, at the end."""
        changes = balances.Changes()
        for process in self._all:
            _send(process, None)
            changes.add_packed(marshal.loads(_received(process)))
        return changes

    def _ask(self, asked: object) -> Answer:
        process = self._idle.get()
        try:
            _send(process, asked)
            return Answer(*marshal.loads(_received(process)))
        finally:
            self._idle.put(process)


@contextmanager
def derivers(file: Path, references: References) -> Iterator[Derivers]:
    """Processes, one for each core, that derive facts from the SQLite database `file`."""
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for _ in range(min(len(os.sched_getaffinity(0)), MOST_PROCESSES)):
            processes.append(_started())
        for process in processes:
            _send(process, (file, references))
        yield Derivers(processes)
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "data.facts.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment(),
        # Not reached by what the terminal sends to this process, which ends them itself.
        start_new_session=True,
    )


def _send(process: subprocess.Popen[bytes], asked: object) -> None:
    assert process.stdin, "the process was started with a pipe"
    try:
        pickle.dump(asked, process.stdin)
        process.stdin.flush()
    except BrokenPipeError as error:
        raise ProcessLostError from error


def _received(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout, "the process was started with a pipe"
    length = process.stdout.read(LENGTH)
    answer = process.stdout.read(int.from_bytes(length)) if len(length) == LENGTH else b""
    if not answer:
        raise ProcessLostError
    return answer


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
    changes = balances.Changes()
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    while asked := pickle.load(questions):
        units, since, shared = asked
        nodes: dict[str, list[str]] = {}
        rows: list[Row] = []
        with engine.connect() as connection:
            for unit_rows in rows_of(connection, units):
                unit = unit_rows.unit.code
                facts = facts_of_unit(unit_rows, lists, limits, since, shared.get(unit, ()))
                nodes[unit] = list(groups_of(unit_rows.unit))
                changes.add(nodes[unit], facts)
                rows += as_stored(facts)
        _write(answers, (nodes, rows))
    _write(answers, changes.packed())
    # The file is needed until this process is ended.
    pickle.load(questions)


def as_stored(facts: Iterable[Fact]) -> Iterator[Row]:
    """The facts as SQLite stores them."""
    day = bulk.text_of_day
    # A bucket may be a choice, which is a text with a name of its own.
    text = str.__str__
    for measure, bucket, unit, (starts_on, ends_on), value, ledger, key in facts:
        yield measure, text(bucket), unit, day(starts_on), day(ends_on), value, ledger, key


def _write(answers: BinaryIO, answer: Any) -> None:
    packed = marshal.dumps(answer)
    answers.write(len(packed).to_bytes(LENGTH))
    answers.write(packed)
    answers.flush()


if __name__ == "__main__":
    with gc_pause.paused():
        _answer_all(sys.stdin.buffer, sys.stdout.buffer)
