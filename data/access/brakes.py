"""Lock sign-in for a while after too many failures under one name or from one network address.

Functions that write expect a transaction of `data.store.database` in which they run.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select
from sqlmodel import col

from data.access.networks import network_of
from data.access.secrets_kept import hashed
from data.store import access_log
from data.store.access_log import Act
from models.account import NAME_LENGTH, AccessEntry, Account, Event, SignInFailure

LOCK_WINDOW = timedelta(minutes=15)
# Failures from one address lock the name for that address alone: nobody can lock a leader out
# of their own office by typing the name elsewhere.
FROM_ONE_ADDRESS, FROM_ANYWHERE = 5, 50
UNDER_MANY_NAMES = 30
"""Failures from one address, under any names, after which only accounts that have signed in from
it before may sign in from it."""
CODES_FROM_ANYWHERE = 10
"""Wrong second-factor codes from all addresses; few, since whoever types them has the password."""
NOBODY = "?"
"""Logged in place of a typed name that is no account's."""


def plain(name: str) -> str:
    """A typed account name as it is stored and compared: stripped, in lower case, cut to length.

    What cannot be printed, which no account's name has and not every database stores, becomes "?".
    """
    written = "".join(each if each.isprintable() else "?" for each in name.strip())
    return written.lower()[:NAME_LENGTH]


def locked(connection: Connection, name: str, now: datetime, address: str | None) -> bool:
    """Whether so many recent sign-ins failed that even the right password is refused.

    - Five failures under a name from one address lock this pair, also where the account has signed
      in from the address before, so that nobody guesses there without end. Nobody at another
      address can cause it; who shares one behind a router or proxy can.
    - Fifty failures under a name from anywhere lock it at every address but those from which the
      account has signed in before: strangers cannot keep the owner from the usual desk.
    - Thirty failures from an address, under any names, lock it for all but the accounts that have
      signed in from it before.

    An IPv6 address counts as its network of 64 bits. Ask again in the transaction that records what
    came of a try: others may have failed meanwhile.
    """
    lately = col(SignInFailure.at) > now - LOCK_WINDOW
    named = col(SignInFailure.name) == kept_name(connection, name)
    here = failed_from(address)
    count = select(func.count(col(SignInFailure.id)))
    if (connection.scalar(count.where(lately, named, here)) or 0) >= FROM_ONE_ADDRESS:
        return True
    anywhere = connection.scalar(count.where(lately, named)) or 0
    of_address = connection.scalar(count.where(lately, here)) or 0
    if anywhere < FROM_ANYWHERE and of_address < UNDER_MANY_NAMES:
        return False
    return not _signed_in_from(connection, name, address)


def failed_from(address: str | None) -> ColumnElement[bool]:
    """The condition for failures from the network of `address`."""
    return col(SignInFailure.address).is_not_distinct_from(_counted_as(address))


def _counted_as(address: str | None) -> str | None:
    return None if address is None else network_of(address)


def _signed_in_from(connection: Connection, name: str, address: str | None) -> bool:
    """Whether the account has signed in from the network of `address` before."""
    addresses = select(col(AccessEntry.address)).where(
        col(AccessEntry.account) == plain(name),
        col(AccessEntry.what).in_([Event.SIGNED_IN.value, Event.SIGNED_IN_AFTER_RESET.value]),
    )
    network = _counted_as(address)
    return any(_counted_as(each) == network for each in connection.scalars(addresses.distinct()))


def kept_name(connection: Connection, name: str) -> str:
    """The name under which a failure is stored: the account's, or a hash of what was typed.

    People type passwords into the name field by mistake, so text that is no account's name is
    hashed.
    """
    known = connection.scalar(select(col(Account.name)).where(col(Account.name) == plain(name)))
    return known or hashed(plain(name))[:NAME_LENGTH]


def refuse(connection: Connection, act: Act) -> bool:
    """Record a failed sign-in; return whether the name is now locked.

    Failures during a lock are logged but do not prolong it.
    """
    kept = kept_name(connection, act.account)
    known = kept == plain(act.account)
    logged = act if known else replace(act, account=NOBODY)
    access_log.append(connection, logged, Event.SIGN_IN_REFUSED)
    if not locked(connection, act.account, act.at, act.address):
        connection.execute(
            delete(SignInFailure).where(col(SignInFailure.at) <= act.at - LOCK_WINDOW)
        )
        connection.execute(
            insert(SignInFailure).values(name=kept, at=act.at, address=_counted_as(act.address))
        )
    return locked(connection, act.account, act.at, act.address)


def codes_locked(connection: Connection, name: str, now: datetime, address: str | None) -> bool:
    """Whether so many recent second-factor codes failed that even a right one is refused."""
    failed = select(func.count(col(SignInFailure.id))).where(
        col(SignInFailure.at) > now - LOCK_WINDOW, col(SignInFailure.name) == _name_for_codes(name)
    )
    here = failed.where(failed_from(address))
    return (connection.scalar(here) or 0) >= FROM_ONE_ADDRESS or (
        connection.scalar(failed) or 0
    ) >= CODES_FROM_ANYWHERE


def refuse_code(connection: Connection, act: Act) -> bool:
    """Record a wrong second-factor code of the actor; return whether codes are now locked."""
    access_log.append(connection, act, Event.SIGN_IN_REFUSED, "second factor")
    if not codes_locked(connection, act.account, act.at, act.address):
        connection.execute(
            insert(SignInFailure).values(
                name=_name_for_codes(act.account), at=act.at, address=_counted_as(act.address)
            )
        )
    return codes_locked(connection, act.account, act.at, act.address)


def forget_codes(connection: Connection, name: str) -> None:
    """Delete the account's failed codes, after a right one."""
    connection.execute(
        delete(SignInFailure).where(col(SignInFailure.name) == _name_for_codes(name))
    )


def _name_for_codes(name: str) -> str:
    """The name under which an account's failed codes are counted; no account can have it."""
    return hashed(f"code:{plain(name)}")[:NAME_LENGTH]
