"""The time, read here and nowhere below: what is asked of the data is always asked for a day."""

from datetime import UTC, date, datetime

from dashboard import settings


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is where the district is."""
    return now().astimezone(settings.in_use().time_zone).date()


def local(instant: datetime) -> datetime:
    """An instant as a clock in the district shows it."""
    return instant.astimezone(settings.in_use().time_zone)
