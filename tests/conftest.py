"""Fixtures shared by folders: the demonstration and a PostgreSQL server, each made once a session.

Also orders the test files.
"""

import fcntl
import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from data import demonstration as demonstration_district
from data.access import passwords
from data.reference.lists import shipped
from data.store.database import connect
from data.store.schema import migrate
from tests.databases import BOTH, Databases, Postgres, sqlite_database
from tests.demonstration_day import SHARED_DEMONSTRATION, TAKEN_IN, TODAY

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
"""How long an example takes says nothing of the rule: a busy machine is slow."""

BROWSER = "tests/browser/"
LONGEST = (f"{BROWSER}test_accessibility.py", f"{BROWSER}test_wall.py")
DEAREST = (
    "tests/browser/test_wall.py",
    # Two that need no demonstration, while the first worker fills it for all.
    "tests/pages/test_letters.py",
    "tests/pages/test_inbox.py",
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
    """Run the slowest files first; keep the order within a file."""
    items.sort(key=lambda item: _rank(item.nodeid))


def _rank(nodeid: str) -> int:
    places = (at for at, place in enumerate(DEAREST) if nodeid.startswith(place))
    return next(places, len(DEAREST))


def pytest_collection_finish() -> None:
    """Keep what exists after collection out of garbage collection: it lives to the end anyway.

    Each process holds millions of objects by then; searching them took a tenth of its time.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class _BrowserTestsTogether(LoadScopeScheduling):
    """Give the files of tests/browser to few processes: each needs a server and a browser."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(BROWSER):
            return BROWSER + ("accessibility" if nodeid.startswith(LONGEST) else "others")
        return super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Schedule whole files, and the files of tests/browser in two heaps."""
    return _BrowserTestsTogether(config, log)


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than cores, since tests wait for a browser for a third of the time."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def quick_hashing() -> Iterator[None]:
    """Hash passwords in a millisecond instead of a quarter of a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "ROUNDS", 4)
        yield


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the demonstration, which tests must not change.

    The first process of a run that needs it fills it for all. Several runs can share the file named
    by SHARED_DEMONSTRATION in the environment, if they test the same sources.
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
    # Write the write-ahead log into the file, since only that is copied.
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
    """A function to empty databases; the test runs once with SQLite and once with PostgreSQL."""
    if request.param == "sqlite":
        return sqlite_database
    server: Postgres = request.getfixturevalue("postgres")
    return server.database
