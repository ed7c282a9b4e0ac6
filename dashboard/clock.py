"""The current time, read only here; `data` is always given the day."""

from datetime import UTC, date, datetime

from dashboard import settings


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in the district."""
    return now().astimezone(settings.in_use().time_zone).date()


def local(instant: datetime) -> datetime:
    """An instant in the district's time zone."""
    return instant.astimezone(settings.in_use().time_zone)
