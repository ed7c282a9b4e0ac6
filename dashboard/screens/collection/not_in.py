"""The units without their file of the month: what is missing, for how long, the last reminder."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.i18n import _
from dashboard.screens.collection import words
from dashboard.status import Status
from data.collection.inbox import Collected, UnitStanding
from models.text import NOTHING

SHOWN = 200
"""The most units listed one by one."""
ALIKE = 8
"""The number of units from which those that stand alike are told as one."""
NAMED = 20
"""How many of those that stand alike are named."""
LISTED = "units"
"""The parameter of the page that asks for all units one by one."""


class Standing(NamedTuple):
    """What a row says of a unit beside its name."""

    status: Status
    missing: str
    days_late: int
    reminded: str


def region(
    found: Collected, reminded_on: Mapping[str, date], *, one_by_one: bool = False
) -> Region:
    """Return how many units are in, and which are not; `reminded_on` has the day of the last
    reminder by unit.

    Of many units that stand alike the first are named, below how they stand, with the link to all,
    so that the others are seen; with `one_by_one` each has its row.
    """
    wanting = [each for each in found.units if not each.is_in]
    told = {each.unit: _standing(found, each, reminded_on) for each in wanting}
    by_standing: dict[Standing, list[UnitStanding]] = {}
    for each in wanting:
        by_standing.setdefault(told[each.unit], []).append(each)
    alike = [group for group in by_standing.values() if len(group) >= ALIKE and not one_by_one]
    in_group = {each.unit for group in alike for each in group}
    apart = [each for each in wanting if each.unit not in in_group][:SHOWN]
    parts = [_table(apart, told)] if apart else []
    for group in alike:
        # One group of all is told in the sentence above; of several each says how it stands.
        units = len(group) if len(group) < len(wanting) else 0
        parts += [_in_words(told[group[0].unit], units), _names(found, group)]
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
    )


def _standing(found: Collected, each: UnitStanding, reminded_on: Mapping[str, date]) -> Standing:
    missing = _("Files of {month}", month=words.month(found.period))
    if each.line and each.line.reason:
        missing = _("To be sent again: {reason}", reason=each.line.reason)
    day = reminded_on.get(each.unit)
    return Standing(
        words.arrival(each.arrival),
        missing,
        each.days_late,
        day.isoformat() if day else "",
    )


def _table(units: Sequence[UnitStanding], told: Mapping[str, Standing]) -> Part:
    columns = [
        table.column(_("Status")),
        table.column(_("Unit"), leads=True, day=True),
        table.column(_("What is missing")),
        table.column(_("Days late"), number=True),
        table.column(_("Last reminder"), day=True),
    ]
    return table.table(columns, [_row(each, told[each.unit]) for each in units])


def _row(each: UnitStanding, standing: Standing) -> Part:
    return table.row(
        [
            standing.status,
            each.unit_name,
            standing.missing,
            (str(standing.days_late), Tone.BAD) if standing.days_late else NOTHING,
            standing.reminded or _("none yet"),
        ],
        onward(each),
    )


def _in_words(standing: Standing, units: int) -> Part:
    """Return how many `units` stand alike and how; of 0 units the last reminder alone."""
    status = standing.status
    pieces = []
    if units:
        text = _("{status}: {n} units", status=status.word, n=units)
        pieces.append(matters.piece(text, status.tone))
    if units and standing.days_late:
        pieces.append(matters.piece(_("{n} days late", n=standing.days_late)))
    said = (
        _("last reminder {day}", day=standing.reminded)
        if standing.reminded
        else _("not reminded yet")
    )
    return matters.sentence([*pieces, matters.piece(said)])


def _names(found: Collected, units: Sequence[UnitStanding]) -> Part:
    """Return the first units that stand alike, and the link to all that are not in."""
    named = [matters.piece(each.unit_name, None, onward(each)) for each in units[:NAMED]]
    everything = board.way("inbox", month=str(found.period), **{LISTED: "all"})
    return matters.sentence(
        [*named, matters.piece(_("all {n} units ›", n=len(units)), None, everything)]
    )


def onward(each: UnitStanding) -> Part:
    """Return the link of a unit: to its file, else to the unit."""
    if each.line:
        return board.way("sent", file=str(each.line.number))
    return board.way("unit", node=f"unit:{each.unit}")
