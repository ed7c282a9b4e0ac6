"""The mark of a database that holds the demonstration district and nothing real."""

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from models.kept import Setting

NAME = "demonstration"


def mark_as_demonstration(connection: Connection) -> None:
    """Mark a database that has no mark yet."""
    connection.execute(insert(Setting).values(name=NAME, value="1"))


def is_demonstration(connection: Connection) -> bool:
    """Whether the database says that its data is a demonstration."""
    return connection.scalar(select(col(Setting.value)).where(col(Setting.name) == NAME)) == "1"
