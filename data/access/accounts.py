"""Manage accounts: add, disable, reset the password, change role and grants; each change is logged.

Functions that write expect a transaction of `data.store.database` in which they run. Hashing a
password takes a quarter of a second, so it is done before that transaction: see `given_password`.
Signing in is in `sign_in`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlmodel import col

from data.access import kept_passwords, made_resets, password_rules, passwords, second_factor
from data.access.password_rules import PasswordRefusedError
from data.access.permission import GRANTED
from data.store import access_log
from data.store.access_log import Act
from models.account import (
    Account,
    Event,
    Grant,
    GrantKind,
    Role,
    SignInSession,
    role_of,
)
from models.grid import Sector, Unit
from models.text import N_, NOTHING, Label, TellingError

# Lower case only, since the sign-in form lowers what is typed.
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
FULL_NAME_LENGTH = 50
ADMINISTRATORS = (Role.ACCOUNT_ADMIN, Role.PERMISSION_ADMIN, Role.LOG_ADMIN)
LISTED_IN: dict[GrantKind, type[Sector] | type[Unit]] = {
    GrantKind.SECTOR: Sector,
    GrantKind.UNIT: Unit,
}

BAD_NAME = N_(
    "The name of an account is 2 to 32 of a-z, 0-9, “.”, “_” and “-”, and begins with a letter or"
    " digit: {name}"
)
NO_FULL_NAME = N_("Whose account it is must be said, in at most {most} characters.")
TAKEN = N_("There already is an account “{name}”.")
UNKNOWN = N_("There is no account “{name}”.")
OWN = N_("Nobody changes the state or the rights of their own account.")
LAST = N_("“{name}” is the last active account with the role {role}. Give it to another first.")
NOT_GRANTABLE = N_("The role {role} takes no grants of the kind {kind}.")
NO_SECTOR = N_("There is no sector “{code}”.")
NO_UNIT = N_("There is no unit “{code}”.")


class AccountRefusedError(TellingError):
    """A change of an account was refused; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An account with its role and grants, as a row of the list of accounts."""

    name: str
    full_name: str
    role: Role | None
    sectors: tuple[str, ...]
    units: tuple[str, ...]
    must_change: bool
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class GivenPassword:
    """A password that an administrator gives: checked by the rules, held as its hash."""

    kept: str = field(repr=False)


def given_password(password: str, *own_words: str) -> GivenPassword:
    """Check `password` and return it hashed; `own_words` are the account's name and its owner's.

    Needs no database and takes a quarter of a second: call it outside any transaction. Raises
    `AccountRefusedError` for a password that breaks a rule.
    """
    try:
        password_rules.check(password, own_words)
    except PasswordRefusedError as error:
        raise AccountRefusedError(error.sentence) from error
    return GivenPassword(passwords.hashed(password))


def add(
    connection: Connection,
    act: Act,
    *,
    name: str,
    full_name: str,
    password: GivenPassword | None,
    role: Role | None = None,
) -> None:
    """Add an account whose owner must replace `password` at the first sign-in.

    With `password` None only a provider or trusted proxy can sign its owner in. Raises
    `AccountRefusedError` for a malformed or taken name.
    """
    if not NAME.fullmatch(name):
        raise AccountRefusedError(BAD_NAME, name=name)
    if not 1 <= len(full_name.strip()) <= FULL_NAME_LENGTH:
        raise AccountRefusedError(NO_FULL_NAME, most=FULL_NAME_LENGTH)
    if _find(connection, name):
        raise AccountRefusedError(TAKEN, name=name)
    connection.execute(
        insert(Account).values(
            name=name,
            full_name=full_name.strip(),
            role=role and role.value,
            password_hash=password and password.kept,
            must_change=password is not None,
            password_at=act.at if password else None,
            provisioned=password is None,
            created_at=act.at,
        )
    )
    subject = f"{name} {role.value}" if role else name
    access_log.append(connection, act, Event.ACCOUNT_ADDED, subject)


def reset_password(connection: Connection, act: Act, name: str, password: GivenPassword) -> None:
    """Give the account a one-time password, and end its sessions and any lock.

    The owner is told at the next sign-in. Does not check whether a second administrator must agree:
    `resets.make` does.
    """
    _get(connection, name)
    kept_passwords.put(connection, name, password.kept, act.at, must_change=True)
    second_factor.forget_begun(connection, name)
    made_resets.note(connection, act, name, of_factor=False)
    _end_sign_ins(connection, name)
    access_log.append(connection, act, Event.PASSWORD_RESET, name)


def disable(connection: Connection, act: Act, name: str) -> None:
    """Disable the account and end its sessions; never one's own, nor the last administrator of a
    role.
    """
    account = _get(connection, name)
    if account.name == act.account:
        raise AccountRefusedError(OWN)
    _require_another_administrator(connection, account)
    connection.execute(update(Account).where(col(Account.name) == name).values(disabled_at=act.at))
    _end_sign_ins(connection, name)
    access_log.append(connection, act, Event.ACCOUNT_DISABLED, name)


def enable(connection: Connection, act: Act, name: str) -> None:
    """Enable a disabled account."""
    _get(connection, name)
    connection.execute(update(Account).where(col(Account.name) == name).values(disabled_at=None))
    access_log.append(connection, act, Event.ACCOUNT_ENABLED, name)


def grant(
    connection: Connection,
    act: Act,
    name: str,
    *,
    role: Role | None,
    sectors: Iterable[str] = (),
    units: Iterable[str] = (),
) -> None:
    """Replace the role and all grants of an account; raises `AccountRefusedError` for unknown
    codes.
    """
    account = _get(connection, name)
    if account.name == act.account:
        raise AccountRefusedError(OWN)
    if account.role != role:
        _require_another_administrator(connection, account)
    grants = sorted(
        {(GrantKind.SECTOR, code) for code in sectors} | {(GrantKind.UNIT, code) for code in units}
    )
    for kind, code in grants:
        _check_grant(connection, role, kind, code)
    connection.execute(
        update(Account).where(col(Account.name) == name).values(role=role and role.value)
    )
    connection.execute(delete(Grant).where(col(Grant.account) == name))
    for kind, code in grants:
        connection.execute(insert(Grant).values(account=name, kind=kind.value, code=code))
    words = [name, role.value if role else "-", *(f"{kind.value}:{code}" for kind, code in grants)]
    access_log.append(connection, act, Event.GRANTED, " ".join(words))


def listed(connection: Connection) -> list[Listed]:
    """All accounts, ordered by name."""
    granted: dict[tuple[str, str], list[str]] = {}
    for row in connection.execute(
        select(col(Grant.account), col(Grant.kind), col(Grant.code)).order_by(col(Grant.code))
    ):
        granted.setdefault((row.account, row.kind), []).append(row.code)
    return [
        Listed(
            name=row.name,
            full_name=row.full_name,
            role=role_of(row.role),
            sectors=tuple(granted.get((row.name, GrantKind.SECTOR), ())),
            units=tuple(granted.get((row.name, GrantKind.UNIT), ())),
            must_change=row.must_change,
            created_at=row.created_at,
            disabled_at=row.disabled_at,
        )
        for row in connection.execute(
            select(Account.__table__).order_by(col(Account.name))  # type: ignore[attr-defined]
        )
    ]


def grantable(connection: Connection) -> dict[GrantKind, dict[str, str]]:
    """By kind of grant, the code and name of every sector or unit that can be granted."""
    return {
        kind: {
            row.code: row.name
            for row in connection.execute(
                select(col(ledger.code), col(ledger.name)).order_by(col(ledger.code))
            )
        }
        for kind, ledger in LISTED_IN.items()
    }


def full_name(connection: Connection, name: str) -> str:
    """The full name of the account's owner; raises `AccountRefusedError` for an unknown account."""
    return str(_get(connection, name).full_name)


def any_active(connection: Connection, role: Role) -> bool:
    """Whether an account that is not disabled has `role`."""
    statement = select(func.count()).where(
        col(Account.role) == role.value, col(Account.disabled_at).is_(None)
    )
    return bool(connection.scalar(statement))


def free_name(connection: Connection, wanted: str) -> str:
    """`wanted`, with a number appended if an account already has that name."""
    number, name = 1, wanted
    while _find(connection, name):
        number += 1
        name = f"{wanted}-{number}"
    return name


def _find(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(
        select(Account.__table__).where(col(Account.name) == name)  # type: ignore[attr-defined]
    ).first()


def _get(connection: Connection, name: str) -> Row[Any]:
    account = _find(connection, name)
    if account is None:
        raise AccountRefusedError(UNKNOWN, name=name)
    return account


def _end_sign_ins(connection: Connection, name: str) -> None:
    connection.execute(delete(SignInSession).where(col(SignInSession.account) == name))


def _require_another_administrator(connection: Connection, account: Row[Any]) -> None:
    if account.role not in ADMINISTRATORS or account.disabled_at is not None:
        return
    others = select(func.count()).where(
        col(Account.role) == account.role,
        col(Account.disabled_at).is_(None),
        col(Account.name) != account.name,
    )
    if not connection.scalar(others):
        raise AccountRefusedError(LAST, name=account.name, role=_named(role_of(account.role)))


def _check_grant(connection: Connection, role: Role | None, kind: GrantKind, code: str) -> None:
    if role is None or GRANTED.get(role) is not kind:
        raise AccountRefusedError(NOT_GRANTABLE, role=_named(role), kind=kind.label)
    column = col(LISTED_IN[kind].code)
    if not connection.scalar(select(func.count()).where(column == code)):
        raise AccountRefusedError(NO_SECTOR if kind is GrantKind.SECTOR else NO_UNIT, code=code)


def _named(role: Role | None) -> Label | str:
    return role.label if role else NOTHING
