"""What is new among findings since the day of comparison: the column that marks it in a list."""

from collections.abc import Sequence

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import listing_moved
from dashboard.widgets.lists import Column
from data.figures.rows import Side
from data.findings.lines import FindingLine
from models.rectification import PublicStatus


def with_mark(view: View, columns: Sequence[Column[FindingLine]]) -> Sequence[Column[FindingLine]]:
    """Return `columns` with that of what is new after the unit; as they are if nothing is new, or
    nothing was known on the day of comparison."""
    overdue, issued = newly_overdue(view), _came(view, "required")
    if not overdue and not issued:
        return columns

    def mark(line: FindingLine) -> str | None:
        code = line.finding.code
        if line.status is PublicStatus.UNRECTIFIED and code in overdue:
            return _("newly overdue")
        return listing_moved.mark(is_new=code in issued)

    column: Column[FindingLine] = Column(
        "new", listing_moved.mark_heading(view), mark, file=False, card="{n}"
    )
    at = 1 + next(at for at, each in enumerate(columns) if each.id == "unit")
    return [*columns[:at], column, *columns[at:]]


def newly_overdue(view: View) -> frozenset[str]:
    """Return the codes of the findings that are overdue and were not on the day of comparison."""
    return _came(view, "overdue")


def _came(view: View, figure: str) -> frozenset[str]:
    """Return the codes of the findings that count in a figure and did not on the day of
    comparison."""
    side = Side.VALUE
    length = reads.length_of_rows(view.scope, figure, "", side)
    moved = listing_moved.since_then(view, reads.figure(figure), "", side, length)
    return frozenset(row.key for row in moved.new) if moved else frozenset()
