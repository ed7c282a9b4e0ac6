"""Fixtures that give a test both databases: SQLite, and a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.store.database import connect
from tests.databases import Databases, Postgres, sqlite_database

BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session", params=BOTH)
def databases(request: pytest.FixtureRequest) -> Databases:
    """Empty databases, as many as a test asks for, first of the one kind and then of the other."""
    if request.param == "sqlite":
        return sqlite_database
    server: Postgres = request.getfixturevalue("postgres")
    return server.database


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    """An empty database with every table."""
    with databases() as engine:
        yield engine


@pytest.fixture(params=BOTH)
def bare_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        engine = connect(f"sqlite:///{tmp_path / 'gridlight.db'}")
        yield engine
        engine.dispose()
    else:
        server: Postgres = request.getfixturevalue("postgres")
        with server.bare_database() as engine:
            yield engine
