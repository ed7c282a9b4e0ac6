"""What pages read, cached until the data changes.

`cache` holds the answers, `questions` asks the present database or a freeze, the other modules have
the most frequent questions. Pages query the database only through this package.
"""

from dashboard.reads.district import (
    last_meeting,
    latest_day,
    latest_import,
    name_of_node,
    references,
    rules_in_force,
    scope,
    sectors,
)
from dashboard.reads.figures import (
    by_day,
    by_group,
    by_unit,
    catalogue,
    figure,
    figures_of,
    first_days,
    is_unreported,
    movements,
    ranking,
    units,
)
from dashboard.reads.questions import (
    Question,
    ask,
    ask_now,
    drawn,
    drawn_controls,
    engine_of,
    freeze_line,
    freezes_kept,
    frozen_state,
    looked_at,
    made,
)
from dashboard.reads.recording import live
from dashboard.reads.rows import (
    length_of_rows,
    lines_moved,
    moved_rows,
    page_of_rows,
    rows_behind,
    unit_names,
)

__all__ = [
    "Question",
    "ask",
    "ask_now",
    "by_day",
    "by_group",
    "by_unit",
    "catalogue",
    "drawn",
    "drawn_controls",
    "engine_of",
    "figure",
    "freeze_line",
    "freezes_kept",
    "frozen_state",
    "is_unreported",
    "last_meeting",
    "latest_day",
    "latest_import",
    "length_of_rows",
    "lines_moved",
    "live",
    "looked_at",
    "made",
    "moved_rows",
    "movements",
    "name_of_node",
    "figures_of",
    "first_days",
    "page_of_rows",
    "ranking",
    "references",
    "rows_behind",
    "rules_in_force",
    "scope",
    "sectors",
    "unit_names",
    "units",
]
