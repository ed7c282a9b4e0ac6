"""A damaged database is one sentence with the way out, whatever is asked of it."""

import sqlite3
from contextlib import closing

import pytest

from tests.dashboard.commands.calling import Shell


@pytest.fixture
def damaged(filled: Shell) -> Shell:
    with closing(sqlite3.connect(filled.file)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [root] = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'units'").fetchone()
    with filled.file.open("r+b") as opened:
        opened.seek((root - 1) * 4096)
        opened.write(b"\xff" * 4096)
    return filled


@pytest.mark.parametrize(
    "words", [("figures",), ("rebuild",), ("run", "--port", "0"), ("backup", "copy.sqlite")]
)
def test_every_command_names_it_and_how_to_go_on(
    damaged: Shell, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(damaged.folder)
    said = damaged.refused(*words)
    assert "is damaged" in said
    assert "gridlight restore" in said
    assert not list(damaged.folder.glob("copy.sqlite*"))


def test_check_names_it(damaged: Shell) -> None:
    said = damaged.call("check")
    assert said.exit_code == 1
    assert "is damaged" in said.stdout


def test_a_backup_brings_it_back(filled: Shell) -> None:
    copy = filled.folder / "copy"
    filled.done("backup", copy)
    with filled.file.open("r+b") as opened:
        opened.write(b"\xff" * 8192)
    said = filled.refused("figures")
    assert "is damaged" in said
    assert "is damaged" in filled.refused("restore", copy)
    result = filled.call("restore", copy, "--force")
    assert (result.exit_code, "damaged-" in result.stderr) == (0, True)
    filled.done("figures")
    [aside] = filled.folder.glob("gridlight.sqlite-damaged-*")
    assert aside.read_bytes()[:16] == b"\xff" * 16
    assert filled.file.stat().st_mode & 0o077 == 0


@pytest.fixture
def cut_off(filled: Shell) -> Shell:
    """A database whose last transactions, in the file beside it, can no longer be read."""
    beside = filled.file.with_name(f"{filled.file.name}-wal")
    beside.write_bytes(b"\xab" * 8192)
    return filled


def test_what_was_written_last_and_cannot_be_read_is_named_when_a_command_opens_it(
    cut_off: Shell,
) -> None:
    result = cut_off.call("figures")
    assert result.exit_code == 0
    assert "gridlight.sqlite-wal cannot be read any more" in result.stderr
    assert "Compare the number of the last import" in result.stderr


def test_check_names_what_was_written_last_and_cannot_be_read(cut_off: Shell) -> None:
    result = cut_off.call("check")
    assert result.exit_code == 1
    assert "FAILED\tDatabase: What was written last" in result.stdout
