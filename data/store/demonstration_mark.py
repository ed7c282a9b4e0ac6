"""The mark of a database that holds only the data of the demonstration district."""

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from models.kept import Setting

NAME = "demonstration"


def mark_as_demonstration(connection: Connection) -> None:
    """Mark a database that is not marked yet."""
    connection.execute(insert(Setting).values(name=NAME, value="1"))


def is_demonstration(connection: Connection) -> bool:
    """Whether the database is marked as a demonstration."""
    return connection.scalar(select(col(Setting.value)).where(col(Setting.name) == NAME)) == "1"
