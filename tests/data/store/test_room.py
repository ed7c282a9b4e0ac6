"""Whether the database takes changes is told without writing to it or waiting for who does."""

import errno

import pytest

from dashboard.commands.refusals import sentence_of
from dashboard.i18n import use_language
from data.store import room
from data.store.database import (
    DatabaseUnreachableError,
    FullDiskError,
    connect,
    reading,
    writing,
)
from tests.databases import sqlite_database


def can_be_written(engine) -> bool:
    with reading(engine) as connection:
        return room.can_be_written(connection)


def test_a_database_that_is_being_written_takes_changes(engine):
    with writing(engine):
        assert can_be_written(engine)


def test_a_full_disk_is_told(monkeypatch):
    def full(*_asked):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(room.os, "posix_fallocate", full)
    with sqlite_database() as engine:
        assert not can_be_written(engine)


def test_a_database_that_cannot_be_opened_for_want_of_room_says_so(tmp_path, monkeypatch):
    file = tmp_path / "gridlight.db"
    file.write_bytes(b"")
    # As SQLite finds it where it cannot make the files beside the database.
    (tmp_path / "gridlight.db-wal").mkdir()
    with pytest.raises(DatabaseUnreachableError), reading(connect(f"sqlite:///{file}")):
        pass
    monkeypatch.setattr(room, "has_room", lambda folder: folder != tmp_path)
    with pytest.raises(FullDiskError) as refused, reading(connect(f"sqlite:///{file}")):
        pass
    with use_language("en"):
        said = sentence_of(refused.value)
    assert said.startswith(f"The disk of the database in {tmp_path} is full.")


def test_a_file_that_may_not_be_written_is_told(monkeypatch):
    monkeypatch.setattr(room.os, "access", lambda _name, _mode: False)
    with sqlite_database() as engine:
        assert not can_be_written(engine)


def test_nothing_is_left_beside_the_database(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'gridlight.db'}")
    before = set(tmp_path.iterdir())
    assert can_be_written(engine)
    beside = {path for path in tmp_path.iterdir() if path.suffix in (".db-wal", ".db-shm")}
    assert set(tmp_path.iterdir()) - beside == before
    engine.dispose()


@pytest.mark.postgres
def test_a_server_that_only_reads_is_told(postgres):
    with postgres.database() as engine, reading(engine) as connection:
        assert room.can_be_written(connection)
        # As every transaction of a standby begins.
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        assert not room.can_be_written(connection)
