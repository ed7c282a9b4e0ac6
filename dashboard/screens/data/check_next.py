"""What is to be done next about the rows that a check of data quality finds, and by whom."""

from collections.abc import Mapping
from datetime import date

from dashboard import reads
from dashboard.act_words import ToBeDone
from dashboard.charts.status_colours import Tone
from dashboard.elements.lists import Pieces
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import next_acts
from data import quality
from data.quality import Check
from models.text import N_

UNITS = N_("each unit concerned")
STEWARD, OFFICE = N_("the data steward"), N_("Committee office")
TO_DO: Mapping[str, tuple[str, str]] = {
    "silent": (N_("Report all data that are due"), UNITS),
    "unplaced": (N_("Enter the subdistrict"), STEWARD),
    "no-project": (N_("Enter the project"), UNITS),
    "no-item": (N_("Enter the content item"), UNITS),
    "closed-at-once": (N_("Check the days"), UNITS),
    "often-moved": (N_("Move the limit no further"), OFFICE),
    "money-left": (N_("Check the amount rectified"), UNITS),
    "unscored": (N_("Score the reports"), OFFICE),
}
"""What is to be done and by whom, by the code of the check."""


def of(view: View, check: Check) -> ToBeDone | None:
    """Return what is to be done by the next meeting; None if the check finds nothing."""
    if not check.count:
        return None
    what, who = TO_DO[check.code]
    return next_acts.by_next_meeting(view, _(what), _(who))


def cell(view: View, check: Check) -> Pieces | None:
    """Return the cell of a list with what is to be done, by whom and until when; None if the check
    finds nothing."""
    done = of(view, check)
    if done is None:
        return None
    return by_whom((done.what, done.who), done.until, days_late(view, check, done.until))


def by_whom(pieces: tuple[str, ...], until: date | None, days_late: int) -> Pieces:
    """Return `pieces` with until when; in red for how many days that is past."""
    if until is None:
        return Pieces(pieces)
    if not days_late:
        return Pieces((*pieces, _("by {day}", day=until)))
    late = _("{n} days late; due on {day}", n=days_late, day=until)
    return Pieces((*pieces, late), Tone.BAD)


def days_late(view: View, check: Check, until: date | None) -> int:
    """Return by how many days the limit of what a check finds is past today, whatever day the view
    has; 0 in a freeze, and if the check finds nothing of it today."""
    if until is None or until >= view.today or view.frozen is not None:
        return 0
    is_open = reads.ask_now(quality.counts, view.now)[check.code] > 0
    return (view.today - until).days if is_open else 0


def is_for_units(check: Check) -> bool:
    """Return whether the units themselves are to mend what the check finds."""
    return TO_DO[check.code][1] == UNITS
