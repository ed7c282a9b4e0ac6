"""Several processes that answer questions, so that every core works."""

import os
import pickle
import subprocess
import sys
import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from data.workbook.apart import ROOT, environment

MOST_PROCESSES = 8
IN_ADVANCE = 1
"""Answers of each process that may wait to be used."""
TRIES, BETWEEN_TRIES = 5, 0.12
"""Linux accepts one priority of a session in 0.1 seconds."""
LENGTH = 8
"""Bytes that tell the length of an answer."""


class ProcessLostError(Exception):
    """A process ended before it had answered."""


class Processes:
    """Processes of one module, which answer questions of one kind."""

    def __init__(self, processes: list[subprocess.Popen[bytes]]) -> None:
        self._all = processes
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for process in processes:
            self._idle.put(process)

    def answers(self, questions: Iterable[object]) -> Iterator[bytes]:
        """The answers to `questions`, in their order; raises `ProcessLostError`."""
        waiting: deque[Future[bytes]] = deque()
        with ThreadPoolExecutor(len(self._all)) as threads:
            for question in questions:
                waiting.append(threads.submit(self._ask, question))
                if len(waiting) > IN_ADVANCE * len(self._all):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def last_answers(self) -> Iterator[bytes]:
        """What each process answers to None, which ends the questions."""
        for process in self._all:
            _send(process, None)
            yield _received(process)

    def _ask(self, question: object) -> bytes:
        process = self._idle.get()
        try:
            _send(process, question)
            return _received(process)
        finally:
            self._idle.put(process)


def cores() -> int:
    """How many processes are started."""
    return min(len(os.sched_getaffinity(0)), MOST_PROCESSES)


@contextmanager
def started(module: str, first: object, variables: Collection[str] = ()) -> Iterator[Processes]:
    """A process of `module` for each core, which is told `first`; ended with the block.

    `variables` are those of the environment that it needs beside those that every process gets.
    The module reads what it is told, and the questions, with `pickle` from its input, and answers
    with `write_answer`. Its input ends early only if this process is killed.
    """
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for _ in range(cores()):
            processes.append(_started(module, variables))
        for process in processes:
            _send(process, first)
        yield Processes(processes)
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def write_answer(answers: BinaryIO, packed: bytes) -> None:
    """Write an answer, which must not be empty, to the output of a process."""
    answers.write(len(packed).to_bytes(LENGTH))
    answers.write(packed)
    answers.flush()


def _started(module: str, variables: Collection[str]) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**_chosen(variables), **environment()},
        # Not reached by what the terminal sends to this process, which ends them itself.
        start_new_session=True,
    )
    if niceness := os.getpriority(os.PRIO_PROCESS, 0):
        _give_way(process.pid, niceness)
    return process


def _give_way(leader: int, niceness: int) -> None:
    """Give the session of process `leader` the priority `niceness`, where Linux shares processors
    out among sessions first (autogroup).

    The niceness of a process counts within its session only, and each process here has its own.
    """
    of_session = Path(f"/proc/{leader}/autogroup")
    for _ in range(TRIES):
        try:
            of_session.write_text(str(niceness))
        except BlockingIOError:
            time.sleep(BETWEEN_TRIES)
        except OSError:
            # Not this system's way, or not allowed: the niceness of the process has to do.
            return
        else:
            return


def _chosen(variables: Collection[str]) -> dict[str, str]:
    return {name: os.environ[name] for name in variables if name in os.environ}


def _send(process: subprocess.Popen[bytes], asked: Any) -> None:
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
