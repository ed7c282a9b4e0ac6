"""Whether a request comes from a page of ours: same scheme, same host, same port."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.types import Scope

from dashboard import settings

PORTS = {"http": 80, "https": 443}


def header(scope: Scope, name: str) -> str | None:
    """The only value of a header of a request; None when it is missing or there are several."""
    values = [value for key, value in scope["headers"] if key == name.encode()]
    return values[0].decode("latin-1") if len(values) == 1 else None


def is_ours(scope: Scope) -> bool:
    """Whether `Origin` names just the server that is asked; False when it says nothing."""
    origin, host = header(scope, "origin"), header(scope, "host")
    if not origin or not host:
        return False
    ours = _parts(f"{_scheme(scope)}://{host}")
    return ours is not None and _parts(origin) == ours


def is_from_our_page(scope: Scope) -> bool:
    """Whether a browser says that a page of ours sent the request; False when it says nothing.

    `Sec-Fetch-Site` is sent by HTTPS and on the machine itself only, `Origin` always.
    """
    site = header(scope, "sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    return is_ours(scope) if header(scope, "origin") else site == "same-origin"


def own_address(scope: Scope) -> str | None:
    """Scheme, host and port by which the browser reaches us, as addresses begin; None when it does
    not say, or says what cannot be."""
    host = header(scope, "host")
    address = f"{_scheme(scope)}://{host}"
    return address if host and _parts(address) else None


def client(scope: Scope) -> str | None:
    """The network address that a request comes from: None on the machine itself, or where a proxy
    tells something that is no address."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        return None if ip_address(host).is_loopback else str(host)
    except ValueError:
        return None


def _scheme(scope: Scope) -> str:
    if settings.in_use().https or scope["scheme"] in ("https", "wss"):
        return "https"
    return "http"


def _parts(address: str) -> tuple[str, str, int] | None:
    try:
        split = urlsplit(address)
        port = split.port or PORTS.get(split.scheme)
    except ValueError:
        return None
    more = split.path or split.query or split.fragment or split.username or split.password
    if more or not split.hostname or port is None:
        return None
    return split.scheme, split.hostname, port
