"""The accounts of a database that has none: three administrators, or one a role to show it with."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from data.access import accounts, password_rules
from data.access.permission import GRANTED
from data.store import access_log
from data.store.access_log import Act
from models.account import Account, Event, Grant, GrantKind, Role, role_of
from models.grid import Unit

NAMES: Mapping[Role, str] = {role: role.value.replace("_", "-") for role in accounts.ADMINISTRATORS}
ITSELF = "gridlight"
"""Who acts in the log before there is anybody."""


def administrators(connection: Connection, now: datetime) -> dict[str, str]:
    """Add an administrator for each of the three roles that nobody active has.

    Gives their one-time passwords by name.
    """
    given = {}
    for role, wanted in NAMES.items():
        if accounts.any_active(connection, role):
            continue
        name = accounts.free_name(connection, wanted)
        given[name] = password_rules.one_time(name, role.zh)
        accounts.add(
            connection,
            Act(ITSELF, now),
            name=name,
            full_name=role.zh,
            password=given[name],
            role=role,
        )
    return given


def demonstration(connection: Connection, now: datetime) -> None:
    """Add one account a role, once; without passwords, they open by a click only."""
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
    """The accounts without a password that may be entered by a click, in the order of the roles."""
    found = {
        row.name: role
        for row in connection.execute(
            select(col(Account.name), col(Account.role)).where(
                col(Account.password_hash).is_(None),
                col(Account.disabled_at).is_(None),
            )
        )
        if (role := role_of(row.role))
    }
    order = list(Role)
    return dict(sorted(found.items(), key=lambda item: order.index(item[1])))


def _grant_first(connection: Connection, name: str, kind: GrantKind) -> None:
    column = {
        # A sector that has units: an empty screen shows nobody what a manager sees.
        GrantKind.SECTOR: select(col(Unit.sector)).order_by(col(Unit.sector)),
        GrantKind.UNIT: select(col(Unit.code)).order_by(col(Unit.code)),
    }[kind]
    code = connection.scalar(column.limit(1))
    if code is not None:
        connection.execute(insert(Grant).values(account=name, kind=kind.value, code=code))
