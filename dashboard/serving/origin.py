"""Check whether a request comes from one of our pages: same scheme, host and port."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.types import Scope

from dashboard import settings

PORTS = {"http": 80, "https": 443}


def header(scope: Scope, name: str) -> str | None:
    """The value of a request header; None if it is missing or given more than once."""
    values = [value for key, value in scope["headers"] if key == name.encode()]
    return values[0].decode("latin-1") if len(values) == 1 else None


def is_ours(scope: Scope) -> bool:
    """Whether `Origin` is the server that is asked; False without that header."""
    origin, host = header(scope, "origin"), header(scope, "host")
    if not origin or not host:
        return False
    ours = _parts(f"{_scheme(scope)}://{host}")
    return ours is not None and _parts(origin) == ours


def is_from_our_page(scope: Scope) -> bool:
    """Whether the browser says that one of our pages sent the request; False if it says nothing.

    Browsers send `Sec-Fetch-Site` only with HTTPS and on localhost, but `Origin` always.
    """
    site = header(scope, "sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    return is_ours(scope) if header(scope, "origin") else site == "same-origin"


def own_address(scope: Scope) -> str | None:
    """The scheme, host and port by which the browser reaches us, such as "https://host:8501".

    None if the request does not say, or says something malformed.
    """
    host = header(scope, "host")
    address = f"{_scheme(scope)}://{host}"
    return address if host and _parts(address) else None


def client(scope: Scope) -> str | None:
    """The visitor's network address; None for localhost, or if a proxy reports a malformed one."""
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
