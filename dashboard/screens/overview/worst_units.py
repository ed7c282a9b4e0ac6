"""The units to look at first, with their reasons."""

from dashboard import formats, status
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import unit_light, unit_standing
from dashboard.screens.unit_standing import UnitStanding
from dashboard.widgets.silence import is_silent

MOST, LEAST = 9, 3


def worst_units(view: View) -> Region:
    """Return at most nine units that are not green, the worst first, as far as there is room; each
    says why it has its light."""
    onward = board.way("coverage", tab="units")
    wanting_units = [each for each in unit_standing.standings(view) if each.wants]
    shown = wanting_units[:MOST]
    why = unit_light.in_short(view.scope, [each.unit.code for each in shown])
    rows = [_row(each, why.get(each.unit.code, "")) for each in shown]
    if not rows:
        message = (
            _("No unit stood in the grid here on {day}.", day=view.as_of)
            if is_silent(view)
            else _("Every unit has a green light.")
        )
        parts = [matters.note(message)]
    else:
        rest = board.left_out(
            len(wanting_units) - len(rows), onward, _("{n} more units ›", n="{n}")
        )
        parts = [table.table(_columns(), rows, LEAST, rest)]
    return board.region(
        "units-card",
        *parts,
        title=_("Units to look at first"),
        says=_("the worst light first, then the longest overdue"),
        onward=onward,
    )


def _columns() -> list[Part]:
    return [
        table.column(_("Light")),
        table.column(_("Unit"), leads=True, day=True),
        table.column(_("Why this light")),
        table.column(_("Longest overdue"), number=True),
        table.column(_("Due rate"), number=True),
        table.column(_("Grade"), number=True),
    ]


def _row(each: UnitStanding, why: str) -> Part:
    cells = (
        status.of_light(each.unit.light),
        each.unit.name,
        why,
        unit_standing.longest(each),
        formats.text(each.readings.get("due_rect_rate")),
        unit_standing.grade(each),
    )
    return table.row(cells, board.way("unit", node=f"unit:{each.unit.code}"))
