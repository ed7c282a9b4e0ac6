"""The last day of the tests' demonstration, and the variable with its file."""

from datetime import UTC, date, datetime

TODAY = date(2026, 6, 30)
"""The last day of the demonstration."""


TAKEN_IN = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


SHARED_DEMONSTRATION = "GRIDLIGHT_TESTS_DEMONSTRATION"
"""The environment variable that names a file for several runs of tests to share."""
