"""`gridlight run`: what is refused before it serves, and one real start."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from dashboard.commands import serving
from data import demonstration
from data.store.database import connect, writing
from data.store.demonstration_mark import is_demonstration
from models.kept import Setting
from tests.dashboard.commands.calling import Shell, migrated_to, run_sql


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the databases that would have been served; nothing is."""
    urls: list[str] = []
    monkeypatch.setattr(
        serving, "_serve", lambda *_: urls.append(os.environ["GRIDLIGHT_DATABASE_URL"])
    )
    monkeypatch.setenv("GRIDLIGHT_DATABASE_URL", "")
    monkeypatch.setenv("GRIDLIGHT_DEMONSTRATION", "0")
    return urls


@pytest.fixture
def filling(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The databases that were filled; only marked, for the district takes its time."""
    filled: list[str] = []

    def fill(engine: Any, **_: Any) -> bool:
        filled.append(Path(engine.url.database).name)
        with writing(engine) as connection:
            connection.execute(insert(Setting).values(name="demonstration", value="1"))
        return True

    monkeypatch.setattr(demonstration, "fill", fill)
    return filled


def marked(url: str) -> bool:
    engine = connect(url)
    with engine.connect() as connection:
        found = is_demonstration(connection)
    engine.dispose()
    return found


def test_a_database_is_made_and_served(shell: Shell, served: list[str]) -> None:
    shell.done("run", "--port", 0)
    assert served == [shell.database]
    assert shell.json("figures")["figures"]["units"]["value"] == 0


def test_a_demonstration_without_a_database_gets_its_own(
    shell: Shell, served: list[str], filling: list[str]
) -> None:
    shell.done("run", "--demo", "--port", 0, GRIDLIGHT_DATABASE_URL=None)
    own = shell.folder / "demonstration.sqlite"
    assert served == [f"sqlite:///{own}"]
    assert own.exists()
    assert not shell.file.exists()
    assert os.environ["GRIDLIGHT_DEMONSTRATION"] == "1"


def test_a_demonstration_is_made_once(shell: Shell, served: list[str], filling: list[str]) -> None:
    for _ in range(2):
        shell.done("run", "--demo", "--port", 0, GRIDLIGHT_DATABASE_URL=None)
        shell.done("run", "--demo", "--port", 0)
    assert filling == ["new-demonstration.sqlite", "gridlight.sqlite"]
    assert marked(shell.database)


def test_real_data_is_never_filled_up(filled: Shell, served: list[str], filling: list[str]) -> None:
    assert "data of its own" in filled.refused("run", "--demo", "--port", 0)
    assert (served, filling) == ([], [])


def test_a_demonstration_that_was_broken_off_is_made_anew(
    shell: Shell, served: list[str], filling: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device", "x")

    with monkeypatch.context() as broken:
        broken.setattr(demonstration, "fill", break_off)
        shell.refused("run", "--demo", "--port", 0, GRIDLIGHT_DATABASE_URL=None)
    shell.done("run", "--demo", "--port", 0, GRIDLIGHT_DATABASE_URL=None)
    assert filling == ["new-demonstration.sqlite"]


def test_a_busy_port_is_one_sentence(shell: Shell, served: list[str]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as busy:
        port = busy.getsockname()[1]
        said = shell.refused("run", "--port", port)
    assert said == f"Port {port} is in use. Choose another with --port."
    assert not shell.file.exists()


def test_an_address_of_another_machine_is_one_sentence(shell: Shell, served: list[str]) -> None:
    said = shell.refused("run", "--port", 0, STREAMLIT_SERVER_ADDRESS="192.0.2.1")
    assert said.startswith("192.0.2.1, port 0, cannot be used: ")


def test_a_database_from_the_future_is_not_served(filled: Shell, served: list[str]) -> None:
    run_sql(filled, "UPDATE alembic_version SET version_num = '9999'")
    assert "later version" in filled.refused("run", "--port", 0)
    assert served == []


def test_an_older_database_is_served_only_where_its_upgrade_is_asked_for(
    shell: Shell, served: list[str]
) -> None:
    migrated_to(shell, "0012")
    said = shell.refused("run", "--port", 0)
    assert "older version" in said and "--upgrade" in said
    assert served == []
    assert list(shell.folder.glob("gridlight-before-*")) == []
    assert "a copy of it as it was" in shell.call("run", "--port", 0, "--upgrade").stderr
    assert served == [shell.database]
    assert len(list(shell.folder.glob("gridlight-before-*"))) == 1


@contextmanager
def running(shell: Shell) -> Iterator[subprocess.Popen[str]]:
    words = [sys.executable, "-m", "dashboard.commands", "run", "--port", "0"]
    environment = {
        **os.environ,
        "GRIDLIGHT_DATABASE_URL": shell.database,
        "GRIDLIGHT_LANGUAGE": "zh_CN",
        "PYTHONUNBUFFERED": "1",
    }
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_the_first_start_gives_passwords_says_where_it_serves_and_stops_on_demand(
    shell: Shell,
) -> None:
    with running(shell) as process:
        assert process.stdout and process.stderr
        lines = [process.stdout.readline() for _ in range(4)]
        assert [line.partition("：")[0] for line in lines[:3]] == [
            "account-admin的一次性密码",
            "permission-admin的一次性密码",
            "log-admin的一次性密码",
        ]
        found = re.search(r"http://127\.0\.0\.1:\d+", lines[3])
        assert found, process.stderr.read()
        with urllib.request.urlopen(f"{found[0]}/healthz", timeout=10) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        [database] = process.stderr.read().splitlines()
        assert database.startswith("数据库：sqlite:///")
