"""The demonstration as a briefing tells it, and small districts to be told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.documents.briefing.content import Content
from data.store.database import connect
from tests.dashboard.documents.briefing.telling import SINCE, read


@pytest.fixture(scope="session")
def demonstrated(demonstration: Path) -> Iterator[Engine]:
    """The demonstration, only to be read."""
    engine = connect(f"sqlite:///{demonstration}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def found(demonstrated: Engine) -> Content:
    """What the briefing of the demonstration says."""
    return read(demonstrated, since=SINCE)
