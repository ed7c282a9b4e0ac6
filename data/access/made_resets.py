"""Note that an administrator gave out a password or removed a second factor, for its owner."""

from sqlalchemy import Connection, insert, update
from sqlmodel import col

from data.store.access_log import Act
from models.account import PasswordReset


def note(connection: Connection, act: Act, name: str, *, of_factor: bool) -> None:
    """Record for the owner `name` what was done, on the open request or else in a new row.

    `of_factor` tells a removed second factor from a new password.
    """
    noted = connection.execute(
        update(PasswordReset)
        .where(
            col(PasswordReset.account) == name,
            col(PasswordReset.made_at).is_(None),
            col(PasswordReset.of_factor) == of_factor,
        )
        .values(made_at=act.at)
    )
    if not noted.rowcount:
        connection.execute(
            insert(PasswordReset).values(
                account=name,
                asked_by=act.account,
                asked_at=act.at,
                made_at=act.at,
                of_factor=of_factor,
            )
        )
