"""What is to be done next about the rows that a check of data quality finds, and by whom."""

from collections.abc import Mapping

from dashboard.act_words import ToBeDone
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import next_acts
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


def is_for_units(check: Check) -> bool:
    """Return whether the units themselves are to mend what the check finds."""
    return TO_DO[check.code][1] == UNITS
