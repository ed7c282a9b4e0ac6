"""The log: one line for one event, with what led to it, and nothing that stands in a ledger."""

import asyncio
import errno
import io
import json
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError, OperationalError
from streamlit import config as streamlit_config
from streamlit import error_util

from dashboard import edge, i18n, logs
from dashboard.serving import gate, metrics
from dashboard.serving.metrics import run_of
from dashboard.serving.requests import Requests
from data.store import watching
from data.store.database import DatabaseUnreachableError, FullDiskError
from models.account import Role
from tests.dashboard.apps import open_app


@pytest.fixture
def written(monkeypatch) -> Iterator[Callable[[str], Callable[[], list[str]]]]:
    """Sets the log up in a format, and gives what tells the lines that it has written."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    monkeypatch.setattr(watching, "_outage", watching._Outage())
    monkeypatch.setattr(logs, "take_over", lambda: None)

    def set_up(form: str) -> Callable[[], list[str]]:
        out = io.StringIO()
        monkeypatch.setenv("GRIDLIGHT_LOG_FORMAT", form)
        monkeypatch.setenv("GRIDLIGHT_LOG_LEVEL", "info")
        logs.set_up(out)
        return lambda: out.getvalue().splitlines()

    yield set_up
    root.handlers[:] = before
    root.setLevel(level)


def failing(error: Exception) -> list[dict]:
    """What is answered to a request in which `error` happens."""
    answers: list[dict] = []

    async def app(_scope, _receive, _send) -> None:
        raise error

    async def send(message) -> None:
        answers.append(message)

    scope = {"type": "http", "method": "GET", "path": "/x", "client": None, "headers": []}
    asyncio.run(Requests(app)(scope, None, send))
    return answers


def away() -> DatabaseUnreachableError:
    try:
        raise OSError(111, "Connection refused")
    except OSError as error:
        return DatabaseUnreachableError(f"connection refused\nis the server running?\n{error}")


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_outage_is_one_line_and_its_end_another(written, form):
    lines = written(form)
    for _request in range(20):
        assert failing(away())[0]["status"] == 503
        edge.show_error(away())
    said = [line for line in lines() if "answer" in line]
    assert len(said) == 1
    assert "connection refused" in said[0]
    engine = create_engine("sqlite://")
    watching.watch(engine, None)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    assert "answers again" in lines()[-1]
    assert "40" in lines()[-1]


def test_a_full_disk_is_one_line_a_minute_and_no_outage(written, monkeypatch):
    lines = written("text")
    monkeypatch.setattr(watching, "_full_disk", watching._FullDisk())
    engine = create_engine("sqlite://")
    watching.watch(engine, None)
    full = OperationalError("INSERT", {}, Exception("database or disk is full"))
    for error in (full, FullDiskError(Path("/data"))):
        edge.show_error(error)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    [line] = lines()
    assert "the disk of the database is full" in line


def test_an_error_is_told_by_kind_and_place_and_not_by_what_it_says(written):
    lines = written("json")
    try:
        try:
            {}["王某"]
        except KeyError as error:
            raise ValueError("王某\n张某") from error
    except ValueError as error:
        edge.show_error(error)
    [line] = lines()
    assert json.loads(line)["error"].startswith("ValueError at tests/dashboard/test_logs.py:")
    assert "KeyError at" in line
    assert "王" not in line


def test_a_full_disk_of_temporary_files_is_one_line_and_a_sentence(written, monkeypatch):
    lines = written("text")
    shown: list[str] = []
    monkeypatch.setattr(edge.st, "error", shown.append)
    for error in (
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
        # As the writer of workbooks has it.
        OSError("[Errno 28] No space left on device: '/tmp/x'"),
    ):
        edge.show_error(error)
    assert shown == [i18n._(edge.NO_ROOM_FOR_FILES)] * 2
    assert ["no room for temporary files" in line for line in lines()] == [True, True]


def test_what_a_database_refuses_is_told_without_values(written):
    lines = written("text")
    engine = create_engine("sqlite://")
    with engine.connect() as connection, pytest.raises(IntegrityError) as refused:
        connection.execute(text("CREATE TABLE t (name TEXT PRIMARY KEY)"))
        connection.execute(text("INSERT INTO t VALUES (:name)"), {"name": "王某"})
        connection.execute(text("INSERT INTO t VALUES (:name)"), {"name": "王某"})
    edge.show_error(refused.value)
    [line] = lines()
    assert "refused a statement" in line
    assert "王" not in line


def test_slow_statements_are_named_by_shape(written):
    lines = written("json")
    engine = create_engine("sqlite://")
    watching.watch(engine, 0.0)
    with engine.connect() as connection:
        connection.execute(text("SELECT :a,\n '王''某', 17"), {"a": "李某"})
    said = json.loads(lines()[0])
    assert (said["event"], said["sql"]) == ("slow query", "SELECT ?, ?, ?")
    assert said["ms"] >= 0


def test_lines_of_one_request_bear_its_id_and_the_account(written):
    lines = written("text")
    with logs.request() as name:
        logs.on_behalf_of("wang")
        with run_of("overview"):
            pass
    [line] = lines()
    assert f"request={name} account=wang page=overview ms=" in line
    logging.getLogger("x").info("after")
    assert "request=" not in lines()[-1]


def test_tickets_in_a_path_do_not_reach_the_log(written):
    lines = written("text")

    async def app(_scope, _receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(_message) -> None:
        pass

    path = "/file/" + "t" * 43
    scope = {"type": "http", "method": "GET", "path": path, "client": None, "headers": []}
    asyncio.run(Requests(app)(scope, None, send))
    assert "path=/file/… status=200" in lines()[0]


def test_runs_are_counted_by_page(sign_in_as, english):
    def runs(page: str) -> float:
        return sum(
            sample.value
            for family in metrics.RUNS.collect()
            for sample in family.samples
            if sample.name.endswith("_count") and sample.labels["page"] == page
        )

    sign_in_as(Role.LEADER)
    before = runs("coverage")
    open_app("coverage")
    assert runs("coverage") == before + 1


def test_a_browser_that_comes_while_the_database_is_away_is_let_in_to_be_told_so(
    written, monkeypatch
):
    lines = written("text")

    def viewer(_token) -> None:
        raise away()

    monkeypatch.setattr(gate.cache, "viewer", viewer)
    assert asyncio.run(gate._is_signed_in("t")) is False
    assert asyncio.run(gate._is_signed_in("t", otherwise=True)) is True
    assert len(lines()) == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_path_cannot_forge_a_line_of_the_log(written, form):
    lines = written(form)
    scope = {"type": "http", "method": "GET", "client": None, "headers": []}
    forged = "/x\n2026-11-28/ signed_in\x1b[31m\u202e"

    async def app(_scope, _receive, send) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": []})

    async def send(_message) -> None:
        """Nobody listens."""

    asyncio.run(Requests(app)({**scope, "path": forged}, None, send))
    (line,) = lines()
    assert line.isprintable()
    assert "signed_in" in line


def test_what_streamlit_says_of_an_error_does_not_quote_it(written, capsys):
    # Streamlit sets the levels of its loggers when it first reads its settings, as at the start.
    streamlit_config.get_config_options(force_reparse=True)
    lines = written("text")
    error_util._log_uncaught_app_exception(ValueError("王某的手机号"))
    printed = capsys.readouterr()
    assert "王某" not in printed.out + printed.err + "".join(lines())
