"""The mark of a database that holds the demonstration district and nothing real."""

from sqlalchemy import Connection, select
from sqlmodel import col

from models.kept import Setting

NAME = "demonstration"


def is_demonstration(connection: Connection) -> bool:
    """Whether the database says that its data is a demonstration."""
    return connection.scalar(select(col(Setting.value)).where(col(Setting.name) == NAME)) == "1"
