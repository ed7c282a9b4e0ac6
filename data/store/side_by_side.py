"""Ask two questions of the same state of the database at once, to use a second core."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import TypeVar

from sqlalchemy import Connection

from data.store import beside, data_version
from data.store.database import ChangedMeanwhileError, reading

Answer = TypeVar("Answer")


@contextmanager
def asked_beside(
    connection: Connection, ask: Callable[[Connection], Answer]
) -> Iterator[Callable[[], Answer]]:
    """Begin to `ask` on a connection of its own, in a thread; call what is given for the answer.

    `connection` is one of `reading`. If the other one sees later data, or the database is in memory
    and so has no second connection, `ask` is called with `connection` instead.
    """
    engine = connection.engine
    if engine.dialect.name == "sqlite" and beside.file_of(engine) is None:
        yield lambda: ask(connection)
        return
    version = data_version.current(connection)

    def asked() -> Answer:
        with reading(engine) as own:
            if data_version.current(own) != version:
                raise ChangedMeanwhileError
            return ask(own)

    with ThreadPoolExecutor(1) as thread:
        answering = thread.submit(copy_context().run, asked)

        def answer() -> Answer:
            try:
                return answering.result()
            except ChangedMeanwhileError:
                return ask(connection)

        yield answer
