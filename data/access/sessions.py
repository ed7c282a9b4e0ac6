"""Open sessions: list them, end them, and drop those idle for too long or too many.

Sessions are opened in `sign_in`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update
from sqlmodel import col

from data.access.permission import ALLOWED, Action
from data.access.policy import DEFAULT, Policy
from data.store import access_log
from data.store.access_log import Act
from models.account import Account, Event, SignInSession, role_of
from models.text import N_, TellingError

HANDLE_LENGTH = 16
SEEN = func.coalesce(col(SignInSession.seen_at), col(SignInSession.started_at))
TOO_MANY = "too many"
"""The reason logged when a session ends because there were too many."""

NOT_THERE = N_("This session is over already.")
NOT_YOURS = N_("Only its owner or an account administrator ends a session.")


class SessionRefusedError(TellingError):
    """The session was not ended; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """An open session, as a row of the list of sessions."""

    handle: str
    """Names the session when ending it; it cannot be used to sign in."""
    account: str
    started_at: datetime
    seen_at: datetime
    address: str | None
    wall: bool


def is_open(now: datetime, policy: Policy) -> ColumnElement[bool]:
    """The SQL condition that a session has neither expired nor been idle for too long."""
    lasting = col(SignInSession.expires_at) > now
    if policy.idle is None:
        return lasting
    return lasting & or_(col(SignInSession.wall), now - policy.idle < SEEN)


def listed(
    connection: Connection, now: datetime, policy: Policy = DEFAULT, *, account: str | None = None
) -> list[OpenSession]:
    """The open sessions of `account` (None = of all), the most recently active first."""
    statement = select(SignInSession.__table__).where(is_open(now, policy))  # type: ignore[attr-defined]
    if account is not None:
        statement = statement.where(col(SignInSession.account) == account)
    return [
        OpenSession(
            handle=handle(row.token_hash),
            account=row.account,
            started_at=row.started_at,
            seen_at=row.seen_at or row.started_at,
            address=row.address,
            wall=row.wall,
        )
        for row in connection.execute(
            statement.order_by(SEEN.desc(), col(SignInSession.token_hash))
        )
    ]


def end(connection: Connection, act: Act, wanted: str) -> None:
    """End the session with the handle `wanted`: one's own, or any as an account administrator."""
    session = connection.execute(
        select(col(SignInSession.account), col(SignInSession.token_hash)).where(
            func.substr(col(SignInSession.token_hash), 1, HANDLE_LENGTH) == wanted
        )
    ).first()
    if session is None:
        raise SessionRefusedError(NOT_THERE)
    if session.account != act.account and not _may_end_others(connection, act.account):
        raise SessionRefusedError(NOT_YOURS)
    connection.execute(
        delete(SignInSession).where(col(SignInSession.token_hash) == session.token_hash)
    )
    access_log.append(connection, act, Event.SESSION_ENDED, session.account)


def end_too_many(connection: Connection, act: Act, policy: Policy) -> None:
    """End the longest idle sessions of the actor's account beyond the policy's maximum.

    The accounts of a demonstration are shared and have no maximum.
    """
    account: Any = connection.execute(
        select(col(Account.password_hash), col(Account.provisioned)).where(
            col(Account.name) == act.account
        )
    ).first()
    if policy.most_sessions is None or account is None:
        return
    if account.password_hash is None and not account.provisioned:
        return
    hashes = connection.scalars(
        select(col(SignInSession.token_hash))
        .where(col(SignInSession.account) == act.account)
        .order_by(SEEN.desc(), col(SignInSession.token_hash))
    ).all()
    for token_hash in hashes[policy.most_sessions :]:
        connection.execute(delete(SignInSession).where(col(SignInSession.token_hash) == token_hash))
        access_log.append(connection, act, Event.SESSION_ENDED, f"{act.account} {TOO_MANY}")


def touch(connection: Connection, token_hash: str, now: datetime) -> None:
    """Record that the session was active at `now`."""
    connection.execute(
        update(SignInSession).where(col(SignInSession.token_hash) == token_hash).values(seen_at=now)
    )


def handle(token_hash: str) -> str:
    """The handle of a session, made from the hash of its token."""
    return token_hash[:HANDLE_LENGTH]


def _may_end_others(connection: Connection, name: str) -> bool:
    role = role_of(connection.scalar(select(col(Account.role)).where(col(Account.name) == name)))
    return role is not None and Action.MANAGE_ACCOUNTS in ALLOWED[role]
