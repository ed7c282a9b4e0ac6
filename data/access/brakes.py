"""Who fails to sign in too often waits: failures are counted under a name and from an address.

Functions that change something want one of the transactions of `data.store.database`.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select
from sqlmodel import col

from data.access.secrets_kept import hashed
from data.store import access_log
from data.store.access_log import Act
from models.account import NAME_LENGTH, AccessEntry, Account, Event, SignInFailure

LOCK_WINDOW = timedelta(minutes=15)
# From elsewhere the owner still gets in, so that nobody locks out a leader by typing the name.
FROM_ONE_ADDRESS, FROM_ANYWHERE = 5, 50
UNDER_MANY_NAMES = 30
"""Failures from one address under whatever names, after which only who signed in from it may."""
CODES_FROM_ANYWHERE = 10
"""Wrong codes of a second factor: who types them knows the password, so fewer are borne."""
NOBODY = "?"
"""In the log, in place of what was typed as a name and is none."""


def plain(name: str) -> str:
    """A name as typed, in the form in which it is compared and kept."""
    return name.strip().lower()[:NAME_LENGTH]


def locked(connection: Connection, name: str, now: datetime, address: str | None) -> bool:
    """Whether so many sign-ins under the name failed lately that no password opens it for now."""
    lately = col(SignInFailure.at) > now - LOCK_WINDOW
    named = col(SignInFailure.name) == kept_name(connection, name)
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


def kept_name(connection: Connection, name: str) -> str:
    """A name as it is kept: nobody's is kept as a hash, since people type passwords there."""
    known = connection.scalar(select(col(Account.name)).where(col(Account.name) == plain(name)))
    return known or hashed(plain(name))[:NAME_LENGTH]


def refuse(connection: Connection, act: Act) -> bool:
    """Note that a sign-in failed; whether the name is locked now. While it is, none is counted."""
    kept = kept_name(connection, act.account)
    known = kept == plain(act.account)
    logged = act if known else replace(act, account=NOBODY)
    access_log.append(connection, logged, Event.SIGN_IN_REFUSED)
    if not locked(connection, act.account, act.at, act.address):
        connection.execute(
            delete(SignInFailure).where(col(SignInFailure.at) <= act.at - LOCK_WINDOW)
        )
        connection.execute(insert(SignInFailure).values(name=kept, at=act.at, address=act.address))
    return locked(connection, act.account, act.at, act.address)


def codes_locked(connection: Connection, name: str, now: datetime, address: str | None) -> bool:
    """Whether so many codes of an account failed lately that none opens it for now."""
    failed = select(func.count(col(SignInFailure.id))).where(
        col(SignInFailure.at) > now - LOCK_WINDOW, col(SignInFailure.name) == _of_codes(name)
    )
    here = failed.where(col(SignInFailure.address).is_not_distinct_from(address))
    return (connection.scalar(here) or 0) >= FROM_ONE_ADDRESS or (
        connection.scalar(failed) or 0
    ) >= CODES_FROM_ANYWHERE


def refuse_code(connection: Connection, act: Act) -> bool:
    """Note that a code of the actor's second factor failed; whether codes are locked now."""
    access_log.append(connection, act, Event.SIGN_IN_REFUSED, "second factor")
    if not codes_locked(connection, act.account, act.at, act.address):
        connection.execute(
            insert(SignInFailure).values(
                name=_of_codes(act.account), at=act.at, address=act.address
            )
        )
    return codes_locked(connection, act.account, act.at, act.address)


def forget_codes(connection: Connection, name: str) -> None:
    """A code was right: the failures before it are over."""
    connection.execute(delete(SignInFailure).where(col(SignInFailure.name) == _of_codes(name)))


def _of_codes(name: str) -> str:
    """Under what failed codes are counted: no account can have this name."""
    return hashed(f"code:{plain(name)}")[:NAME_LENGTH]
