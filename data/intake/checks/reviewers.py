"""Accounts as reviewers, and the units to which each account is attached."""

from collections.abc import Collection

from sqlalchemy import Connection, and_, select
from sqlmodel import col

from data.ledgers.rows import ASKED_AT_ONCE
from data.store.batches import batches
from models.account import Account, Grant, GrantKind


def attached_units(connection: Connection, codes: Collection[str]) -> dict[str, set[str]]:
    """The units to which each account is attached, for those of `codes` that are accounts."""
    attached: dict[str, set[str]] = {}
    unit = and_(col(Grant.account) == col(Account.name), col(Grant.kind) == GrantKind.UNIT)
    accounts = select(col(Account.name), col(Grant.code)).outerjoin(Grant, unit)
    for batch in batches(codes, ASKED_AT_ONCE):
        for name, code in connection.execute(accounts.where(col(Account.name).in_(batch))):
            attached.setdefault(name, set()).update(() if code is None else (code,))
    return attached
