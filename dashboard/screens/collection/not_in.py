"""The units without their file of the month: the longest late first, who answers in each, the last
reminder, and what is to be done next."""

from collections.abc import Mapping, Sequence

from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.elements.lists import Pieces
from dashboard.formats import NOT_ENTERED
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import next_acts
from dashboard.screens.collection import file_next, words
from data.collection.inbox import Arrival, Collected, UnitStanding
from data.collection.reminders import LastReminder
from models.duty import PostRole
from models.text import NOTHING

SHOWN = 200
"""The most units that are listed where all are asked for."""
WORST = 10
"""The most units that are listed at first."""
ON_A_PHONE = 3
"""The most units that a phone lists at first."""
LISTED = "units"
"""The parameter of the page that asks for all units."""


def region(
    view: View,
    found: Collected,
    reminded: Mapping[str, LastReminder],
    principals: Mapping[str, Sequence[str]],
    *,
    all_units: bool = False,
) -> Region:
    """Return how many units are in, and which are not, the longest late first; `reminded` has the
    last reminder by unit, `principals` those in post by unit.

    The first `WORST` stand above the link to all, or one line if all are late alike; a phone lists
    fewer of them. With `all_units` all are listed.
    """
    wanting = sorted(
        (each for each in found.units if not each.is_in), key=lambda each: -each.days_late
    )
    everything = board.way("inbox", month=str(found.period), **{LISTED: "all"})
    shown = wanting[: SHOWN if all_units else WORST]
    few = (
        None
        if all_units
        else board.left_out(len(wanting) - len(shown), everything, _("{n} more units ›", n="{n}"))
    )
    parts = [_table(view, found, shown, reminded, principals, few)] if shown else []
    if _takes_one_line(wanting, reminded, all_units=all_units):
        parts = [
            _in_one_line(view, found, wanting, reminded, everything),
            matters.note(_("all {n} units ›", n=len(wanting)), everything),
        ]
    if not wanting:
        parts.append(matters.note(_("Every unit is in.")))
    return board.region(
        "not-in",
        *parts,
        title=_("Units late: {n}", n=len(found.late)) if found.late else _("Units that are not in"),
        says=_(
            "files of {month}, due on {day}; {n} of {all} units are in",
            month=words.month(found.period),
            day=found.due_on,
            n=found.arrived,
            all=len(found.units),
        ),
        plain=True,
    )


def _takes_one_line(
    wanting: Sequence[UnitStanding], reminded: Mapping[str, LastReminder], *, all_units: bool
) -> bool:
    """Return whether one line says all of the units that are not in: they are more than are listed
    at first, as late as each other or not late yet, without a file, and last reminded on one day,
    if at all."""
    kinds = {(each.arrival, each.days_late, reminded.get(each.unit)) for each in wanting}
    alike = len(kinds) == 1 and wanting[0].arrival in (Arrival.LATE, Arrival.MISSING)
    return alike and len(wanting) > WORST and not all_units


def _in_one_line(
    view: View,
    found: Collected,
    wanting: Sequence[UnitStanding],
    reminded: Mapping[str, LastReminder],
    everything: Part,
) -> Part:
    """Return a line for units that are late alike: how many, by how many days, what is to be done,
    the last reminder, the first names, and the link to all."""
    first, *_others = wanting
    last = reminded.get(first.unit)
    done = file_next.of(found, first, last, view.today)
    names = _(", ").join(each.unit_name for each in wanting[:WORST])
    values = {"units": names, "more": len(wanting) - WORST}
    return matters.matters(
        [
            matters.matter(
                words.arrival(first.arrival),
                _("{n} units, all late by {days} days", n=len(wanting), days=first.days_late)
                if first.days_late
                else _("{n} units, none late yet", n=len(wanting)),
                _("all reminded last on {day}: {units} and {more} more", day=last.on, **values)
                if last
                else _("none reminded yet: {units} and {more} more", **values),
                by=next_acts.pieces(view, done) if done else [],
                onward=everything,
            )
        ]
    )


def _table(
    view: View,
    found: Collected,
    units: Sequence[UnitStanding],
    reminded: Mapping[str, LastReminder],
    principals: Mapping[str, Sequence[str]],
    few: Part | None,
) -> Part:
    columns = [
        table.column(_("Status")),
        table.column(_("Unit"), leads=True, day=True),
        table.column(name(PostRole.PRINCIPAL.label), day=True),
        table.column(_("Days late"), number=True),
        table.column(next_acts.heading(), card=_("Next")),
    ]
    rows = [
        table.row(
            [
                words.arrival(each.arrival),
                each.unit_name,
                _who(principals.get(each.unit)),
                (str(each.days_late), Tone.BAD) if each.days_late else NOTHING,
                _next(view, found, each, reminded.get(each.unit)),
            ],
            onward(each),
        )
        for each in units
    ]
    return table.table(columns, rows, rest=few, on_a_phone=ON_A_PHONE if few else 0)


def _next(
    view: View, found: Collected, each: UnitStanding, last: LastReminder | None
) -> Pieces | str:
    return next_acts.cell(view, file_next.of(found, each, last, view.today)) or NOTHING


def _who(principals: Sequence[str] | None) -> str:
    """Return the principals in post; that nobody is, or that none was ever entered (None)."""
    if principals is None:
        return _(NOT_ENTERED)
    return _(", ").join(principals) or _("nobody in post")


def onward(each: UnitStanding) -> Part:
    """Return the link of a unit: to its file, else to the unit."""
    if each.line:
        return board.way("sent", file=str(each.line.number))
    return board.way("unit", node=f"unit:{each.unit}")
