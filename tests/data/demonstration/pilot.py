"""The pilot of the demonstration, filled up to a pinned day."""

from datetime import UTC, date, datetime

from sqlalchemy import Engine

from data import demonstration
from data.reference.lists import shipped

TODAY = date(2026, 6, 30)


NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


def fill(engine: Engine, today: date = TODAY) -> bool:
    """Fill `engine` with the pilot up to `today`."""
    now = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
    return demonstration.fill(engine, today=today, now=now, references=shipped())
