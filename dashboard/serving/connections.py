"""Limit the number of open connections and the time that a silent one is kept."""

import asyncio
import resource
from collections import Counter
from ipaddress import ip_address
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from dashboard.serving.frames import BoundedWebsocket
from dashboard.serving.proxies import is_among
from dashboard.settings import Network
from data.access.networks import network_of

WITHIN = 15
"""Seconds in which the head of a request must arrive, and a part of its body."""
PART_OF_A_BODY = 64 << 10
"""Bytes that must arrive in each such time until a body is whole."""
FROM_ONE_ADDRESS = 512
"""The most HTTP connections from one network address outside, of IPv6 from one network."""
KEPT_FREE = 256
"""Open files reserved for the database, pages and downloads."""
FILES_OF_A_WEBSOCKET = 4
"""Open files that a websocket takes, with the event loop of its session."""
FOR_WEBSOCKETS = 0.75
"""The share of the open files that websockets may take, so that requests are still answered."""
WANTED = 65_536


def most() -> int:
    """The most open connections, after raising the limit of open files as far as allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return max(64, (WANTED if soft == resource.RLIM_INFINITY else soft) - KEPT_FREE)


class BoundedConnection(H11Protocol):
    """A connection that is closed if there are too many, or if a request does not arrive."""

    open: ClassVar[Counter[str]] = Counter()
    most: ClassVar[int] = 65_536 - KEPT_FREE
    proxies: ClassVar[tuple[Network, ...]] = ()
    _counted: str | None = None
    _silent: asyncio.TimerHandle | None = None
    _arrived: int = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        # All visitors come from the address of a proxy.
        brings_others = _is_here(address) or is_among(address, self.proxies)
        network = network_of(address)
        crowded = not brings_others and self.open[network] >= FROM_ONE_ADDRESS
        if crowded or self._files_open() > self.most:
            transport.abort()
            return
        self.open[network] += 1
        self._counted = network
        self._wait()

    def data_received(self, data: bytes) -> None:
        before = self.conn.their_state
        super().data_received(data)
        if self.transport.get_protocol() is not self:
            return  # It has become a websocket, which may be silent.
        self._arrived += len(data)
        # Only a whole request ends the waiting, so that sending slowly does not help.
        if not self._is_incomplete():
            self._stop_timer()
        elif self._silent is None or before is not self.conn.their_state:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        self._uncount()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event) -> None:  # type: ignore[no-untyped-def]
        with_this_one = FILES_OF_A_WEBSOCKET * (BoundedWebsocket.open + 1)
        if with_this_one > FOR_WEBSOCKETS * self.most:
            self.transport.abort()
            return
        # The gate counts websockets by address and by sign-in.
        self._stop_timer()
        self._uncount()
        super().handle_websocket_upgrade(event)
        # Of a handshake that it cannot read it says nothing, and keeps the connection.
        websocket = self.transport.get_protocol()
        if isinstance(websocket, BoundedWebsocket) and not websocket.handshake_initiated:
            self.transport.abort()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        # The next request may have arrived in part together with the one that was answered.
        if self.transport.get_protocol() is self and self._is_incomplete() and not self._silent:
            self._wait()

    def _files_open(self) -> int:
        """The number of files that all connections take together."""
        return len(self.connections) + (FILES_OF_A_WEBSOCKET - 1) * BoundedWebsocket.open

    def _is_incomplete(self) -> bool:
        """Whether a request has begun, but its head or its body is not whole."""
        state = self.conn.their_state
        return state is h11.SEND_BODY or (state is h11.IDLE and bool(self.conn.trailing_data[0]))

    def _wait(self) -> None:
        self._stop_timer()
        self._arrived = 0
        self._silent = self.loop.call_later(WITHIN, self._close_if_slow)

    def _close_if_slow(self) -> None:
        # We do not read on while the application has not taken what arrived.
        arrives = self.flow.read_paused or self._arrived >= PART_OF_A_BODY
        if self.conn.their_state is h11.SEND_BODY and arrives:
            self._wait()
        else:
            self.transport.abort()

    def _stop_timer(self) -> None:
        if self._silent:
            self._silent.cancel()
            self._silent = None

    def _uncount(self) -> None:
        if self._counted is None:
            return
        self.open[self._counted] -= 1
        if not self.open[self._counted]:
            del self.open[self._counted]
        self._counted = None


def _is_here(address: str) -> bool:
    try:
        return not address or ip_address(address).is_loopback
    except ValueError:
        return False
