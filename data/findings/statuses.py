"""Numbers of findings by public status within each source, severity or type of rectification."""

from collections.abc import Mapping

from sqlalchemy import Connection

from data.figures.breakdown import totals_by_day
from data.scope import Scope
from models.audit import Source
from models.choice import Choice
from models.rectification import PublicStatus, RectType, Severity

MEASURES: Mapping[PublicStatus, str] = {
    PublicStatus.RECTIFIED: "rectified",
    PublicStatus.IN_PROGRESS: "in_progress",
    PublicStatus.UNRECTIFIED: "unrectified",
}
"""By status, the measure whose facts are the findings with it."""
DIMENSIONS: Mapping[str, tuple[type[Choice], str]] = {
    "type": (RectType, ""),
    "source": (Source, "source="),
    "severity": (Severity, "severity="),
}
"""The dimensions by which findings are split: their codes, and the prefix of buckets."""

Statuses = Mapping[Choice, Mapping[PublicStatus, int]]


def statuses(connection: Connection, scope: Scope, dimension: str) -> Statuses:
    """By code of `dimension`, the number of findings of `scope` in each status."""
    choices, prefix = DIMENSIONS[dimension]
    day = scope.as_of
    totals = totals_by_day(connection, scope, [day], frozenset(MEASURES.values()))[day]
    return {
        choice: {
            status: totals.get((measure, f"{prefix}{choice}"), (0, 0))[0]
            for status, measure in MEASURES.items()
        }
        for choice in choices
    }
