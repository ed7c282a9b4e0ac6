"""A websocket that sends more than it may is closed while it sends."""

import socket
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.frames import Frame, Opcode

from dashboard.serving import frames
from tests.dashboard.serving.bounded import bounded_server

UPGRADE = (
    b"GET /%s HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
EMPTY_AT_ONCE = frames.READ_AT_ONCE // 6
"""Frames without content that are decoded before they are counted."""


async def echo(opened: WebSocket) -> None:
    """Say how long each message is."""
    if opened.url.path == "/signed-in":
        frames.take_more(opened.scope)
    await opened.accept()
    while (message := await opened.receive())["type"] == "websocket.receive":
        await opened.send_text(str(len(message["bytes"])))


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    app = Starlette(routes=[WebSocketRoute("/anonymous", echo), WebSocketRoute("/signed-in", echo)])
    with bounded_server(app) as served:
        yield served


def frame(content: bytes, opcode: Opcode = Opcode.BINARY, *, fin: bool = True) -> bytes:
    return Frame(opcode, content, fin=fin).serialize(mask=True)


def in_parts(whole: int, part: int) -> bytes:
    """A message of `whole` bytes in frames of `part` bytes."""
    count = whole // part
    opcodes = [Opcode.BINARY, *[Opcode.CONT] * (count - 1)]
    return b"".join(
        frame(b"x" * part, opcode, fin=at == count - 1) for at, opcode in enumerate(opcodes)
    )


def answer(port: int, sent: bytes, path: bytes = b"anonymous") -> bytes:
    """What comes back once `sent` was sent; b"" if the connection was closed without a word, and
    for a close its code."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as opened:
        opened.sendall(UPGRADE % path)
        assert b"101 Switching" in opened.recv(4096)
        with suppress(ConnectionError):
            opened.sendall(sent)
        try:
            said = opened.recv(4096)
        except ConnectionError:
            return b""
    if said[:1] == b"\x88":
        return str(int.from_bytes(said[2:4])).encode()
    return said[2:]


def test_a_message_of_an_unfinished_frame_that_announces_too_much_is_not_waited_for(port) -> None:
    head = frame(b"x" * (frames.LARGEST_ANONYMOUS + 1))[:20]
    assert answer(port, head) == b"1009"


def test_parts_of_a_message_that_is_not_whole_are_added_up(port) -> None:
    sent = in_parts(80 * 1024, 8 * 1024)[: 72 * 1024]
    assert answer(port, sent) == b"1009"


@pytest.mark.parametrize(("path", "size"), [(b"anonymous", 60_000), (b"signed-in", 1_900_000)])
def test_a_message_within_the_limit_is_taken(port, path: bytes, size: int) -> None:
    assert answer(port, frame(b"x" * size), path) == str(size).encode()


def test_a_long_message_may_come_in_many_parts(port) -> None:
    sent = in_parts(1024 * 1024, 4 * 1024)
    assert answer(port, sent, b"signed-in") == str(1024 * 1024).encode()


@pytest.mark.parametrize("path", [b"anonymous", b"signed-in"])
@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(in_parts(5_000, 1), id="parts of a byte"),
        pytest.param(frame(b"", Opcode.PING) * 5_000, id="pings"),
        pytest.param(frame(b"", Opcode.PONG) * 5_000, id="pongs"),
        pytest.param(frame(b"x") * 5_000, id="messages of a byte"),
    ],
)
def test_too_many_frames_are_hung_up(
    port, path: bytes, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded = []
    handle = frames.WebSocketsSansIOProtocol.handle_events

    def counted(self: frames.BoundedWebsocket) -> None:
        decoded.extend(self.conn.events)
        handle(self)

    monkeypatch.setattr(frames.WebSocketsSansIOProtocol, "handle_events", counted)
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as opened:
        opened.sendall(UPGRADE % path)
        assert b"101 Switching" in opened.recv(4096)
        with suppress(ConnectionError):
            opened.sendall(sent)
        with suppress(ConnectionError):
            while opened.recv(65_536):
                pass
    # Of who is signed in so many more are taken that the time they take to arrive matters.
    most = 4_000 if path == b"signed-in" else frames.AT_ONCE + EMPTY_AT_ONCE
    assert len(decoded) <= most


@pytest.mark.parametrize(
    ("path", "messages"), [(b"anonymous", frames.AT_ONCE // 2), (b"signed-in", 900)]
)
def test_who_waits_for_each_answer_is_never_hung_up(port, path: bytes, messages: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as opened:
        opened.sendall(UPGRADE % path)
        assert b"101 Switching" in opened.recv(4096)
        for _ in range(messages):
            opened.sendall(frame(b"x"))
            assert opened.recv(4096) == b"\x81\x011"
