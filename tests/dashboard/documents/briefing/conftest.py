"""The fixtures of briefing tests: the demonstration as a briefing reports it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.documents.briefing.content import Content
from data.store.database import connect
from tests.dashboard.documents.briefing.telling import SINCE, read


@pytest.fixture(scope="session")
def demonstrated(demonstration: Path) -> Iterator[Engine]:
    """The demonstration, for reading only."""
    engine = connect(f"sqlite:///{demonstration}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def found(demonstrated: Engine) -> Content:
    """The contents of the demonstration's briefing."""
    return read(demonstrated, since=SINCE)
