"""The pilot of the demonstration, filled up to a fixed day."""

from datetime import UTC, date, datetime

from sqlalchemy import Engine

from data import demonstration
from data.reference.lists import shipped

TODAY = date(2026, 6, 30)


NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


def fill(engine: Engine) -> bool:
    """Fill `engine` with the pilot up to `TODAY`."""
    return demonstration.fill(engine, today=TODAY, now=NOW, references=shipped())
