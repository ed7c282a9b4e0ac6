"""Signing in: one-time tickets, and the sessions that they open.

Tickets and session tokens are stored only as hashes. Functions that write expect a transaction of
`data.store.database`.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlmodel import col

from data.access import brakes, kept_passwords, permission, resets, second_factor, sessions
from data.access.brakes import locked, plain
from data.access.passwords import matched_by_none
from data.access.permission import ChangeReason, Viewer
from data.access.policy import DEFAULT, Policy
from data.access.seals import Seal
from data.access.secrets_kept import hashed
from data.store import access_log
from data.store.access_log import Act
from models.account import (
    Account,
    Event,
    Grant,
    PasswordReset,
    SignInFailure,
    SignInSession,
    SignInTicket,
    Way,
    role_of,
)

TICKET_LASTS = timedelta(seconds=30)
CODE_WITHIN = timedelta(minutes=5)
"""After a right password, the time in which the second factor's code must be typed."""
SESSION_LASTS = timedelta(hours=8)
RENEWED_FOR = timedelta(days=7)
"""How old a session of a wall screen may become; then somebody must sign in again."""
ONE_TIME_OVER = "one-time password over"
"""The reason logged for a refused sign-in whose password was right."""


def hash_to_match(connection: Connection, name: str, now: datetime, address: str | None) -> str:
    """The password hash to compare with for the account `name`.

    It is one that no password matches if the account is unknown, disabled, locked or has no
    password. The same is looked up for each, so that the time tells nothing either.
    """
    account, is_locked = _active(connection, name), locked(connection, name, now, address)
    if account is None or account.password_hash is None or is_locked:
        return matched_by_none()
    return str(account.password_hash)


def accept(
    connection: Connection, act: Act, *, code_given: bool = False, way: Way = Way.PASSWORD
) -> str | None:
    """A ticket for the account of `act`, whose password was right or whose identity was vouched
    for.

    If the account has a second factor and `code_given` is false, the ticket first needs a code: see
    `complete`. Otherwise earlier failures under the name from this address are deleted. None, and
    an entry in the access log, if the one-time password has expired or so many other tries failed
    while this password was compared that the name is locked.
    """
    name = plain(act.account)
    account = _active(connection, name)
    by_password = way is Way.PASSWORD and account is not None and account.password_hash
    if by_password and not code_given and locked(connection, name, act.at, act.address):
        brakes.refuse(connection, act)
        return None
    if account and by_password and kept_passwords.one_time_is_over(account, act.at):
        access_log.append(connection, act, Event.SIGN_IN_REFUSED, ONE_TIME_OVER)
        return None
    awaits_code = not code_given and second_factor.is_on(connection, name)
    if not awaits_code:
        # Those from elsewhere stay: whoever guesses there must not gain by the owner's success.
        here = brakes.failed_from(act.address)
        connection.execute(delete(SignInFailure).where(col(SignInFailure.name) == name, here))
    connection.execute(delete(SignInTicket).where(col(SignInTicket.expires_at) <= act.at))
    ticket = secrets.token_urlsafe(32)
    connection.execute(
        insert(SignInTicket).values(
            ticket_hash=hashed(ticket),
            account=name,
            expires_at=act.at + (CODE_WITHIN if awaits_code else TICKET_LASTS),
            awaits_code=awaits_code,
            way=way.value,
        )
    )
    return ticket


def awaits_code(connection: Connection, ticket: str, now: datetime) -> str | None:
    """The account of a ticket that still needs a second-factor code; None for any other ticket."""
    return _account_of(connection, ticket, now, awaits_code=True)


def complete(connection: Connection, act: Act, ticket: str, typed: str, seal: Seal) -> str | None:
    """Exchange a ticket that needs a code for one that opens a session, if the code `typed` is
    right.

    None, and an entry in the access log, if the code is wrong, was used before, or codes are
    locked.
    """
    name = awaits_code(connection, ticket, act.at)
    if name is None or _active(connection, name) is None:
        return None
    act = Act(name, act.at, act.address)
    if not second_factor.passes(connection, act, typed, seal):
        brakes.refuse_code(connection, act)
        return None
    brakes.forget_codes(connection, name)
    way = _way_of(connection, ticket)
    connection.execute(delete(SignInTicket).where(col(SignInTicket.ticket_hash) == hashed(ticket)))
    return accept(connection, act, code_given=True, way=way)


def enter(connection: Connection, act: Act) -> str | None:
    """A ticket for a demonstration account, which has no password; None for any other account."""
    account = _active(connection, act.account)
    if account is None or account.password_hash is not None or account.provisioned:
        return None
    return accept(connection, act)


def account_of_ticket(connection: Connection, ticket: str, now: datetime) -> str | None:
    """The account of a ticket that can open a session; None if unknown, used, old or lacking a
    code."""
    return _account_of(connection, ticket, now, awaits_code=False)


def _account_of(
    connection: Connection, ticket: str, now: datetime, *, awaits_code: bool
) -> str | None:
    return connection.scalar(
        select(col(SignInTicket.account)).where(
            col(SignInTicket.ticket_hash) == hashed(ticket),
            col(SignInTicket.expires_at) > now,
            col(SignInTicket.awaits_code).is_(awaits_code),
        )
    )


def _way_of(connection: Connection, ticket: str) -> Way:
    """How the ticket's owner proved who they are: by password, provider or proxy."""
    kept = connection.scalar(
        select(col(SignInTicket.way)).where(col(SignInTicket.ticket_hash) == hashed(ticket))
    )
    return Way(kept) if kept else Way.PASSWORD


def redeem(
    connection: Connection,
    ticket: str,
    now: datetime,
    address: str | None,
    policy: Policy = DEFAULT,
) -> str | None:
    """Open a session for a ticket and return its token; None for an unknown, used or old ticket."""
    account, way = account_of_ticket(connection, ticket, now), _way_of(connection, ticket)
    connection.execute(
        delete(SignInTicket).where(
            col(SignInTicket.ticket_hash) == hashed(ticket), ~col(SignInTicket.awaits_code)
        )
    )
    owner = _active(connection, account) if account else None
    if account is None or owner is None:
        return None
    connection.execute(delete(SignInSession).where(col(SignInSession.expires_at) <= now))
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(SignInSession).values(
            token_hash=hashed(token),
            account=account,
            started_at=now,
            expires_at=now + SESSION_LASTS,
            seen_at=now,
            address=address,
            way=way.value,
        )
    )
    act = Act(account, now, address)
    by_password = way is Way.PASSWORD
    after_reset = by_password and owner.must_change and _record_first_use(connection, act)
    event = Event.SIGNED_IN_AFTER_RESET if after_reset else Event.SIGNED_IN
    access_log.append(connection, act, event, "" if by_password else way.value)
    sessions.end_too_many(connection, act, policy)
    return token


def _record_first_use(connection: Connection, act: Act) -> bool:
    """Record the first sign-in with a password from a reset; return whether it is from one."""
    latest = connection.execute(
        select(col(PasswordReset.id), col(PasswordReset.used_at))
        .where(
            col(PasswordReset.account) == act.account,
            col(PasswordReset.made_at).is_not(None),
            ~col(PasswordReset.of_factor),
        )
        .order_by(col(PasswordReset.id).desc())
        .limit(1)
    ).first()
    if latest is not None and latest.used_at is None:
        connection.execute(
            update(PasswordReset)
            .where(col(PasswordReset.id) == latest.id)
            .values(used_at=act.at, used_from=act.address)
        )
    return latest is not None


def renew(connection: Connection, token: str, now: datetime, policy: Policy = DEFAULT) -> bool:
    """Extend an open session that shows a wall screen; return whether it is still open.

    A session older than `RENEWED_FOR` is not extended. An extended one never counts as idle.
    """
    renewed = connection.execute(
        update(SignInSession)
        .where(
            col(SignInSession.token_hash) == hashed(token),
            sessions.is_open(now, policy),
            col(SignInSession.started_at) > now - RENEWED_FOR,
        )
        .values(expires_at=now + SESSION_LASTS, wall=True)
    )
    return bool(renewed.rowcount)


def viewer(
    connection: Connection, token: str, now: datetime, policy: Policy = DEFAULT
) -> Viewer | None:
    """The viewer signed in by `token`, with the rights in force at `now`; None if no session is
    open.
    """
    session = connection.execute(
        select(SignInSession.__table__).where(  # type: ignore[attr-defined]
            col(SignInSession.token_hash) == hashed(token), sessions.is_open(now, policy)
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
        must_change=_why_change(account, session, policy),
        must_enrol=_must_enrol(connection, account, session, policy),
        resets=() if session.told else resets.notices(connection, account.name, now),
    )


def _must_enrol(
    connection: Connection, account: Row[Any], session: Row[Any], policy: Policy
) -> bool:
    of_demonstration = account.password_hash is None and not account.provisioned
    if of_demonstration or role_of(account.role) not in policy.second_factor:
        return False
    if session.way != Way.PASSWORD and policy.factor_left:
        return False
    return not second_factor.is_on(connection, account.name)


def told(connection: Connection, token: str) -> None:
    """Record that the notices of password resets were shown in the session."""
    connection.execute(
        update(SignInSession)
        .where(col(SignInSession.token_hash) == hashed(token))
        .values(told=True)
    )


def seen(connection: Connection, token: str, now: datetime) -> None:
    """Record that the session was active at `now`."""
    sessions.touch(connection, hashed(token), now)


def handle_of(token: str) -> str:
    """The handle that names the session of `token` in lists."""
    return sessions.handle(hashed(token))


def _why_change(account: Row[Any], session: Row[Any], policy: Policy) -> ChangeReason | None:
    """Why the password must be replaced; None if it need not.

    A password that becomes too old during a session may be used until that ends, and a session
    opened without a password asks for no new one.
    """
    if session.way != Way.PASSWORD:
        return None
    if account.must_change:
        return ChangeReason.GIVEN
    has_one = account.password_hash is not None
    too_old = has_one and kept_passwords.is_too_old(account, session.started_at, policy)
    return ChangeReason.TOO_OLD if too_old else None


def account_of_session(connection: Connection, token: str) -> str | None:
    """The account of a session, whether or not it is still open; None for an unknown token."""
    return connection.scalar(
        select(col(SignInSession.account)).where(col(SignInSession.token_hash) == hashed(token))
    )


def sign_out(connection: Connection, token: str, now: datetime, address: str | None) -> None:
    """End the session; does nothing if it is already over."""
    account = account_of_session(connection, token)
    if account is None:
        return
    connection.execute(delete(SignInSession).where(col(SignInSession.token_hash) == hashed(token)))
    access_log.append(connection, Act(account, now, address), Event.SIGNED_OUT)


def _active(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(
        select(Account.__table__).where(  # type: ignore[attr-defined]
            col(Account.name) == plain(name), col(Account.disabled_at).is_(None)
        )
    ).first()
