"""The passwords that accounts have and had, as hashes: kept, remembered, and how long they last."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlmodel import col

from data.access import passwords
from data.access.policy import Policy
from models.account import Account, EarlierPassword, SignInFailure

REMEMBERED = 5
"""Passwords of an account that may not come again: the present one and those before it."""
ONE_TIME_LASTS = timedelta(hours=72)


def put(connection: Connection, name: str, kept: str, at: datetime, *, must_change: bool) -> None:
    """Give the account a password by its hash; the one before is remembered, any lock ends."""
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
    """Whether the account has, or had lately, this password. Takes a second: not while writing."""
    present = connection.scalar(select(col(Account.password_hash)).where(col(Account.name) == name))
    kept = [present] if present else []
    kept += list(_earlier(connection, name))[: REMEMBERED - 1]
    return any(passwords.matches(password, each) for each in kept)


def one_time_is_over(account: Row[Any], now: datetime) -> bool:
    """Whether the password was given by somebody else too long ago to open the account."""
    return bool(account.must_change) and since(account) + ONE_TIME_LASTS <= now


def is_too_old(account: Row[Any], at: datetime, policy: Policy) -> bool:
    """Whether the password was to be replaced by the moment `at`."""
    return policy.password_age is not None and since(account) + policy.password_age <= at


def since(account: Row[Any]) -> datetime:
    """Since when the password is in use; where it was never noted, since the account exists."""
    noted: datetime | None = account.password_at
    created: datetime = account.created_at
    return noted or created


def _earlier(connection: Connection, name: str) -> Iterator[str]:
    """The hashes of the passwords before the present one, the latest first."""
    yield from connection.scalars(
        select(col(EarlierPassword.password_hash))
        .where(col(EarlierPassword.account) == name)
        .order_by(col(EarlierPassword.replaced_at).desc(), col(EarlierPassword.password_hash))
    )
