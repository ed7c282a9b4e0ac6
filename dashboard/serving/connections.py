"""How many connections are held open, and for how long one that asks nothing."""

import asyncio
import resource
from collections import Counter
from ipaddress import ip_address
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from dashboard.serving.proxies import is_among
from dashboard.settings import Network

FIRST_REQUEST_WITHIN = 15
"""Seconds; then a connection that has asked nothing is closed."""
FROM_ONE_ADDRESS = 512
"""Connections from one network address outside that wait for or ask something."""
KEPT_FREE = 256
"""Open files left for the database, pages and files."""
WANTED = 65_536


def most() -> int:
    """How many connections may be open at once, after the limit of open files has been raised."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return max(64, (WANTED if soft == resource.RLIM_INFINITY else soft) - KEPT_FREE)


class BoundedConnection(H11Protocol):
    """A connection that is dropped where there are too many, or when it asks nothing."""

    open: ClassVar[Counter[str]] = Counter()
    most: ClassVar[int] = 65_536 - KEPT_FREE
    proxies: ClassVar[tuple[Network, ...]] = ()
    _counted: str | None = None
    _silent: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        # A proxy brings everybody.
        brings_others = _is_here(address) or is_among(address, self.proxies)
        crowded = not brings_others and self.open[address] >= FROM_ONE_ADDRESS
        if crowded or len(self.connections) > self.most:
            transport.abort()
            return
        self.open[address] += 1
        self._counted = address
        self._silent = self.loop.call_later(FIRST_REQUEST_WITHIN, transport.abort)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        # Half a request is none: it must be whole in time.
        if self._silent and self.cycle is not None:
            self._spoke()

    def connection_lost(self, exc: Exception | None) -> None:
        self._spoke()
        self._uncount()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event) -> None:  # type: ignore[no-untyped-def]
        # From here on the gate counts it.
        self._spoke()
        self._uncount()
        super().handle_websocket_upgrade(event)

    def _spoke(self) -> None:
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
