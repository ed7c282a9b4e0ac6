"""The signed-in viewer, found in every run by the session cookie of the connection.

Nothing about the viewer is stored in Streamlit's session, which can be resumed by its id alone.
"""

import logging
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
from data.store.database import DatabaseError, reading, recording
from models.account import Event

log = logging.getLogger(__name__)

NOTED_EVERY = 60.0
"""Seconds between two records of a session's activity."""
SESSIONS_REMEMBERED = 10_000


class SignedOutError(Exception):
    """Nobody is signed in any more."""


def cookie_name() -> str:
    """The name of the session cookie; with HTTPS its `__Host-` prefix binds it to this host."""
    return "__Host-gridlight" if settings.in_use().https else "gridlight"


def half_cookie_name() -> str:
    """The cookie of a sign-in by a provider that still needs a second-factor code."""
    return f"{cookie_name()}-code"


def way_cookie_name() -> str:
    """The cookie of a sign-in on its way to a provider and back."""
    return f"{cookie_name()}-way"


def provider_cookie_name() -> str:
    """The cookie that tells who came by a provider in this browser."""
    return f"{cookie_name()}-provider"


def half_ticket() -> str | None:
    """The ticket that needs a second-factor code, left in this browser by sign-in at a provider."""
    value = st.context.cookies.to_dict().get(half_cookie_name())
    return value if isinstance(value, str) else None


def told_by_proxy() -> str | None:
    """The account that a trusted proxy names for this connection.

    "" if the name cannot be an account's, None if no proxy names any.
    """
    header = provider_settings.proxy_account_header()
    told = st.context.headers.get(header) if header else None
    return vouched_sign_in.plain(told) if isinstance(told, str) and told.strip() else None


def token() -> str | None:
    """The session token in the cookie of this connection; None without a cookie."""
    value = st.context.cookies.to_dict().get(cookie_name())
    return value if isinstance(value, str) else None


def viewer() -> Viewer | None:
    """The viewer signed in on this connection; None if nobody is."""
    held = token()
    signed_in = cache.viewer(held) if held else None
    told = told_by_proxy()
    if signed_in and told is not None and told != signed_in.account:
        # Somebody else now uses the browser.
        return None
    if held and signed_in:
        logs.on_behalf_of(signed_in.account)
        _note_seen(held)
    return signed_in


def require_viewer() -> Viewer:
    """The viewer; raises `SignedOutError` without one. Fragments, which run alone, must call it."""
    signed_in = viewer()
    if signed_in is None:
        raise SignedOutError
    return signed_in


def leave(held: str, network_address: str | None) -> None:
    """End the session of a token.

    The browser must be signed out even where that cannot be written now, on a full disk or beside a
    long write: then it is logged, and the session ends when it has been idle.
    """
    try:
        with reading(cache.engine()) as connection:
            # Made-up tokens do not wait for the right to write.
            if sign_in.account_of_session(connection, held) is None:
                return
        with recording(cache.engine()) as connection:
            sign_in.sign_out(connection, held, clock.now(), network_address)
    except DatabaseError:
        log.warning("a session could not be ended: it ends when it has been idle")
    cache.forget_viewers()


def _note_seen(held: str) -> None:
    """Record that the session is active, at most once a minute, in the background."""
    now = time.monotonic()
    if now - _seen.get(held, -NOTED_EVERY) < NOTED_EVERY:
        return
    while len(_seen) >= SESSIONS_REMEMBERED:
        _seen.pop(next(iter(_seen)), None)
    _seen[held] = now
    _notes.submit(_write_seen, cache.engine(), held, clock.now())


def _write_seen(engine: Engine, held: str, now: datetime) -> None:
    # If the database is busy for long, the next run records it.
    with suppress(DatabaseError, SQLAlchemyError), recording(engine) as connection:
        sign_in.seen(connection, held, now)


_seen: dict[str, float] = {}
"""By session token, the monotonic time at which the session was last recorded as in use."""
_notes = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gridlight-seen")


def network_address() -> str | None:
    """The visitor's network address; None on localhost, or if a proxy reports a malformed one."""
    address = st.context.ip_address
    try:
        return str(ip_address(address)) if isinstance(address, str) else None
    except ValueError:
        return None


def act() -> Act:
    """The account, time and network address of an action of the viewer, for the access log."""
    return Act(require_viewer().account, clock.now(), network_address())


def note(what: Event, subject: str) -> None:
    """Enter in the access log that the viewer does `what` to `subject`."""
    with recording(cache.engine()) as connection:
        access_log.append(connection, act(), what, subject)


def log_export(viewer: Viewer, subject: str, address: str | None) -> None:
    """Enter in the access log that `viewer` downloads a file, outside a page."""
    with recording(cache.engine()) as connection:
        there = Act(viewer.account, clock.now(), address)
        access_log.append(connection, there, Event.EXPORTED, subject)
