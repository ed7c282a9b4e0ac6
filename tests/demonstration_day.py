"""The day to which the demonstration district of the tests reaches."""

from datetime import UTC, date, datetime

TODAY = date(2026, 6, 30)
"""The day to which the demonstration reaches."""


TAKEN_IN = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
