"""What is to be done next about fund projects, by whom and until when."""

from collections.abc import Sequence

from dashboard import act_words
from dashboard.act_words import ToBeDone
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import next_acts
from data.money.funds import FundLine


def of(view: View, lines: Sequence[FundLine], otherwise: str = "") -> list[ToBeDone | None]:
    """Return for each project what the committee asks of its competent department, which is
    `otherwise` if the money asks for nothing; None if nothing is to be done."""
    departments = next_acts.departments(line.unit for line in lines)
    return [
        next_acts.by_next_meeting(view, what, departments.get(line.unit, ""))
        if (what := _what(line) or otherwise)
        else None
        for line in lines
    ]


def all_idle(view: View) -> ToBeDone:
    """Return what is to be done about all idle money."""
    return next_acts.by_next_meeting(view, _(act_words.SPEND), _("Competent departments"))


def _what(line: FundLine) -> str:
    """Return what is to be done about a project; "" if nothing is."""
    if line.overspent or line.overdrawn:
        return _(act_words.ACCOUNT)
    return _(act_words.SPEND) if line.idle else ""
