"""Limit the number of open connections and the time that an idle one is kept."""

import asyncio
import resource
from collections import Counter
from ipaddress import ip_address
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from dashboard.serving.proxies import is_among
from dashboard.settings import Network

FIRST_REQUEST_WITHIN = 15
"""Seconds after which a connection without a request is closed."""
FROM_ONE_ADDRESS = 512
"""The most HTTP connections from one network address outside."""
KEPT_FREE = 256
"""Open files reserved for the database, pages and downloads."""
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
    """A connection that is closed if there are too many, or if it sends no request in time."""

    open: ClassVar[Counter[str]] = Counter()
    most: ClassVar[int] = 65_536 - KEPT_FREE
    proxies: ClassVar[tuple[Network, ...]] = ()
    _counted: str | None = None
    _silent: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        # All visitors come from the address of a proxy.
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
        # Only a complete request counts, so that sending slowly does not help.
        if self._silent and self.cycle is not None:
            self._stop_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        self._uncount()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event) -> None:  # type: ignore[no-untyped-def]
        # The gate counts websockets.
        self._stop_timer()
        self._uncount()
        super().handle_websocket_upgrade(event)

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
