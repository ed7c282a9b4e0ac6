"""The signed-in viewer: found on every run by the session cookie of this connection.

Nothing about it is kept in Streamlit's session, which can be taken up again by its id alone.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from ipaddress import ip_address

import streamlit as st
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard import clock, logs, provider_settings, settings
from dashboard.reads import cache
from data.access import sign_in, vouched_sign_in
from data.access.permission import Viewer
from data.store import access_log
from data.store.access_log import Act
from data.store.database import DatabaseError, recording
from models.account import Event

NOTED_EVERY = 60.0
"""Seconds; how exactly it is known when a session was last used."""
SESSIONS_REMEMBERED = 10_000


class SignedOutError(Exception):
    """Nobody is signed in any more."""


def cookie_name() -> str:
    """Browsers take a `__Host-` cookie from this host by HTTPS only, and send it nowhere else."""
    return "__Host-gridlight" if settings.in_use().https else "gridlight"


def half_cookie_name() -> str:
    """The cookie of who is vouched for by a provider and is still to give a code."""
    return f"{cookie_name()}-code"


def way_cookie_name() -> str:
    """The cookie of who is on the way to a provider and back."""
    return f"{cookie_name()}-way"


def half_ticket() -> str | None:
    """The ticket that awaits a code, as the provider's sign-in left it in this browser."""
    value = st.context.cookies.to_dict().get(half_cookie_name())
    return value if isinstance(value, str) else None


def told_by_proxy() -> str | None:
    """The account that a trusted proxy names for this connection: "" where the name can be none of
    ours, None where no proxy names any."""
    header = provider_settings.proxy_account_header()
    told = st.context.headers.get(header) if header else None
    return vouched_sign_in.plain(told) if isinstance(told, str) and told.strip() else None


def token() -> str | None:
    """The session token in the cookie of this connection; None without a cookie."""
    value = st.context.cookies.to_dict().get(cookie_name())
    return value if isinstance(value, str) else None


def viewer() -> Viewer | None:
    """Who is signed in on this connection, if anybody."""
    held = token()
    signed_in = cache.viewer(held) if held else None
    told = told_by_proxy()
    if signed_in and told is not None and told != signed_in.account:
        # Somebody else sits at the browser now.
        return None
    if held and signed_in:
        logs.on_behalf_of(signed_in.account)
        _note_seen(held)
    return signed_in


def require_viewer() -> Viewer:
    """Who is looking, or `SignedOutError`. Fragments must ask: the entry point is not run then."""
    signed_in = viewer()
    if signed_in is None:
        raise SignedOutError
    return signed_in


def _note_seen(held: str) -> None:
    """Record that the session is in use: at most once a minute, in the background."""
    now = time.monotonic()
    if now - _seen.get(held, -NOTED_EVERY) < NOTED_EVERY:
        return
    while len(_seen) >= SESSIONS_REMEMBERED:
        _seen.pop(next(iter(_seen)), None)
    _seen[held] = now
    _notes.submit(_write_seen, cache.engine(), held, clock.now())


def _write_seen(engine: Engine, held: str, now: datetime) -> None:
    # Where others write for long, the next run notes it.
    with suppress(DatabaseError, SQLAlchemyError), recording(engine) as connection:
        sign_in.seen(connection, held, now)


_seen: dict[str, float] = {}
"""By session token, the monotonic time at which the session was last recorded as in use."""
_notes = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gridlight-seen")


def network_address() -> str | None:
    """Where the connection comes from; None on the machine itself, or where a proxy tells something
    that is no address."""
    address = st.context.ip_address
    try:
        return str(ip_address(address)) if isinstance(address, str) else None
    except ValueError:
        return None


def act() -> Act:
    """The circumstances of what the viewer does now, for the access log."""
    return Act(require_viewer().account, clock.now(), network_address())


def note(what: Event, subject: str) -> None:
    """Enter in the access log that the viewer does `what`."""
    with recording(cache.engine()) as connection:
        access_log.append(connection, act(), what, subject)


def log_export(viewer: Viewer, subject: str, address: str | None) -> None:
    """Enter in the access log that a file is handed out to `viewer`, outside any page."""
    with recording(cache.engine()) as connection:
        there = Act(viewer.account, clock.now(), address)
        access_log.append(connection, there, Event.EXPORTED, subject)
