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
from data.collection.inbox import Arrival, Collected, UnitStanding
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

    The first `WORST` stand above the link to all, or one line if all are late alike; with
    `all_units` all are listed.
    """
    wanting = sorted(
        (each for each in found.units if not each.is_in), key=lambda each: -each.days_late
    )
    shown = wanting[: SHOWN if all_units else WORST]
    parts = [_table(shown, reminded_on, principals)] if shown else []
    if len(wanting) > len(shown):
        everything = board.way("inbox", month=str(found.period), **{LISTED: "all"})
        if takes_one_line(found, reminded_on, all_units=all_units):
            parts = [_in_one_line(wanting, reminded_on, everything)]
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


def takes_one_line(
    found: Collected, reminded_on: Mapping[str, date], *, all_units: bool = False
) -> bool:
    """Return whether one line says all of the units that are not in: they are more than are listed
    at first, as late as each other or not late yet, without a file, and last reminded on one day,
    if at all."""
    wanting = [each for each in found.units if not each.is_in]
    kinds = {(each.arrival, each.days_late, reminded_on.get(each.unit)) for each in wanting}
    alike = len(kinds) == 1 and wanting[0].arrival in (Arrival.LATE, Arrival.MISSING)
    return alike and len(wanting) > WORST and not all_units


def _in_one_line(
    wanting: Sequence[UnitStanding], reminded_on: Mapping[str, date], everything: Part
) -> Part:
    """Return a line for units that are late alike: how many, by how many days, the last reminder,
    the first names, and the link to all."""
    first, *_others = wanting
    reminded = reminded_on.get(first.unit)
    names = _(", ").join(each.unit_name for each in wanting[:WORST])
    values = {"units": names, "more": len(wanting) - WORST}
    return matters.matters(
        [
            matters.matter(
                words.arrival(first.arrival),
                _("{n} units, all late by {days} days", n=len(wanting), days=first.days_late)
                if first.days_late
                else _("{n} units, none late yet", n=len(wanting)),
                _("all reminded last on {day}: {units} and {more} more", day=reminded, **values)
                if reminded
                else _("none reminded yet: {units} and {more} more", **values),
                onward=everything,
            )
        ]
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
