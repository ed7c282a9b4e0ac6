"""What is known of a district: a ledger that nobody keeps says nothing about anybody.

A figure is known from the day of the first row, of any unit, in the ledger it is read from. Before
that day it is neither zero nor bad, and the rules that judge a missing row are silent.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from models.days import FOREVER, Span
from models.rules.fact import NO_UNIT, Fact, Origin

GRID_ELEMENTS = "grid_elements"
APPOINTMENTS = "appointments"
INSTITUTIONS = "institutions"
HEARINGS = "hearings"
"""Duties of the item 听取内审工作汇报 alone; all other sources are whole ledgers."""
CONTENT_CHECKS = "content_checks"
GUIDANCE = "guidance"
ATTENDANCE = "attendance"
RATINGS = "ratings"
REPORTS = "reports"
FINDINGS = "findings"

SOURCES: Mapping[str, str] = {
    GRID_ELEMENTS: "grid_elements",
    APPOINTMENTS: "appointments",
    INSTITUTIONS: "institutions",
    HEARINGS: "duties",
    CONTENT_CHECKS: "content_checks",
    GUIDANCE: "guidance",
    ATTENDANCE: "attendance",
    RATINGS: "ratings",
    REPORTS: "reports",
    FINDINGS: "findings",
}
"""By source, the ledger whose rows make it known."""
JUDGED_WHEN_MISSING = (GRID_ELEMENTS, APPOINTMENTS, HEARINGS)
"""Sources whose first day decides facts of every unit: lights, and the warnings W19 and W21."""
MEASURE = "known"

KnownSince = Mapping[str, date]
"""By source, the day of its first row; a source without rows is missing."""


def days_known(since: KnownSince, source: str) -> Span:
    """The days on which `source` is known; without a day where it has no row."""
    return Span(since.get(source, FOREVER))


def unknown_on(since: KnownSince, day: date) -> frozenset[str]:
    """The sources of which nothing is known on `day`."""
    return frozenset(source for source in SOURCES if day not in days_known(since, source))


def facts_of_known(since: KnownSince) -> Iterator[Fact]:
    """A fact of the district for every source, alive from the day on which it is known."""
    for source, ledger in SOURCES.items():
        yield from Origin(NO_UNIT, ledger, "").fact(MEASURE, days_known(since, source), 1, source)
