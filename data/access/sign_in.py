"""Signing in: failures and the lock, tickets, and the sessions that say who somebody is.

What is given to a browser is kept only as its hash. Functions that change something want one of
the transactions of `data.database.writing`.
"""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlmodel import col

from data.access import kept_passwords, permission
from data.access.passwords import matched_by_none
from data.access.permission import ChangeReason, Viewer
from data.access.policy import DEFAULT, Policy
from data.store import access_log
from data.store.access_log import Act
from models.account import (
    NAME_LENGTH,
    AccessEntry,
    Account,
    Event,
    Grant,
    SignInFailure,
    SignInSession,
    SignInTicket,
    role_of,
)

TICKET_LASTS = timedelta(seconds=30)
SESSION_LASTS = timedelta(hours=8)
RENEWED_FOR = timedelta(days=7)
"""How old a session may grow that a wall renews; then somebody signs in to it anew."""
LOCK_WINDOW = timedelta(minutes=15)
# From elsewhere the owner still gets in, so that nobody locks out a leader by typing the name.
FROM_ONE_ADDRESS, FROM_ANYWHERE = 5, 50
UNDER_MANY_NAMES = 30
"""Failures from one address under whatever names, after which only who signed in from it may."""
ONE_TIME_OVER = "one-time password over"
"""In the log, what was wrong with a sign-in whose password was right."""
NOBODY = "?"
"""In the log, in place of what was typed as a name and is none."""


def plain(name: str) -> str:
    """A name as typed, in the form in which it is compared and kept."""
    return name.strip().lower()[:NAME_LENGTH]


def hash_to_match(connection: Connection, name: str, now: datetime, address: str | None) -> str:
    """The password hash of the account, or one that nothing matches: for a name that nobody bears,
    a disabled account, one without a password, and while the name is locked."""
    account = _active(connection, name)
    if account is None or account.password_hash is None or locked(connection, name, now, address):
        return matched_by_none()
    return str(account.password_hash)


def locked(connection: Connection, name: str, now: datetime, address: str | None) -> bool:
    """Whether so many sign-ins under the name failed lately that no password opens it for now."""
    lately = col(SignInFailure.at) > now - LOCK_WINDOW
    named = col(SignInFailure.name) == _kept_name(connection, name)
    here = col(SignInFailure.address).is_not_distinct_from(address)
    count = select(func.count(col(SignInFailure.id)))
    if (connection.scalar(count.where(lately, named, here)) or 0) >= FROM_ONE_ADDRESS:
        return True
    anywhere = connection.scalar(count.where(lately, named)) or 0
    of_address = connection.scalar(count.where(lately, here)) or 0
    if anywhere < FROM_ANYWHERE and of_address < UNDER_MANY_NAMES:
        return False
    return not _signed_in_from(connection, name, address)


def _signed_in_from(connection: Connection, name: str, address: str | None) -> bool:
    """Whether the account has signed in from the network address before."""
    entry = select(col(AccessEntry.number)).where(
        col(AccessEntry.account) == plain(name),
        col(AccessEntry.what) == Event.SIGNED_IN.value,
        col(AccessEntry.address).is_not_distinct_from(address),
    )
    return connection.execute(entry.limit(1)).first() is not None


def _kept_name(connection: Connection, name: str) -> str:
    """A name as it is kept: nobody's is kept as a hash, since people type passwords there."""
    known = connection.scalar(select(col(Account.name)).where(col(Account.name) == plain(name)))
    return known or _hash(plain(name))[:NAME_LENGTH]


def refuse(connection: Connection, act: Act) -> bool:
    """Note that a sign-in failed; whether the name is locked now. While it is, none is counted."""
    kept = _kept_name(connection, act.account)
    known = kept == plain(act.account)
    logged = act if known else replace(act, account=NOBODY)
    access_log.append(connection, logged, Event.SIGN_IN_REFUSED)
    if not locked(connection, act.account, act.at, act.address):
        connection.execute(
            delete(SignInFailure).where(col(SignInFailure.at) <= act.at - LOCK_WINDOW)
        )
        connection.execute(insert(SignInFailure).values(name=kept, at=act.at, address=act.address))
    return locked(connection, act.account, act.at, act.address)


def accept(connection: Connection, act: Act) -> str | None:
    """A ticket for the account whose password was right; the failures under its name are over.

    None, and an entry in the log, when it is a one-time password that is over.
    """
    name = plain(act.account)
    account = _active(connection, name)
    if account and account.password_hash and kept_passwords.one_time_is_over(account, act.at):
        access_log.append(connection, act, Event.SIGN_IN_REFUSED, ONE_TIME_OVER)
        return None
    connection.execute(delete(SignInFailure).where(col(SignInFailure.name) == name))
    connection.execute(delete(SignInTicket).where(col(SignInTicket.expires_at) <= act.at))
    ticket = secrets.token_urlsafe(32)
    connection.execute(
        insert(SignInTicket).values(
            ticket_hash=_hash(ticket), account=name, expires_at=act.at + TICKET_LASTS
        )
    )
    return ticket


def enter(connection: Connection, act: Act) -> str | None:
    """A ticket for an account of the demonstration, which has no password; None for any other."""
    account = _active(connection, act.account)
    if account is None or account.password_hash is not None:
        return None
    return accept(connection, act)


def account_of_ticket(connection: Connection, ticket: str, now: datetime) -> str | None:
    """Whose ticket it is; None when it was used, is too old or unknown. Needs no lock."""
    return connection.scalar(
        select(col(SignInTicket.account)).where(
            col(SignInTicket.ticket_hash) == _hash(ticket), col(SignInTicket.expires_at) > now
        )
    )


def redeem(connection: Connection, ticket: str, now: datetime, address: str | None) -> str | None:
    """The token of a new session for a ticket; None when it was used, is too old or unknown."""
    account = account_of_ticket(connection, ticket, now)
    connection.execute(delete(SignInTicket).where(col(SignInTicket.ticket_hash) == _hash(ticket)))
    if account is None or _active(connection, account) is None:
        return None
    connection.execute(delete(SignInSession).where(col(SignInSession.expires_at) <= now))
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(SignInSession).values(
            token_hash=_hash(token),
            account=account,
            started_at=now,
            expires_at=now + SESSION_LASTS,
            address=address,
        )
    )
    access_log.append(connection, Act(account, now, address), Event.SIGNED_IN)
    return token


def renew(connection: Connection, token: str, now: datetime) -> bool:
    """Let an open session last as long again unless it is `RENEWED_FOR` old; whether it does.

    Only what shows a wall asks for it: a browser that nobody works at for days.
    """
    renewed = connection.execute(
        update(SignInSession)
        .where(
            col(SignInSession.token_hash) == _hash(token),
            col(SignInSession.expires_at) > now,
            col(SignInSession.started_at) > now - RENEWED_FOR,
        )
        .values(expires_at=now + SESSION_LASTS)
    )
    return bool(renewed.rowcount)


def viewer(
    connection: Connection, token: str, now: datetime, policy: Policy = DEFAULT
) -> Viewer | None:
    """Who is signed in by `token`, with the rights of this moment; None when nobody is."""
    session = connection.execute(
        select(col(SignInSession.account), col(SignInSession.started_at)).where(
            col(SignInSession.token_hash) == _hash(token), col(SignInSession.expires_at) > now
        )
    ).first()
    account = _active(connection, session.account) if session else None
    if session is None or account is None:
        return None
    grants = connection.execute(
        select(col(Grant.kind), col(Grant.code)).where(col(Grant.account) == account.name)
    )
    return permission.viewer(
        account.name,
        account.full_name,
        role_of(account.role),
        [(row.kind, row.code) for row in grants],
        must_change=_why_change(account, session.started_at, policy),
    )


def _why_change(account: Row[Any], signed_in_at: datetime, policy: Policy) -> ChangeReason | None:
    """Why the password must be replaced. One that grows too old during a session lasts it out."""
    if account.must_change:
        return ChangeReason.GIVEN
    has_one = account.password_hash is not None
    too_old = has_one and kept_passwords.is_too_old(account, signed_in_at, policy)
    return ChangeReason.TOO_OLD if too_old else None


def sign_out(connection: Connection, token: str, now: datetime, address: str | None) -> None:
    """End the session; nothing happens when it is over already."""
    account = connection.scalar(
        select(col(SignInSession.account)).where(col(SignInSession.token_hash) == _hash(token))
    )
    if account is None:
        return
    connection.execute(delete(SignInSession).where(col(SignInSession.token_hash) == _hash(token)))
    access_log.append(connection, Act(account, now, address), Event.SIGNED_OUT)


def _active(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(
        select(Account.__table__).where(  # type: ignore[attr-defined]
            col(Account.name) == plain(name), col(Account.disabled_at).is_(None)
        )
    ).first()


def _hash(secret: str) -> str:
    # What is sent may hold what no text holds.
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
