"""Whose a row is: the units to which the rows of each ledger belong, and what they refer to."""

from collections.abc import Iterator
from typing import NamedTuple

from models.ledger import Column, Ledger, Refers
from models.registry import LEDGERS

OWN: dict[str, tuple[str, ...]] = {
    "units": ("code",),
    "grid_elements": ("unit",),
    "appointments": ("unit",),
    "institutions": ("unit",),
    "duties": ("unit",),
    "reports": ("unit",),
    "report_scores": ("unit",),
    "projects": ("unit",),
    "findings": ("unit",),
    "cross_reviews": ("reviewer", "reviewed"),
    "guidance": ("unit",),
    "ratings": ("unit",),
    "assessments": ("unit",),
    "attendance": ("unit",),
    "decisions": ("unit",),
    "fund_projects": ("unit",),
    "disposals": ("unit",),
    "warnings": ("unit",),
}
"""By ledger, the columns that name the unit of a row."""

THROUGH: dict[str, tuple[str, str]] = {
    "content_checks": ("project", "projects"),
    "rectification_events": ("finding", "findings"),
    "escalations": ("finding", "findings"),
    "fund_flows": ("project", "fund_projects"),
}
"""By ledger, the column and the ledger of the row whose unit a row belongs to."""

OF_DISTRICT = frozenset({"key_tasks", "task_progress", "meetings", "decisions"})
"""Ledgers whose figures belong to the district alone."""

REPORT = ("unit", "year", "kind", "number")
"""The columns of a score that together are the key of the report it scores."""


class Reference(NamedTuple):
    """A column of `ledger` that holds the key of a row of `target`."""

    ledger: type[Ledger]
    column: Column
    target: str


def references_of(ledger: type[Ledger]) -> Iterator[Reference]:
    """The references of `ledger`, in the order of its columns."""
    for column in ledger.columns:
        if isinstance(column.kind, Refers):
            yield Reference(ledger, column, column.kind.ledger)


def references_to(target: str) -> Iterator[Reference]:
    """The references of all ledgers to `target`."""
    for ledger in LEDGERS:
        for reference in references_of(ledger):
            if reference.target == target:
                yield reference
