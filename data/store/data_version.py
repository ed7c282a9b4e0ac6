"""The data version: a number that grows with every change and tells caches what is stale."""

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from models.kept import Setting

NAME = "data_version"


def current(connection: Connection) -> int:
    """The version of the data; 0 before the first change."""
    value = connection.scalar(select(col(Setting.value)).where(col(Setting.name) == NAME))
    return int(value or 0)


def bump(connection: Connection) -> int:
    """Record that the data changed in this transaction; returns the new version."""
    return move_past(connection, 0)


def move_past(connection: Connection, other: int) -> int:
    """Like `bump`, but the new version is also greater than `other`."""
    version = max(current(connection), other) + 1
    kept = connection.execute(
        update(Setting).where(col(Setting.name) == NAME).values(value=str(version))
    )
    if not kept.rowcount:
        connection.execute(insert(Setting).values(name=NAME, value=str(version)))
    return version
