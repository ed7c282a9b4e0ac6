"""A server as it runs in production, behind a proxy: what is seen of it from outside."""

import json
import re
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Engine

from dashboard import clock
from dashboard.serving.metrics import served as serving_metrics
from dashboard.setting_origins import SettingsError
from data.access import accounts, sign_in
from data.store import access_log
from data.store.access_log import Act
from data.store.database import connect, reading, recording
from data.store.schema import migrate
from models.account import Role
from tests.bench.servers import free_port, serving

NGINX, WAF, VISITOR = "127.0.0.1", "10.9.0.4", "10.20.30.40"


class Server(NamedTuple):
    engine: Engine
    port: int
    metrics: int
    log: Path


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    engine = connect(f"sqlite:///{folder / 'gridlight.sqlite'}")
    migrate(engine)
    with recording(engine) as connection:
        act = Act("operator", clock.now())
        given = accounts.given_password("七月的风 and some rain")
        for name, role in (("wang", Role.LEADER), ("a", Role.ACCOUNT_ADMIN)):
            name = name.ljust(2, "x")
            accounts.add(connection, act, name=name, full_name="王某", password=given, role=role)
    metrics, log = free_port(), folder / "log"
    with (
        log.open("wb") as written,
        serving(
            str(engine.url),
            log=written,
            GRIDLIGHT_HOME=str(folder),
            GRIDLIGHT_KEY_FILE=str(folder / "sign-in.key"),
            GRIDLIGHT_METRICS_PORT=str(metrics),
            GRIDLIGHT_LOG_FORMAT="json",
            GRIDLIGHT_LOG_LEVEL="info",
            GRIDLIGHT_TRUSTED_PROXIES=f"{NGINX}, {WAF}",
        ) as (port, _process),
    ):
        yield Server(engine, port, metrics, log)
    engine.dispose()


def enter(server: Server) -> None:
    """Exchange a ticket for a session, as a browser behind two proxies does."""
    with recording(server.engine) as connection:
        ticket = sign_in.accept(connection, Act("wang", clock.now()))
    asked = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/api/session",
        json.dumps({"ticket": ticket}).encode(),
        {
            "origin": f"http://127.0.0.1:{server.port}",
            "x-forwarded-for": f"10.66.6.6, {VISITOR}, {WAF}",
        },
    )
    with urllib.request.urlopen(asked, timeout=20) as answer:
        assert answer.status == 204


def lines_of(server: Server, path: str) -> list[dict[str, Any]]:
    """What the log says of requests for `path`; a line is written after its answer was sent."""
    for _waited in range(200):
        written = server.log.read_text().splitlines()
        lines = [json.loads(line) for line in written if line[:1] == "{"]
        if found := [line for line in lines if line.get("path") == path]:
            return found
        time.sleep(0.1)
    return []


def metrics(server: Server) -> dict[str, float]:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.metrics}/metrics") as answer:
        text = answer.read().decode()
    return {
        name: float(value)
        for name, value in re.findall(r"^(gridlight\S+|process\S+) (\S+)$", text, re.M)
    }


def test_the_visitor_behind_two_proxies_stands_in_access_log_and_log(server):
    enter(server)
    with reading(server.engine) as connection:
        assert access_log.entries(connection)[0].address == VISITOR
    [said] = lines_of(server, "/api/session")
    assert (said["method"], said["status"], said["address"]) == ("POST", 204, VISITOR)
    assert re.fullmatch("[0-9a-f]{8}", said["request"])
    assert said["level"] == "info"


def test_metrics_are_read_from_a_port_of_their_own(server):
    before = metrics(server)
    enter(server)
    found = metrics(server)
    assert found["gridlight_database_up"] == 1
    assert found["gridlight_facts_out_of_step"] == 0
    assert found["gridlight_sessions"] == before["gridlight_sessions"] + 1
    assert found["process_resident_memory_bytes"] > 50_000_000
    assert found["gridlight_database_seconds_count"] > before["gridlight_database_seconds_count"]
    waits = 'gridlight_lock_wait_seconds_count{lock="log"}'
    assert found[waits] > before[waits]
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics") as page:
        assert b"gridlight_sessions" not in page.read()


def test_every_line_of_the_log_is_one_event_without_a_name(server):
    lines = server.log.read_text().splitlines()
    assert all(
        {"time", "level", "event"} <= set(json.loads(line)) for line in lines if "：" not in line
    )
    assert "王某" not in server.log.read_text()


def test_a_busy_port_for_metrics_is_one_sentence(monkeypatch):
    with closing(socket.create_server(("127.0.0.1", 0))) as busy:
        monkeypatch.setenv("GRIDLIGHT_METRICS_PORT", str(busy.getsockname()[1]))
        with pytest.raises(SettingsError, match="metrics_port"), serving_metrics():
            pass
