"""The version of the tables: compare it with this program's migrations, and apply those missing."""

from enum import Enum, auto
from pathlib import Path

from sqlalchemy import (
    Connection,
    Engine,
    inspect,
    text,
)

from data.store.database import DatabaseError, reading, writing

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"


class FutureDatabaseError(DatabaseError):
    """The database was written by a later version of Gridlight."""


class Standing(Enum):
    """How a database's migrations compare with those of this version."""

    NONE = auto()
    OLDER = auto()
    CURRENT = auto()
    LATER = auto()


def standing(connection: Connection) -> Standing:
    """Whether the database is empty, older than this version, current or newer."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return Standing.NONE
    return standing_of(set(connection.scalars(text(f"SELECT version_num FROM {VERSION_TABLE}"))))


def standing_of(applied: set[str]) -> Standing:
    """How the migrations that were applied compare with those of this version."""
    known = sorted(
        path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")
    )
    if not applied <= set(known):
        return Standing.LATER
    if not applied:
        return Standing.NONE
    return Standing.CURRENT if known[-1] in applied else Standing.OLDER


def migrate(engine: Engine) -> None:
    """Bring an empty or older database up to date; refuse one of a later version."""
    with reading(engine) as connection:
        if _nothing_to_do(connection):
            return
    with writing(engine) as connection:
        # Another process may have done it while this one waited.
        if not _nothing_to_do(connection):
            upgrade(connection)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Apply the missing migrations up to `to` in the caller's transaction."""
    # Alembic is slow to import, and mostly there is nothing to migrate.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _nothing_to_do(connection: Connection) -> bool:
    found = standing(connection)
    if found is Standing.LATER:
        raise FutureDatabaseError("the database was written by a later version")
    return found is Standing.CURRENT
