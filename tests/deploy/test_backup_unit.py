"""The nightly backup as it is shipped: the unit's own lines, on PostgreSQL, with its pg_dump."""

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.dashboard.commands.calling import EVERY_LEDGER, SAFE, Shell, figures
from tests.databases import Postgres

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).parents[2]
UNIT = (ROOT / "deploy/gridlight-backup.service").read_text(encoding="utf-8")
INSTALLED = "/opt/gridlight/bin/gridlight"


@pytest.fixture
def on_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    shell = Shell(tmp_path_factory.mktemp("postgres"))
    with postgres.bare_database() as engine:
        shell.database = engine.url.render_as_string(hide_password=False)
        yield shell


def lines(directive: str) -> list[str]:
    """What the unit says by `directive`, as systemd reads it."""
    found = re.findall(rf"^{directive}=(.*)$", UNIT, re.MULTILINE)
    return [each.replace("%%", "%") for each in found]


def nightly(shell: Shell, tools: Path, state: Path) -> None:
    """What the timer starts, with the program of this tree and PostgreSQL's tools in `tools`."""
    program = state.parent / "gridlight"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m dashboard.commands "$@"\n')
    program.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "STATE_DIRECTORY": str(state),
        "GRIDLIGHT_DATABASE_URL": shell.database,
        "GRIDLIGHT_HOME": str(shell.folder),
    }
    for line in [*lines("ExecStart"), *lines("ExecStartPost")]:
        words = shlex.split(line.replace(INSTALLED, str(program)))
        words = [word.replace("${STATE_DIRECTORY}", str(state)) for word in words]
        done = subprocess.run(
            words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_the_nightly_backup_of_postgresql_is_restored(
    on_postgres: Shell, postgres: Postgres, tmp_path: Path
) -> None:
    with postgres.bare_database() as engine, engine.connect() as connection:
        found = connection.scalar(text("SELECT setting FROM pg_config WHERE name = 'BINDIR'"))
    server = Path(str(found))
    tools, state = tmp_path / "tools", tmp_path / "backups"
    tools.mkdir()
    state.mkdir()
    for tool in ("pg_dump", "pg_restore"):
        script = tools / tool
        script.write_text(f'#!/bin/sh\necho "$@" >>{tools}/used\nexec {server / tool} "$@"\n')
        script.chmod(0o755)
    old, other = state / "gridlight-20260101.backup", state / "notes"
    for file in (old, other):
        file.touch()
        os.utime(file, (time.time() - 31 * 24 * 3600,) * 2)
    on_postgres.take(**EVERY_LEDGER)
    nightly(on_postgres, tools, state)
    assert "--format=directory" in (tools / "used").read_text()
    [backup] = set(state.iterdir()) - {other}
    assert backup.stat().st_mode & 0o077 == 0
    with postgres.bare_database() as engine:
        drill = Shell(on_postgres.folder)
        drill.database = engine.url.render_as_string(hide_password=False)
        drill.done("restore", backup)
        assert figures(drill) == figures(on_postgres)
        assert "FAILED" not in drill.done("check", "--against", backup, **SAFE)
