"""Create the first accounts: three administrators, or one account a role for a demonstration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from data.access import accounts, password_rules
from data.access.accounts import GivenPassword
from data.access.permission import GRANTED
from data.store import access_log
from data.store.access_log import Act
from models.account import Account, Event, Grant, GrantKind, Role, role_of
from models.grid import Unit

NAMES: Mapping[Role, str] = {role: role.value.replace("_", "-") for role in accounts.ADMINISTRATORS}
ITSELF = "gridlight"
"""The actor that the access log names while there is no account yet."""


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """The one-time password of an administrator who is about to be added."""

    shown: str = field(repr=False)
    given: GivenPassword


def passwords_needed(connection: Connection) -> dict[Role, FirstPassword]:
    """A one-time password for each administrator role that no active account has.

    Hashing is slow: call it before the transaction that adds the accounts.
    """
    needed = {}
    for role, name in NAMES.items():
        if not accounts.any_active(connection, role):
            shown = password_rules.one_time(name, role.zh)
            needed[role] = FirstPassword(shown, accounts.given_password(shown, name, role.zh))
    return needed


def administrators(
    connection: Connection, now: datetime, needed: Mapping[Role, FirstPassword]
) -> dict[str, str]:
    """Add an administrator for each role in `needed` that still has no active account.

    Returns the one-time passwords by account name.
    """
    added = {}
    for role, password in needed.items():
        if accounts.any_active(connection, role):
            continue
        name = accounts.free_name(connection, NAMES[role])
        added[name] = password.shown
        accounts.add(
            connection,
            Act(ITSELF, now),
            name=name,
            full_name=role.zh,
            password=password.given,
            role=role,
        )
    return added


def demonstration(connection: Connection, now: datetime) -> None:
    """Add one account a role without a password, unless they exist; a click signs in."""
    if of_demonstration(connection):
        return
    for role in Role:
        name = f"demo-{role.value.replace('_', '-')}"
        connection.execute(
            insert(Account).values(
                name=name,
                full_name=f"{role.zh}（演示）",
                role=role.value,
                must_change=False,
                created_at=now,
            )
        )
        if role in GRANTED:
            _grant_first(connection, name, GRANTED[role])
        access_log.append(connection, Act(ITSELF, now), Event.ACCOUNT_ADDED, f"{name} {role.value}")


def of_demonstration(connection: Connection) -> dict[str, Role]:
    """The demonstration's accounts, by name, in the order of the roles."""
    found = {
        row.name: role
        for row in connection.execute(
            select(col(Account.name), col(Account.role)).where(
                col(Account.password_hash).is_(None),
                ~col(Account.provisioned),
                col(Account.disabled_at).is_(None),
            )
        )
        if (role := role_of(row.role))
    }
    order = list(Role)
    return dict(sorted(found.items(), key=lambda item: order.index(item[1])))


def _grant_first(connection: Connection, name: str, kind: GrantKind) -> None:
    column = {
        # The first sector that has units, so that the manager's screens are not empty.
        GrantKind.SECTOR: select(col(Unit.sector)).order_by(col(Unit.sector)),
        GrantKind.UNIT: select(col(Unit.code)).order_by(col(Unit.code)),
    }[kind]
    code = connection.scalar(column.limit(1))
    if code is not None:
        connection.execute(insert(Grant).values(account=name, kind=kind.value, code=code))
