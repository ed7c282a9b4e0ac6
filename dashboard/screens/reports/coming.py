"""The reports that are due next: how long until then, of which kind, and of which units."""

from dashboard import reads
from dashboard.elements import board
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.status import of_limit
from dashboard.widgets import headlines
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.reports.upcoming import UpcomingReports, upcoming
from models.report import ReportKind

MOST = 6
"""The most days and kinds shown."""


def is_any(view: View) -> bool:
    """Return whether a report is due on the day of the view or later and not in."""
    return bool(reads.ask(upcoming, view.scope, MOST, headlines.NAMED))


def reports_to_come(view: View) -> None:
    """Draw what is due today and next, one row for each day and kind."""
    ahead = reads.ask(upcoming, view.scope, MOST, headlines.NAMED)
    heading(_("Due next"), _("reports not yet in, by the day on which they are due"))
    table(
        {
            _("Days left"): [of_limit((each.due_on - view.as_of).days) for each in ahead],
            _("Report kind"): [name(ReportKind(each.kind).label) for each in ahead],
            _("Report due on"): [each.due_on for each in ahead],
            _("Submitted"): [f"{each.owed - each.missing}/{each.owed}" for each in ahead],
            _("Not in"): [each.missing for each in ahead],
            _("Units"): [_units(each) for each in ahead],
        },
        key="reports-next",
        says=_("Due next"),
        onward=lambda row: board.way("reports", show="all"),
    )


def _units(each: UpcomingReports) -> str:
    """Return the units whose report is not in: the first by name, the others by their number."""
    more = each.missing - len(each.units)
    named = _(", ").join(each.units)
    return _("{units} and {n} more", units=named, n=more) if more > 0 else named
