"""A database with the demonstration of a fixed day, filled once for all tests that only read."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.demonstration.book import Book
from data.demonstration.filling import SEED
from data.demonstration.size import Size
from data.demonstration.telling import whole_history
from data.reference.lists import shipped
from data.store.database import connect, reading
from tests.data.demonstration.pilot import TODAY


@pytest.fixture(scope="session")
def district(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The pilot on the fixed day; for reading only."""
    path = tmp_path_factory.mktemp("district") / "gridlight.sqlite"
    shutil.copyfile(demonstration, path)
    engine = connect(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def connection(district: Engine) -> Iterator[Any]:
    """A connection to the pilot."""
    with reading(district) as connection:
        yield connection


@pytest.fixture(scope="session")
def book() -> Book:
    """The rows of the pilot on the fixed day."""
    return whole_history(TODAY, Size.PILOT, SEED, shipped())
