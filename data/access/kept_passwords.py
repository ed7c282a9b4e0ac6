"""Store the accounts' password hashes, remember earlier ones, and tell when a password expires."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlmodel import col

from data.access import passwords
from data.access.policy import Policy
from models.account import Account, EarlierPassword, SignInFailure

REMEMBERED = 5
"""How many passwords of an account may not be used again, the present one included."""
ONE_TIME_LASTS = timedelta(hours=72)


def put(connection: Connection, name: str, kept: str, at: datetime, *, must_change: bool) -> None:
    """Store `kept`, a hash, as the account's password; remember the one before and end any lock."""
    before = connection.scalar(select(col(Account.password_hash)).where(col(Account.name) == name))
    if before is not None:
        connection.execute(
            insert(EarlierPassword).values(account=name, password_hash=before, replaced_at=at)
        )
    connection.execute(
        update(Account)
        .where(col(Account.name) == name)
        .values(password_hash=kept, must_change=must_change, password_at=at)
    )
    too_old = list(_earlier(connection, name))[REMEMBERED - 1 :]
    connection.execute(
        delete(EarlierPassword).where(
            col(EarlierPassword.account) == name, col(EarlierPassword.password_hash).in_(too_old)
        )
    )
    connection.execute(delete(SignInFailure).where(col(SignInFailure.name) == name))


def had_before(connection: Connection, name: str, password: str) -> bool:
    """Whether `password` is the account's present or a recent one.

    Comparing hashes takes up to a second: do not call it in a writing transaction.
    """
    present = connection.scalar(select(col(Account.password_hash)).where(col(Account.name) == name))
    kept = [present] if present else []
    kept += list(_earlier(connection, name))[: REMEMBERED - 1]
    return any(passwords.matches(password, each) for each in kept)


def one_time_is_over(account: Row[Any], now: datetime) -> bool:
    """Whether the account's one-time password has expired unused."""
    return bool(account.must_change) and since(account) + ONE_TIME_LASTS <= now


def is_too_old(account: Row[Any], at: datetime, policy: Policy) -> bool:
    """Whether the password has reached the policy's maximum age at the moment `at`."""
    return policy.password_age is not None and since(account) + policy.password_age <= at


def since(account: Row[Any]) -> datetime:
    """When the password was set; where that was not recorded, when the account was created."""
    noted: datetime | None = account.password_at
    created: datetime = account.created_at
    return noted or created


def _earlier(connection: Connection, name: str) -> Iterator[str]:
    """The hashes of the account's earlier passwords, the latest first."""
    yield from connection.scalars(
        select(col(EarlierPassword.password_hash))
        .where(col(EarlierPassword.account) == name)
        .order_by(col(EarlierPassword.replaced_at).desc(), col(EarlierPassword.password_hash))
    )
