"""What tests of several folders share: the demonstration district and a PostgreSQL server, each
made once a session; and in which order files are tested."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import demonstration as demonstration_district
from data.reference.lists import shipped
from data.store.database import connect, migrate
from tests.databases import BOTH, Databases, Postgres, sqlite_database
from tests.demonstration_day import SHARED_DEMONSTRATION, TAKEN_IN, TODAY

DEAREST = (
    "tests/browser/test_wall.py",
    "tests/browser/test_accessibility.py",
    "tests/pages/test_every_page.py",
    "tests/browser/",
    "tests/pages/",
    "tests/data/demonstration/",
    "tests/dashboard/",
)
"""Whose tests take longest: begun last, one process would end long after all others."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Dear files first; within a file the order stays."""
    items.sort(key=lambda item: _rank(item.nodeid))


def _rank(nodeid: str) -> int:
    places = (at for at, place in enumerate(DEAREST) if nodeid.startswith(place))
    return next(places, len(DEAREST))


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: a third of the time tests wait for a browser."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demonstration district in a file that is not to be changed.

    Whichever process of the run asks first fills it for all of them. Several runs share the file
    that the environment names; they must be runs of the same sources.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = Path(os.environ.get(SHARED_DEMONSTRATION) or folder / "demonstration.sqlite")
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _fill(being_filled := path.with_suffix(".being-filled"))
            being_filled.rename(path)
    return path


def _fill(path: Path) -> None:
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
