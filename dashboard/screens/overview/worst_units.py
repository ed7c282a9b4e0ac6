"""The units to look at first, with their reasons."""

from dashboard.elements import board, matters, table
from dashboard.elements.board import Region
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import unit_standing
from dashboard.widgets.silence import is_silent

MOST, LEAST = 9, 3


def worst_units(view: View) -> Region:
    """Return at most nine units that are not green, the worst first, as far as there is room."""
    wanting_units = [each for each in unit_standing.standings(view) if each.wants]
    onward = board.way("coverage", tab="units")
    rows = [unit_standing.row(each) for each in wanting_units[:MOST]]
    if not rows:
        message = (
            _("No unit stood in the grid here on {day}.", day=view.as_of)
            if is_silent(view)
            else _("No unit stands in red, yellow or silent.")
        )
        parts = [matters.note(message)]
    else:
        rest = board.left_out(
            len(wanting_units) - len(rows), onward, _("{n} more units ›", n="{n}")
        )
        parts = [table.table(unit_standing.columns(), rows, LEAST, rest)]
    return board.region(
        "units-card",
        *parts,
        title=_("Units to look at first"),
        says=_("the worst light first, then the longest overdue"),
        onward=onward,
    )
