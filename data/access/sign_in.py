"""Signing in: tickets, and the sessions that say who somebody is.

What is given to a browser is kept only as its hash. Functions that change something want one of
the transactions of `data.database.writing`.
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
"""How long a right password waits for the code of the second factor."""
SESSION_LASTS = timedelta(hours=8)
RENEWED_FOR = timedelta(days=7)
"""How old a session may grow that a wall renews; then somebody signs in to it anew."""
ONE_TIME_OVER = "one-time password over"
"""In the log, what was wrong with a sign-in whose password was right."""


def hash_to_match(connection: Connection, name: str, now: datetime, address: str | None) -> str:
    """The password hash of the account, or one that nothing matches: for a name that nobody bears,
    a disabled account, one without a password, and while the name is locked."""
    account = _active(connection, name)
    if account is None or account.password_hash is None or locked(connection, name, now, address):
        return matched_by_none()
    return str(account.password_hash)


def accept(
    connection: Connection, act: Act, *, code_given: bool = False, way: Way = Way.PASSWORD
) -> str | None:
    """A ticket for the account whose password was right, or for which somebody vouched; the
    failures under its name are over.

    Where the account has a second factor and no code of it was given yet, the ticket only awaits
    one, for `complete`. None, and an entry in the log, for a one-time password that is over.
    """
    name = plain(act.account)
    account = _active(connection, name)
    by_password = way is Way.PASSWORD and account is not None and account.password_hash
    if account and by_password and kept_passwords.one_time_is_over(account, act.at):
        access_log.append(connection, act, Event.SIGN_IN_REFUSED, ONE_TIME_OVER)
        return None
    awaits_code = not code_given and second_factor.is_on(connection, name)
    if not awaits_code:
        connection.execute(delete(SignInFailure).where(col(SignInFailure.name) == name))
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
    """Whose ticket still awaits a code of the second factor; None when it does not."""
    return _account_of(connection, ticket, now, awaits_code=True)


def complete(connection: Connection, act: Act, ticket: str, typed: str, seal: Seal) -> str | None:
    """A ticket that opens a session, for one that awaits a code, once `typed` is a right one.

    None, and an entry in the log, when it is wrong, was used before, or too many were wrong.
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
    """A ticket for an account of the demonstration, which has no password; None for any other."""
    account = _active(connection, act.account)
    if account is None or account.password_hash is not None or account.provisioned:
        return None
    return accept(connection, act)


def account_of_ticket(connection: Connection, ticket: str, now: datetime) -> str | None:
    """Whose ticket it is; None when it was used, is too old, unknown or awaits a code."""
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
    """How the owner of a ticket came in."""
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
    """The token of a new session for a ticket; None when it was used, is too old or unknown."""
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
    after_reset = by_password and owner.must_change and _note_use(connection, act)
    event = Event.SIGNED_IN_AFTER_RESET if after_reset else Event.SIGNED_IN
    access_log.append(connection, act, event, "" if by_password else way.value)
    sessions.end_too_many(connection, act, policy)
    return token


def _note_use(connection: Connection, act: Act) -> bool:
    """Whether the password is from a reset; notes for the owner who first signs in with it."""
    latest = connection.execute(
        select(col(PasswordReset.id), col(PasswordReset.used_at))
        .where(col(PasswordReset.account) == act.account, col(PasswordReset.made_at).is_not(None))
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
    """Let an open session last as long again unless it is `RENEWED_FOR` old; whether it does.

    Only what shows a wall asks for it: a browser that nobody works at for days. It is not idle.
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
    """Who is signed in by `token`, with the rights of this moment; None when nobody is."""
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
    """Note that who sits at the session has read what was to be told of resets."""
    connection.execute(
        update(SignInSession)
        .where(col(SignInSession.token_hash) == hashed(token))
        .values(told=True)
    )


def seen(connection: Connection, token: str, now: datetime) -> None:
    """Note that the session has just asked for something."""
    sessions.touch(connection, hashed(token), now)


def handle_of(token: str) -> str:
    """By which lists name the session of this token."""
    return sessions.handle(hashed(token))


def _why_change(account: Row[Any], session: Row[Any], policy: Policy) -> ChangeReason | None:
    """Why the password must be replaced. One that grows too old during a session lasts it out, and
    who came in without it is not asked to."""
    if session.way != Way.PASSWORD:
        return None
    if account.must_change:
        return ChangeReason.GIVEN
    has_one = account.password_hash is not None
    too_old = has_one and kept_passwords.is_too_old(account, session.started_at, policy)
    return ChangeReason.TOO_OLD if too_old else None


def sign_out(connection: Connection, token: str, now: datetime, address: str | None) -> None:
    """End the session; nothing happens when it is over already."""
    account = connection.scalar(
        select(col(SignInSession.account)).where(col(SignInSession.token_hash) == hashed(token))
    )
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
