"""Accounts, sign-ins and the log wait for no data; who waits to write keeps nobody from reading."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from data.access import sign_in
from data.store import access_log
from data.store.access_log import Act
from data.store.database import (
    WRITERS_AT_ONCE,
    BusyError,
    reading,
    recording,
    writing,
)
from models.account import Event

ACT = Act("wang", datetime(2026, 6, 30, 8, tzinfo=UTC))


@contextmanager
def long_write(engine: Engine, *, with_entry: bool = False) -> Iterator[None]:
    """Somebody else's import, which goes on until the end of the block; nothing may wait for it."""
    begun, done, outlasted = threading.Event(), threading.Event(), threading.Event()

    def write() -> None:
        with writing(engine) as connection:
            if with_entry:
                access_log.append(connection, ACT, Event.IMPORTED)
            begun.set()
            if done.wait(30):
                outlasted.set()

    thread = threading.Thread(target=write)
    thread.start()
    assert begun.wait(30)
    try:
        yield
    finally:
        done.set()
        thread.join()
    assert outlasted.is_set(), "the block waited until the import gave up"


def test_an_entry_beside_a_long_write_is_kept_or_refused_in_time(engine):
    with long_write(engine):
        if engine.dialect.name == "postgresql":
            with recording(engine) as connection:
                access_log.append(connection, ACT, Event.SIGNED_IN)
        else:
            with pytest.raises(BusyError), recording(engine):
                pass
    with recording(engine) as connection:
        access_log.append(connection, ACT, Event.SIGNED_OUT)
    with reading(engine) as connection:
        assert access_log.verify(connection).broken_at is None


def test_two_that_add_to_the_log_stand_in_one_line(engine):
    with long_write(engine, with_entry=True), pytest.raises(BusyError), recording(engine):
        pass


def test_a_made_up_ticket_is_looked_up_without_any_lock(engine):
    with long_write(engine), reading(engine) as connection:
        for ticket in ("made up", "\ud800"):
            assert sign_in.account_of_ticket(connection, ticket, ACT.at) is None


def test_waiting_writers_leave_connections_to_readers(engine):
    waiting = [
        threading.Thread(target=_write, args=(engine,)) for _number in range(3 * WRITERS_AT_ONCE)
    ]
    with long_write(engine):
        for thread in waiting:
            thread.start()
        time.sleep(0.3)
        for _number in range(20):
            with reading(engine) as connection:
                connection.exec_driver_sql("SELECT 1")
        assert engine.pool.checkedout() <= WRITERS_AT_ONCE + 1
    for thread in waiting:
        thread.join()


def _write(engine) -> None:
    with writing(engine):
        pass


def test_a_long_wait_is_given_back_to_the_next_user_of_the_connection(engine):
    if engine.dialect.name != "sqlite":
        pytest.skip("a setting of SQLite's")
    with recording(engine):
        pass
    with reading(engine) as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
