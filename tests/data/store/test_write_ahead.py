"""What cannot be read any more in the file beside a SQLite database is named before it is lost."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from data.store.database import connect
from data.store.write_ahead import leaves_out_commits

PAGE, FRAME = 4096, 4096 + 24


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """A database of whose rows five lie in the file beside it, each of a transaction of its own."""
    kept, left = tmp_path / "kept.db", tmp_path / "left.db"
    with closing(sqlite3.connect(kept)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("CREATE TABLE rows (number INTEGER)")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for number in range(5):
            with raw:
                raw.execute("INSERT INTO rows VALUES (?)", [number])
        # A machine that stops leaves both files as they are.
        for end in ("", "-wal"):
            shutil.copy(f"{kept}{end}", f"{left}{end}")
    yield left


def beside(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def overwrite(database: Path, at: int, content: bytes) -> None:
    with beside(database).open("r+b") as opened:
        opened.seek(at)
        opened.write(content)


def leaves_out(database: Path) -> bool:
    return leaves_out_commits(connect(f"sqlite:///{database}"))


def rows(database: Path) -> int:
    with closing(sqlite3.connect(database)) as raw:
        return int(raw.execute("SELECT count(*) FROM rows").fetchone()[0])


def test_a_whole_file_leaves_out_nothing(database: Path) -> None:
    assert not leaves_out(database)
    assert rows(database) == 5


def test_without_a_file_beside_nothing_is_left_out(database: Path) -> None:
    beside(database).unlink()
    assert not leaves_out(database)
    assert not leaves_out(database.with_name("none.db"))


def test_an_empty_file_and_one_of_only_a_header_leave_out_nothing(database: Path) -> None:
    os.truncate(beside(database), 32)
    assert not leaves_out(database)
    os.truncate(beside(database), 0)
    assert not leaves_out(database)


@pytest.mark.parametrize("at", [0, 8, 16, 24])
def test_a_header_that_cannot_be_read_leaves_out_all(database: Path, at: int) -> None:
    overwrite(database, at, b"\x01\x02\x03\x04")
    assert leaves_out(database)
    assert rows(database) == 0


@pytest.mark.parametrize("frame", range(4))
def test_a_transaction_behind_a_broken_page_is_left_out(database: Path, frame: int) -> None:
    overwrite(database, 32 + frame * FRAME + 24 + 100, b"\xff" * 8)
    assert leaves_out(database)
    assert rows(database) == frame


def test_a_transaction_broken_off_at_the_end_is_none(database: Path) -> None:
    overwrite(database, 32 + 4 * FRAME + 24 + 100, b"\xff" * 8)
    assert not leaves_out(database)
    os.truncate(beside(database), 32 + 4 * FRAME + 1000)
    assert not leaves_out(database)
    assert rows(database) == 4


def test_a_file_of_garbage_behind_its_header_leaves_out_all(database: Path) -> None:
    overwrite(database, 32, b"\xab" * 5 * FRAME)
    assert leaves_out(database)


def test_frames_of_an_earlier_use_of_the_file_are_not_missed(tmp_path: Path) -> None:
    file = tmp_path / "long.db"
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("CREATE TABLE rows (number INTEGER)")
        for _use in range(3):
            for number in range(5 - _use):
                with raw:
                    raw.execute("INSERT INTO rows VALUES (?)", [number])
            raw.execute("PRAGMA wal_checkpoint(RESTART)")
        with raw:
            raw.execute("INSERT INTO rows VALUES (0)")
        assert beside(file).stat().st_size > 32 + 2 * FRAME
        assert not leaves_out(file)


def test_many_frames_are_read_in_batches(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.store.write_ahead.FRAMES_AT_ONCE", 2)
    assert not leaves_out(database)
    overwrite(database, 32 + FRAME + 24, b"\xff" * 8)
    assert leaves_out(database)
