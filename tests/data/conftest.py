"""Fixtures that run a test with both databases: SQLite, and a real PostgreSQL server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.store.database import connect
from tests.databases import BOTH, Databases, Postgres


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    """An empty database with every table."""
    with databases() as engine:
        yield engine


@pytest.fixture(params=BOTH)
def bare_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without tables."""
    if request.param == "sqlite":
        engine = connect(f"sqlite:///{tmp_path / 'gridlight.db'}")
        yield engine
        engine.dispose()
    else:
        server: Postgres = request.getfixturevalue("postgres")
        with server.bare_database() as engine:
            yield engine
