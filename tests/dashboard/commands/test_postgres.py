"""The commands on PostgreSQL: the same figures, and copies from either database to either."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dashboard.commands.calling import EVERY_LEDGER, SAFE, Shell, figures
from tests.databases import Postgres

pytestmark = pytest.mark.postgres


@pytest.fixture
def on_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    shell = Shell(tmp_path_factory.mktemp("postgres"))
    with postgres.bare_database() as engine:
        shell.database = engine.url.render_as_string(hide_password=False)
        yield shell


def test_the_same_workbook_gives_the_same_figures(filled: Shell, on_postgres: Shell) -> None:
    on_postgres.take(**EVERY_LEDGER)
    assert figures(on_postgres) == figures(filled)


def test_commands_that_change_data_leave_it_sound(on_postgres: Shell) -> None:
    on_postgres.take(**EVERY_LEDGER)
    on_postgres.done("remove", "attendance", "T1|U1", "--reason", "误录")
    on_postgres.done("user", "add", "wang", "--full-name", "王某", "--role", "leader")
    on_postgres.done("reference", "export", "vetoes", on_postgres.folder / "vetoes.csv")
    on_postgres.done("reference", "import", "vetoes", on_postgres.folder / "vetoes.csv")
    assert "FAILED" not in on_postgres.done("check", **SAFE)


def test_a_copy_goes_to_sqlite_and_back(on_postgres: Shell, shell: Shell, tmp_path: Path) -> None:
    on_postgres.take(**EVERY_LEDGER)
    before = figures(on_postgres)
    on_postgres.done("backup", tmp_path / "of-postgres")
    # The keys of the log are kept apart from the copies and move with them.
    shutil.copy(on_postgres.folder / "access-log.key", shell.folder)
    shell.done("restore", tmp_path / "of-postgres")
    assert figures(shell) == before
    shell.done("backup", tmp_path / "of-sqlite")
    on_postgres.done("restore", tmp_path / "of-sqlite", "--force")
    assert figures(on_postgres) == before
    assert "FAILED" not in on_postgres.done("check", **SAFE)
