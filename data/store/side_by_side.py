"""Ask several questions of the same state of the database at once, to use a second core.

A thread waits for the database, or SQLite works in it, while another one computes.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import TypeVar

from sqlalchemy import Connection

from data.store import beside, data_version
from data.store.database import ChangedMeanwhileError, DatabaseUnreachableError, reading

Answer = TypeVar("Answer")
Question = Callable[[Connection], Answer]


class Readers:
    """Threads that ask questions of the state that `connection` sees, each with a connection of its
    own; made by `readers_of`.

    Where another connection cannot see that state, or none is free, a question is asked on
    `connection` instead, when its answer is called for.
    """

    def __init__(self, connection: Connection, threads: ThreadPoolExecutor | None) -> None:
        self._connection = connection
        self._threads = threads
        self._state = _state(connection) if threads else ""

    def ask(self, question: Question[Answer]) -> Callable[[], Answer]:
        """Begin to ask `question`; the result waits for its answer, or raises what it raised."""
        if self._threads is None:
            return lambda: question(self._connection)
        answering = self._threads.submit(copy_context().run, self._asked, question)

        def answer() -> Answer:
            try:
                return answering.result()
            except (ChangedMeanwhileError, DatabaseUnreachableError):
                return question(self._connection)

        return answer

    def in_turn(self, questions: Iterable[Question[Answer]], most: int) -> Iterator[Answer]:
        """The answers to `questions` in their order; at most `most` are asked ahead."""
        asked: deque[Callable[[], Answer]] = deque()
        for question in questions:
            asked.append(self.ask(question))
            if len(asked) > most:
                yield asked.popleft()()
        while asked:
            yield asked.popleft()()

    def _asked(self, question: Question[Answer]) -> Answer:
        with reading(self._connection.engine) as own:
            if own.dialect.name == "postgresql":
                own.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{self._state}'")
            elif _state(own) != self._state:
                raise ChangedMeanwhileError
            return question(own)


@contextmanager
def readers_of(connection: Connection, threads: int) -> Iterator[Readers]:
    """As many `threads` that see what `connection` sees, which is one of `reading`.

    A database in memory has no second connection; there no thread is started.
    """
    engine = connection.engine
    if engine.dialect.name == "sqlite" and beside.file_of(engine) is None:
        yield Readers(connection, None)
        return
    pool = ThreadPoolExecutor(threads, "reader")
    try:
        yield Readers(connection, pool)
    finally:
        # What has not begun is not needed any more.
        pool.shutdown(cancel_futures=True)


def _state(connection: Connection) -> str:
    """What names the state that `connection` sees: a snapshot that others can take on PostgreSQL,
    the data version on SQLite."""
    if connection.dialect.name == "postgresql":
        return str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one())
    return str(data_version.current(connection))
