"""Who is looking: the session row named by the cookie of this connection, asked on every run.

Nothing about it is kept in Streamlit's session, which can be taken up again by its id alone.
"""

import streamlit as st

from dashboard import clock, settings
from dashboard.reads import cache
from data.access.permission import Viewer
from data.store import access_log
from data.store.access_log import Act
from data.store.database import recording
from models.account import Event


class SignedOutError(Exception):
    """Nobody is signed in any more."""


def cookie_name() -> str:
    """Browsers take a `__Host-` cookie from this host by HTTPS only, and send it nowhere else."""
    return "__Host-gridlight" if settings.in_use().https else "gridlight"


def token() -> str | None:
    """What the cookie of this connection holds."""
    value = st.context.cookies.to_dict().get(cookie_name())
    return value if isinstance(value, str) else None


def viewer() -> Viewer | None:
    """Who is signed in on this connection, if anybody."""
    held = token()
    return cache.viewer(held) if held else None


def require_viewer() -> Viewer:
    """Who is looking, or `SignedOutError`. Fragments must ask: the entry point is not run then."""
    found = viewer()
    if found is None:
        raise SignedOutError
    return found


def network_address() -> str | None:
    """Where the connection comes from; None on the machine itself."""
    address = st.context.ip_address
    return address if isinstance(address, str) else None


def act() -> Act:
    """The circumstances of what the viewer does now, for the access log."""
    return Act(require_viewer().account, clock.now(), network_address())


def note(what: Event, subject: str) -> None:
    """Enter in the access log that the viewer does `what`."""
    with recording(cache.engine()) as connection:
        access_log.append(connection, act(), what, subject)


def log_export(found: Viewer, subject: str, address: str | None) -> None:
    """Enter in the access log that a file is handed out to `found`, outside any page."""
    with recording(cache.engine()) as connection:
        there = Act(found.account, clock.now(), address)
        access_log.append(connection, there, Event.EXPORTED, subject)
