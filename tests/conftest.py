"""What tests of several folders share: the demonstration district and a PostgreSQL server, each
made once a session."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data import demonstration as demonstration_district
from data.reference.lists import shipped
from data.store.database import connect, migrate
from tests.databases import Postgres

TODAY = date(2026, 6, 30)
"""The day to which the demonstration reaches."""
TAKEN_IN = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demonstration district in a file that is not to be changed."""
    path = tmp_path_factory.mktemp("demonstration") / "gridlight.sqlite"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    demonstration_district.fill(
        engine,
        today=TODAY,
        now=TAKEN_IN,
        references=shipped(),
        size=demonstration_district.Size.PILOT,
    )
    # What is still in the log of the database belongs into the one file that is copied.
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server of the session, started for the first test that needs it."""
    server = Postgres()
    yield server
    server.stop()
