"""What proxies report about a visitor: accepted from trusted ones only, removed for all others.

The setting `trusted_proxies` names them. With several in a row, each appends the address from which
it was asked to X-Forwarded-For; the visitor's is the last one that is not a trusted proxy. Only
they may also report who has signed in with them, in the header of `proxy_account_header`.
"""

import logging
from collections.abc import Iterable
from ipaddress import ip_address

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from dashboard import provider_settings, settings
from dashboard.settings import Network

log = logging.getLogger(__name__)

SAID_BY_PROXIES = frozenset(
    {b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-real-ip", b"forwarded"}
)
ADDRESSES_REMEMBERED = 100
"""The most untrusted addresses logged, so that sending headers cannot fill the log."""
_named: set[str] = set()
Headers = list[tuple[bytes, bytes]]


class TrustedProxies:
    """Replaces a trusted proxy's address by the visitor's."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._trusted = settings.in_use().trusted_proxies
        header = provider_settings.proxy_account_header()
        self._account_header = header.encode() if header else None
        names = [str(each) for each in self._trusted]
        self._behind = ProxyHeadersMiddleware(app, trusted_hosts=names)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        peer = scope["client"][0] if scope.get("client") else ""
        if is_among(peer, self._trusted):
            kept = self._with_one_account(scope["headers"])
            await self._behind({**scope, "headers": kept}, receive, send)  # type: ignore[arg-type]
            return
        kept = [each for each in scope["headers"] if not self._is_said_by_proxies(each[0])]
        if len(kept) < len(scope["headers"]):
            _name_untrusted(peer)
        await self._app({**scope, "headers": kept}, receive, send)

    def _is_said_by_proxies(self, name: bytes) -> bool:
        return name in SAID_BY_PROXIES or self._names_account(name)

    def _names_account(self, name: bytes) -> bool:
        # Some servers treat _ as -, so that both spellings name the same header.
        return self._account_header is not None and name.replace(b"_", b"-") == self._account_header

    def _with_one_account(self, headers: Headers) -> Headers:
        """The headers, without those of an account if there are several."""
        naming = [name for name, _value in headers if self._names_account(name)]
        if len(naming) > 1 or naming not in ([], [self._account_header]):
            return [each for each in headers if not self._names_account(each[0])]
        return headers


def is_among(address: str, networks: Iterable[Network]) -> bool:
    """Whether `address` is in one of the networks; False for malformed addresses."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)


def _name_untrusted(peer: str) -> None:
    """Log an untrusted proxy once an address: it is missing in the settings, or an attacker's."""
    if peer in _named or len(_named) >= ADDRESSES_REMEMBERED:
        return
    _named.add(peer)
    log.warning("%s sends headers of a proxy and is not among trusted_proxies: ignored", peer)
