"""`gridlight backup` and `gridlight restore`."""

import pytest

from tests.dashboard.commands.calling import Shell, figures, log


@pytest.fixture
def other(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell(tmp_path_factory.mktemp("other"))


def test_a_restored_database_gives_equal_figures(filled: Shell, other: Shell) -> None:
    out = filled.folder / "copy"
    assert str(out) in filled.done("backup", out)
    assert str(out) in other.done("restore", out)
    assert figures(other) == figures(filled)
    assert "nothing differed" in other.done("rebuild")


def test_both_are_in_the_log(filled: Shell, other: Shell) -> None:
    filled.done("backup", filled.folder / "copy")
    other.done("restore", filled.folder / "copy")
    assert log(filled)[0] == ("operator", "exported", "backup")
    assert log(other)[0] == ("operator", "restored", "")


def test_neither_overwrites_unless_forced(filled: Shell, other: Shell) -> None:
    out = filled.folder / "copy"
    filled.done("backup", out)
    assert "--force" in filled.refused("backup", out)
    filled.done("backup", out, "--force")
    other.take(sectors=[{}])
    assert "--force" in other.refused("restore", out)
    other.done("restore", out, "--force")
    assert figures(other) == figures(filled)


def test_what_is_no_backup_is_one_sentence(shell: Shell) -> None:
    assert "cannot be read" in shell.refused("restore", shell.folder / "none")
    assert "no backup" in shell.refused("restore", shell.book(sectors=[{}]))


def test_a_place_that_cannot_be_written_is_one_sentence(filled: Shell) -> None:
    assert "nowhere" in filled.refused("backup", filled.folder / "nowhere" / "copy")


def test_without_a_database_there_is_nothing_to_back_up(shell: Shell) -> None:
    assert "There is no database" in shell.refused("backup", shell.folder / "copy")
