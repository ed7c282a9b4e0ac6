"""A damaged SQLite file is named when it is opened, before anything is done with it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.store.database import DamagedDatabaseError, connect
from data.store.soundness import SMALL, require_sound
from tests.databases import sqlite


@pytest.fixture
def file(tmp_path: Path) -> Path:
    engine = sqlite(tmp_path)
    engine.dispose()
    return tmp_path / "gridlight.db"


def overwritten(file: Path, page: int, content: bytes = b"\xff") -> None:
    with file.open("r+b") as opened:
        opened.seek((page - 1) * 4096)
        opened.write(content * 4096)


def root_of(file: Path, name: str) -> int:
    with closing(sqlite3.connect(file)) as raw:
        return int(
            raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]).fetchone()[0]
        )


def test_a_whole_file_an_empty_one_and_none_are_sound(file: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    for path in (file, tmp_path / "empty.db", tmp_path / "none.db"):
        require_sound(connect(f"sqlite:///{path}"), whole=True)


def test_a_lost_header_is_named(file: Path) -> None:
    overwritten(file, 1)
    with pytest.raises(DamagedDatabaseError, match="no header"):
        require_sound(connect(f"sqlite:///{file}"))


def test_a_damaged_table_is_named_even_where_only_first_pages_are_looked_at(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwritten(file, root_of(file, "findings"))
    monkeypatch.setattr("data.store.soundness.SMALL", 0)
    with pytest.raises(DamagedDatabaseError, match="malformed"):
        require_sound(connect(f"sqlite:///{file}"))


def test_a_damaged_index_is_named_where_the_file_is_small_or_the_whole_is_asked_for(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwritten(file, root_of(file, "ix_access_entries_account"))
    assert file.stat().st_size < SMALL
    with pytest.raises(DamagedDatabaseError):
        require_sound(connect(f"sqlite:///{file}"))
    monkeypatch.setattr("data.store.soundness.SMALL", 0)
    with pytest.raises(DamagedDatabaseError):
        require_sound(connect(f"sqlite:///{file}"), whole=True)


def test_a_file_cut_short_is_named(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)
    with pytest.raises(DamagedDatabaseError):
        require_sound(connect(f"sqlite:///{file}"))


def test_text_that_cannot_be_read_is_named_with_its_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("INSERT INTO settings VALUES ('issuing_body', CAST(x'fffeff' AS TEXT))")
    with pytest.raises(DamagedDatabaseError, match="settings"):
        require_sound(connect(f"sqlite:///{file}"), whole=True)
