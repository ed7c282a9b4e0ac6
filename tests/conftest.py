"""What tests of several folders share: the demonstration district and a PostgreSQL server, each
made once a session."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import demonstration as demonstration_district
from data.reference.lists import shipped
from data.store.database import connect, migrate
from tests.databases import BOTH, Databases, Postgres, sqlite_database
from tests.demonstration_day import TAKEN_IN, TODAY


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: a third of the time tests wait for a browser."""
    return (os.cpu_count() or 1) + 1


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


@pytest.fixture(scope="session", params=BOTH)
def databases(request: pytest.FixtureRequest) -> Databases:
    """Empty databases, as many as a test asks for, first of the one kind and then of the other."""
    if request.param == "sqlite":
        return sqlite_database
    server: Postgres = request.getfixturevalue("postgres")
    return server.database
