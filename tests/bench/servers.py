"""The servers to be measured: the dashboard, and the same server with an empty page."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from os import environ
from typing import IO
from urllib.error import URLError

EMPTY = """
from pathlib import Path
import streamlit as st
from dashboard import server
server.app = st.App(
    Path("tests/bench/empty_page.py").resolve(),
    routes=server.ROUTES, middleware=server.MIDDLEWARE, lifespan=server.lifespan,
)
server.serve("127.0.0.1", {port})
"""
OURS = """
from dashboard.server import serve
serve("127.0.0.1", {port})
"""
STARTS_WITHIN = 120
"""Seconds to wait for the start on a busy machine."""


def free_port() -> int:
    """A port that is not in use."""
    with closing(socket.socket()) as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


@contextmanager
def serving(
    database: str,
    *,
    empty: bool = False,
    log: IO[bytes] | None = None,
    port: int | None = None,
    **settings: str,
) -> Iterator[tuple[int, int]]:
    """A warmed-up server, as its port and process id; it is stopped at the end of the block.

    `log` receives its output; without `port` a free one is used; `settings` are added to its
    environment.
    """
    port = port or free_port()
    program = (EMPTY if empty else OURS).format(port=port)
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        env={**environ, **settings, "GRIDLIGHT_DATABASE_URL": database},
        stdout=log or subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError("the server did not start")
