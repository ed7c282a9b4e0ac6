"""Limit what a websocket may send in frames: the size of a message while it arrives, and how many
frames there are."""

import time
from asyncio.transports import BaseTransport
from typing import Any, ClassVar

from starlette.types import Scope
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

LARGEST_ANONYMOUS = 64 * 1024
"""The most bytes of a message without sign-in; the sign-in form needs a few hundred."""
LARGEST = 2 * 1024 * 1024
"""The most bytes of any message; the state of a page's widgets is far smaller."""
AT_ONCE, A_SECOND = 100, 20.0
"""Frames, also of pings and pongs: the most at once, and the most a second in the long run."""
BYTES_OF_A_FRAME = 1024
"""A frame may come in addition for each so many bytes: a browser cuts up long messages only."""
READ_AT_ONCE = 512
"""Bytes in which at most some 80 empty frames fit, so that too many are noticed before they are
decoded."""
EXTENSION, TAKE_UP_TO = "gridlight.frames", "take_up_to"
"""The name under which the function that sets the limit stands in the extensions of a handshake's
scope, and its name there."""


def take_up_to(scope: Scope, size: int) -> None:
    """Take messages of up to `size` bytes from the websocket of this handshake, before it is
    accepted; nothing happens where the server is not ours."""
    if limits := scope.get("extensions", {}).get(EXTENSION):
        limits[TAKE_UP_TO](size)


class BoundedWebsocket(WebSocketsSansIOProtocol):
    """A websocket that is closed as soon as more arrives than may.

    A message that is not whole is kept in memory, and each frame takes its time, before anything
    behind this class sees it. Until `take_up_to` is called it takes as much as without sign-in.
    `open` is the number of websockets of this process.
    """

    open: ClassVar[int] = 0

    def __init__(self, *given: Any, **settings: Any) -> None:
        super().__init__(*given, **settings)
        self._take_up_to(LARGEST_ANONYMOUS)
        self._allowed = float(AT_ONCE)
        self._counted_at = time.monotonic()

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        BoundedWebsocket.open += 1

    def connection_lost(self, exc: Exception | None) -> None:
        BoundedWebsocket.open -= 1
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        for at in range(0, len(data), READ_AT_ONCE):
            if self.transport.is_closing():
                return
            part = data[at : at + READ_AT_ONCE]
            self._allowed += len(part) / BYTES_OF_A_FRAME
            super().data_received(part)

    def handle_events(self) -> None:
        now = time.monotonic()
        regained = self._allowed + A_SECOND * (now - self._counted_at)
        self._allowed = min(AT_ONCE, regained) - len(self.conn.events)
        self._counted_at = now
        if self._allowed < 0:
            self.transport.abort()
        else:
            super().handle_events()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            ours: dict[object, object] = {TAKE_UP_TO: self._take_up_to}
            self.scope["extensions"] = {**(self.scope["extensions"] or {}), EXTENSION: ours}

    def _take_up_to(self, size: int) -> None:
        self.conn.max_message_size = size
