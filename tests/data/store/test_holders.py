"""Who waits to write is told who works since when; what a killed writer left says nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.store import database, holders
from data.store.database import DATA_LOCK, BusyError, reading, recording, waiting_told, writing
from data.store.holders import Holder

NAME = "王主任"


@contextmanager
def long_write(engine: Engine, account: str = NAME) -> Iterator[threading.Event]:
    """Somebody else writes until the end of the block, or until the event is set."""
    begun, done = threading.Event(), threading.Event()

    def write() -> None:
        with writing(engine, account):
            begun.set()
            done.wait(30)

    thread = threading.Thread(target=write)
    thread.start()
    assert begun.wait(30)
    try:
        yield done
    finally:
        done.set()
        thread.join()


def test_the_lock_has_a_name_while_it_is_held_and_no_longer(engine: Engine) -> None:
    assert holders.holder(engine, DATA_LOCK) is None
    with long_write(engine):
        found = holders.holder(engine, DATA_LOCK)
        assert found is not None and found.account == NAME
        assert timedelta(0) <= datetime.now(UTC) - found.since < timedelta(minutes=1)
    assert holders.holder(engine, DATA_LOCK) is None


@pytest.mark.parametrize("account", ["", "王" * 32])
def test_a_name_may_be_missing_or_long(engine: Engine, account: str) -> None:
    with long_write(engine, account):
        found = holders.holder(engine, DATA_LOCK)
        assert found is not None and account.startswith(found.account)
        assert bool(found.account) is bool(account)


def test_who_waits_in_vain_is_told_who_writes(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 100)
    with long_write(engine):
        with pytest.raises(BusyError) as refused, writing(engine, "li"):
            pass
        assert refused.value.holder is not None and refused.value.holder.account == NAME
    with writing(engine, "li"):
        pass


def test_who_is_told_waits_to_the_end(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SHORT_PATIENCE", 100)
    told: list[Holder | None] = []
    with long_write(engine) as done:

        def tell(holder: Holder | None) -> None:
            told.append(holder)
            done.set()

        with waiting_told(tell), writing(engine, "li"):
            found = holders.holder(engine, DATA_LOCK)
            assert found is not None and found.account == "li"
    [holder] = told
    assert holder is not None and holder.account == NAME


def test_nobody_is_told_where_the_lock_is_free(engine: Engine) -> None:
    with waiting_told(lambda _holder: pytest.fail("the lock was free")), writing(engine, "li"):
        pass


def test_a_wait_for_the_lock_shortens_no_other_wait(engine: Engine) -> None:
    asked = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}[
        engine.dialect.name
    ]
    with reading(engine) as connection:
        before = connection.exec_driver_sql(asked).scalar()
    with writing(engine, "li") as connection:
        assert connection.exec_driver_sql(asked).scalar() == before


def test_the_log_is_written_without_a_name(engine: Engine) -> None:
    with recording(engine):
        assert holders.holder(engine, DATA_LOCK) is None


def test_what_a_killed_writer_left_says_nothing(tmp_path: Path) -> None:
    engine = database.connect(f"sqlite:///{tmp_path / 'gridlight.db'}")
    left = tmp_path / "gridlight.db-writer"
    left.write_text("wang")
    assert holders.holder(engine, DATA_LOCK) is None
    with recording(engine):
        assert holders.holder(engine, DATA_LOCK) is None
    with writing(engine, "li"):
        found = holders.holder(engine, DATA_LOCK)
        assert found is not None and found.account == "li"
    assert not left.exists()
    engine.dispose()
