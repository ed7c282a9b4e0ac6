"""Limit the messages of a websocket while they arrive: their size, and the number of frames."""

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
"""The most frames without sign-in, pings and pongs included: at once, and a second on average."""
OF_SIGNED_IN = 1_000
"""The same for people who are signed in, at once and a second: far more than any page sends."""
BYTES_OF_A_FRAME = 1024
"""One more frame is allowed for this many bytes: a browser splits long messages only."""
READ_AT_ONCE = 512
"""Bytes read at a time: at most about 80 empty frames fit, so that too many are noticed before they
are decoded."""
EXTENSION, TAKE_MORE = "gridlight.frames", "take_more"
"""The name of our extension in the scope of a handshake, and of the function in it that raises the
limits."""


def take_more(scope: Scope) -> None:
    """Give the websocket of this handshake, not yet accepted, the limits of people who are signed
    in; does nothing on a server without this class."""
    if limits := scope.get("extensions", {}).get(EXTENSION):
        limits[TAKE_MORE]()


class BoundedWebsocket(WebSocketsSansIOProtocol):
    """A websocket that is closed as soon as it exceeds its limits.

    An incomplete message takes memory, and each frame takes time, before any code behind this class
    sees them. Until `take_more` is called the limits are those without sign-in. `open` is the
    number of websockets of this process.
    """

    open: ClassVar[int] = 0

    def __init__(self, *given: Any, **settings: Any) -> None:
        super().__init__(*given, **settings)
        self.conn.max_message_size = LARGEST_ANONYMOUS
        self._at_once, self._a_second = float(AT_ONCE), A_SECOND
        self._allowed = self._at_once
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
        regained = self._allowed + self._a_second * (now - self._counted_at)
        self._allowed = min(self._at_once, regained) - len(self.conn.events)
        self._counted_at = now
        if self._allowed < 0:
            self.transport.abort()
        else:
            super().handle_events()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            ours: dict[object, object] = {TAKE_MORE: self._take_more}
            self.scope["extensions"] = {**(self.scope["extensions"] or {}), EXTENSION: ours}

    def _take_more(self) -> None:
        self.conn.max_message_size = LARGEST
        self._at_once = self._a_second = self._allowed = float(OF_SIGNED_IN)
