"""Which sources are known: a ledger without rows says nothing about any unit.

A figure is known from the day of the first row of its source, in any unit. Before that it is
neither zero nor bad, and rules that judge missing rows raise nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from models.days import FOREVER, Span
from models.rules.fact import NO_UNIT, Fact, Origin

GRID_ELEMENTS = "grid_elements"
APPOINTMENTS = "appointments"
INSTITUTIONS = "institutions"
HEARINGS = "hearings"
"""Only duties of the item 听取内审工作汇报; all other sources are whole ledgers."""
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
"""The ledger whose first row makes a source known, by source."""
JUDGED_WHEN_MISSING = (GRID_ELEMENTS, APPOINTMENTS, HEARINGS)
"""Sources whose first day decides facts of every unit: lights, and the warnings W19 and W21."""
MEASURE = "known"

KnownSince = Mapping[str, date]
"""By source, the day of its first row; a source without rows is missing."""


def days_known(since: KnownSince, source: str) -> Span:
    """The days on which `source` is known; empty if it has no row."""
    return Span(since.get(source, FOREVER))


def unknown_on(since: KnownSince, day: date) -> frozenset[str]:
    """The sources not known on `day`."""
    return frozenset(source for source in SOURCES if day not in days_known(since, source))


def facts_of_known(since: KnownSince) -> Iterator[Fact]:
    """A fact of the district for each source, alive from its first day on."""
    for source, ledger in SOURCES.items():
        yield from Origin(NO_UNIT, ledger, "").fact(MEASURE, days_known(since, source), 1, source)
