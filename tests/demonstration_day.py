"""The demonstration district of the tests: the day to which it reaches, and where it is kept."""

from datetime import UTC, date, datetime

TODAY = date(2026, 6, 30)
"""The day to which the demonstration reaches."""


TAKEN_IN = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


SHARED_DEMONSTRATION = "GRIDLIGHT_TESTS_DEMONSTRATION"
"""The environment variable that names a file for several runs of tests to share."""
