"""The rows behind a briefing, for its workbook: those of headline figures, all overdue findings."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from dashboard.documents.briefing.content import RANKED_BY
from data.figures import lines as lists
from data.figures import rows
from data.figures.catalogue import Figure, catalogue
from data.figures.lines import Line
from data.figures.rows import FigureRow, Side
from data.findings import escalation
from data.findings.escalation import DueSteps
from data.findings.lines import FindingLine, lines
from data.reference.lists import current
from data.scope import Scope
from data.store import data_version

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
MOST_ROWS = 5_000
"""The most rows that a list has as a whole; the list of the figure can export more."""
SAMPLE = 500
"""The rows that are shown of a side of a figure that has more than `MOST_ROWS`."""


@dataclass(frozen=True, slots=True)
class Behind:
    """By figure, its rows on every side and their number; and the overdue findings, longest first.

    `version` is the data version of the state that was read. `lengths` count all rows, those that
    are not shown as well.
    """

    version: int
    rows: Mapping[str, tuple[Line, ...]]
    lengths: Mapping[str, int]
    overdue: tuple[FindingLine, ...]
    overdue_length: int
    due_steps: DueSteps


def read(
    connection: Connection, scope: Scope, *, names_in_full: bool, earlier: Behind | None = None
) -> Behind:
    """The rows behind the headline figures of `scope`; names are masked unless `names_in_full`.

    These are `earlier`, read before for the same scope, if the data have not changed since.
    """
    version = data_version.current(connection)
    if earlier is not None and earlier.version == version:
        return earlier
    known = catalogue(current(connection))
    rows_by_key: dict[str, tuple[Line, ...]] = {}
    lengths: dict[str, int] = {}
    for name in HEADLINES:
        counted: list[FigureRow] = []
        lengths[name] = 0
        for side in rows.sides(known[name]):
            own, length = _side(connection, scope, known[name], side)
            counted += own
            lengths[name] += length
        rows_by_key[name] = lists.lines(connection, counted, names_in_full=names_in_full)
    overdue, overdue_length = _first_rows(connection, scope, known["overdue"], Side.VALUE)
    return Behind(
        version,
        rows_by_key,
        lengths,
        lines(connection, [row.key for row in overdue], scope.as_of),
        overdue_length,
        escalation.due_steps(connection, scope, MOST_ROWS),
    )


def _side(
    connection: Connection, scope: Scope, figure: Figure, side: Side
) -> tuple[list[FigureRow], int]:
    """One side of a figure, or a sample of it where it is too long, and how many rows it has."""
    first, length = _first_rows(connection, scope, figure, side)
    return first if length <= MOST_ROWS else first[:SAMPLE], length


def _first_rows(
    connection: Connection, scope: Scope, figure: Figure, side: Side
) -> tuple[list[FigureRow], int]:
    """At most MOST_ROWS rows of one side of a figure, and how many there are."""
    own = list(rows.rows_on_page(connection, scope, figure, "", side, most=MOST_ROWS))
    if len(own) < MOST_ROWS:
        return own, len(own)
    return own, rows.length(connection, scope, figure, "", side)
