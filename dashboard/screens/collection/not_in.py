"""The units without their file of the month: the longest late first, who answers in each, the last
reminder."""

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.formats import NOT_ENTERED
from dashboard.i18n import _, name
from dashboard.screens.collection import words
from data.collection.inbox import Collected, UnitStanding
from models.duty import PostRole
from models.text import NOTHING

SHOWN = 200
"""The most units that are listed where all are asked for."""
WORST = 10
"""The most units that are listed at first."""
LISTED = "units"
"""The parameter of the page that asks for all units."""


def region(
    found: Collected,
    reminded_on: Mapping[str, date],
    principals: Mapping[str, Sequence[str]],
    *,
    all_units: bool = False,
) -> Region:
    """Return how many units are in, and which are not, the longest late first; `reminded_on` has
    the day of the last reminder by unit, `principals` those in post by unit.

    The first `WORST` stand above the link to all; with `all_units` all are listed.
    """
    wanting = sorted(
        (each for each in found.units if not each.is_in), key=lambda each: -each.days_late
    )
    shown = wanting[: SHOWN if all_units else WORST]
    parts = [_table(shown, reminded_on, principals)] if shown else []
    if len(wanting) > len(shown):
        everything = board.way("inbox", month=str(found.period), **{LISTED: "all"})
        parts.append(matters.note(_("all {n} units ›", n=len(wanting)), everything))
    if not wanting:
        parts.append(matters.note(_("Every unit is in.")))
    return board.region(
        "not-in",
        *parts,
        title=_("Units that are not in"),
        says=_(
            "files of {month}, due on {day}; {n} of {all} units are in",
            month=words.month(found.period),
            day=found.due_on,
            n=found.arrived,
            all=len(found.units),
        ),
        plain=True,
    )


def _table(
    units: Sequence[UnitStanding],
    reminded_on: Mapping[str, date],
    principals: Mapping[str, Sequence[str]],
) -> Part:
    # Most units have only not sent the file, which the heading says.
    returned = any(each.line and each.line.reason for each in units)
    columns = [
        table.column(_("Status")),
        table.column(_("Unit"), leads=True, day=True),
        table.column(name(PostRole.PRINCIPAL.label), day=True),
        table.column(_("Days late"), number=True),
        table.column(_("Last reminder"), day=True),
        *([table.column(_("To be sent again"))] if returned else []),
    ]
    rows = [
        table.row(
            [
                words.arrival(each.arrival),
                each.unit_name,
                _who(principals.get(each.unit)),
                (str(each.days_late), Tone.BAD) if each.days_late else NOTHING,
                _reminded(reminded_on.get(each.unit)),
                *([(each.line.reason if each.line else "") or NOTHING] if returned else []),
            ],
            onward(each),
        )
        for each in units
    ]
    return table.table(columns, rows)


def _who(principals: Sequence[str] | None) -> str:
    """Return the principals in post; that nobody is, or that none was ever entered (None)."""
    if principals is None:
        return _(NOT_ENTERED)
    return _(", ").join(principals) or _("nobody in post")


def _reminded(day: date | None) -> str:
    return day.isoformat() if day else _("none yet")


def onward(each: UnitStanding) -> Part:
    """Return the link of a unit: to its file, else to the unit."""
    if each.line:
        return board.way("sent", file=str(each.line.number))
    return board.way("unit", node=f"unit:{each.unit}")
