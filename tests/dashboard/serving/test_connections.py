"""A connection is kept only while a request arrives."""

import asyncio
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from unittest.mock import Mock

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from uvicorn.config import Config
from uvicorn.server import ServerState

from dashboard.serving import connections
from dashboard.serving.connections import BoundedConnection
from dashboard.serving.frames import BoundedWebsocket
from tests.dashboard.serving.bounded import bounded_server

HEAD = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n"


UPGRADE = (
    b"GET /live HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


async def silent(opened: WebSocket) -> None:
    await opened.accept()
    await opened.receive()


async def length(request: Request) -> Response:
    return Response(str(len(await request.body())))


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server that waits for half a second at most, and for 1,000 bytes of a body in each."""
    monkeypatch.setattr(connections, "WITHIN", 0.5)
    monkeypatch.setattr(connections, "PART_OF_A_BODY", 1000)
    app = Starlette(
        routes=[Route("/", length, methods=["GET", "POST"]), WebSocketRoute("/live", silent)]
    )
    with bounded_server(app) as served:
        yield served


def answer(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """What comes back until the connection is closed or the answer is there; b"" for nothing."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as opened:
        for part in parts:
            try:
                opened.sendall(part)
            except OSError:
                return b""
            time.sleep(pause)
        try:
            return opened.recv(4096)
        except ConnectionResetError:
            return b""


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param((), id="nothing"),
        pytest.param((b"POST / HTTP/1.1\r\nHo",), id="half a head"),
        pytest.param((HEAD % 2000, b"{{"), id="half a body"),
        pytest.param((HEAD % 2000, *[b"x"] * 8), id="a body a byte at a time"),
    ],
)
def test_a_request_that_does_not_arrive_is_hung_up(port: int, parts: tuple[bytes, ...]) -> None:
    begun = time.monotonic()
    assert answer(port, *parts, pause=0.2 if len(parts) > 2 else 0) == b""
    assert time.monotonic() - begun < 5


def test_the_second_request_of_a_connection_must_arrive_too(port: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as opened:
        opened.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        assert b"200 OK" in opened.recv(4096)
        opened.sendall(b"POST / HTTP/1.1\r\nHo")
        with suppress(ConnectionResetError):
            assert opened.recv(4096) == b""


@pytest.mark.parametrize("second", [b"POST / HTTP/1.1\r\nHo", HEAD % 2000 + b"{{"])
def test_a_part_of_a_second_request_that_comes_with_the_first_is_no_way_to_stay(
    port: int, second: bytes
) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=3)) as opened:
        opened.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n" + second)
        assert b"200 OK" in opened.recv(4096)
        with suppress(ConnectionResetError):
            assert opened.recv(4096) == b""


def test_two_requests_in_one_packet_are_both_answered(port: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=3)) as opened:
        opened.sendall((HEAD % 2 + b"{}") + (HEAD % 3 + b"{ }"))
        answers = b""
        while not answers.endswith(b"3"):
            answers += opened.recv(4096)
        assert answers.count(b"200 OK") == 2


def test_a_long_body_on_a_slow_line_is_taken(port: int) -> None:
    parts = [b"x" * 1000] * 6
    assert b"6000" in answer(port, HEAD % 6000, *parts, pause=0.2)


def test_a_whole_request_is_answered(port: int) -> None:
    assert answer(port, HEAD % 2, b"{}").endswith(b"2")


def test_connections_of_one_ipv6_network_are_counted_together(monkeypatch):
    monkeypatch.setattr(connections, "FROM_ONE_ADDRESS", 2)
    monkeypatch.setattr(BoundedConnection, "open", Counter())
    config, state = Config(Starlette(), lifespan="off"), ServerState()
    config.load()

    async def open_from(address: str) -> bool:
        """Whether a connection from the address stays open."""
        transport = Mock(spec=asyncio.Transport)
        transport.get_extra_info.side_effect = {"peername": (address, 40000)}.get
        BoundedConnection(config, state, {}).connection_made(transport)
        return not transport.abort.called

    async def one_after_the_other() -> list[bool]:
        hosts = ["1:2::1", "1:2::2", "1:2::3", "1:3::1"]
        return [await open_from(f"2001:db8:{host}") for host in hosts]

    assert asyncio.run(one_after_the_other()) == [True, True, False, True]


def test_a_websocket_may_be_silent(port: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=2)) as opened:
        opened.sendall(UPGRADE)
        assert b"101 Switching" in opened.recv(4096)
        with pytest.raises(TimeoutError):
            opened.recv(1)


def test_websockets_leave_open_files_to_requests(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections.BoundedConnection, "most", 12)
    answers = []
    with ExitStack() as stack:
        for _number in range(3):
            opened = socket.create_connection(("127.0.0.1", port), timeout=5)
            stack.enter_context(closing(opened)).sendall(UPGRADE)
            try:
                answers.append(opened.recv(4096)[:12])
            except ConnectionResetError:
                answers.append(b"")
        assert answers == [b"HTTP/1.1 101", b"HTTP/1.1 101", b""]
        assert answer(port, HEAD % 2, b"{}").endswith(b"2")
    # Those that have closed leave their place to others.
    while BoundedWebsocket.open:
        time.sleep(0.01)
    assert b"101 Switching" in answer(port, UPGRADE)


@pytest.mark.parametrize(
    "unreadable",
    [
        pytest.param(b"Content-Length: 5", id="a body"),
        pytest.param(b"Transfer-Encoding: chunked", id="chunks"),
        pytest.param(b"\r\n".join(b"X-%d: x" % at for at in range(200)), id="200 headers"),
        pytest.param(b"X: " + b"x" * 20_000, id="a long header"),
    ],
)
@pytest.mark.parametrize("before", [b"", b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"])
def test_a_handshake_that_cannot_be_read_is_hung_up(
    port: int, unreadable: bytes, before: bytes
) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=3)) as opened:
        opened.sendall(before + UPGRADE.replace(b"\r\n\r\n", b"\r\n" + unreadable + b"\r\n\r\n"))
        if before:
            assert b"200 OK" in opened.recv(4096)
        with suppress(ConnectionResetError):
            assert opened.recv(4096) == b""
