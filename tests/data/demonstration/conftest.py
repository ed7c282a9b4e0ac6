"""A database with the demonstration of a pinned day, filled once for all tests that only read."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from data import demonstration
from data.demonstration.book import Book
from data.demonstration.filling import SEED
from data.demonstration.telling import told
from data.reference.lists import shipped
from data.store.database import reading
from tests.data.demonstration.pilot import TODAY, fill
from tests.databases import sqlite_database


@pytest.fixture(scope="session")
def district() -> Iterator[Engine]:
    """The pilot on the pinned day; to be read only."""
    with sqlite_database() as engine:
        assert fill(engine)
        yield engine


@pytest.fixture
def connection(district: Engine) -> Iterator[Any]:
    """What is kept of the pilot."""
    with reading(district) as connection:
        yield connection


@pytest.fixture(scope="session")
def book() -> Book:
    """The rows of the pilot on the pinned day."""
    return told(TODAY, demonstration.Size.PILOT, SEED, shipped())
