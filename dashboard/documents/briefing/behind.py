"""The rows behind a briefing, for its workbook: those of headline figures, all overdue findings."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from dashboard.documents.briefing.content import RANKED_BY
from data.figures import lines as lists
from data.figures import rows
from data.figures.catalogue import catalogue
from data.figures.lines import Line
from data.figures.rows import Side
from data.findings import pressing
from data.findings.lines import FindingLine, lines
from data.findings.pressing import ToPress
from data.reference.lists import current
from data.scope import Scope

HEADLINES = (
    "grid_coverage",
    "dual_responsibility",
    "reports_late",
    "required",
    RANKED_BY,
    "due_soon",
    "fund_idle",
    "disposals_late",
    "warnings_open",
)
"""The figures whose rows are in the workbook."""
MOST_ROWS = 10_000
"""The most rows of one side of a figure; the list of the figure can export more."""


@dataclass(frozen=True, slots=True)
class Behind:
    """By figure, its rows on every side and their number; and the overdue findings."""

    rows: Mapping[str, tuple[Line, ...]]
    lengths: Mapping[str, int]
    overdue: tuple[FindingLine, ...]
    to_press: ToPress


def read(connection: Connection, scope: Scope, *, names_in_full: bool) -> Behind:
    """The rows behind the headline figures of `scope`; names are masked unless `names_in_full`."""
    known = catalogue(current(connection))
    rows_by_key: dict[str, tuple[Line, ...]] = {}
    lengths: dict[str, int] = {}
    for name in HEADLINES:
        figure = known[name]
        counted = [
            row
            for side in rows.sides(figure)
            for row in rows.rows_on_page(connection, scope, figure, "", side, most=MOST_ROWS)
        ]
        rows_by_key[name] = lists.lines(connection, counted, names_in_full=names_in_full)
        lengths[name] = sum(
            rows.length(connection, scope, figure, "", side) for side in rows.sides(figure)
        )
    overdue = rows.rows_on_page(connection, scope, known["overdue"], "", Side.VALUE, most=MOST_ROWS)
    return Behind(
        rows_by_key,
        lengths,
        lines(connection, [row.key for row in overdue], scope.as_of),
        pressing.to_press(connection, scope, MOST_ROWS),
    )
