"""What is to be done next about fund projects, by whom and until when."""

from collections.abc import Sequence

from dashboard import act_words
from dashboard.act_words import ToBeDone
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import next_acts
from data.money.funds import FundLine, FundWarning


def of(view: View, lines: Sequence[FundLine]) -> list[ToBeDone | None]:
    """Return for each project what the committee asks of its competent department; None if nothing
    is to be done."""
    asked = [_of_money(line) or _of_completion(view, line) for line in lines]
    return _of_departments(view, lines, asked)


def of_warnings(view: View, warnings: Sequence[FundWarning]) -> list[ToBeDone | None]:
    """Return for each warning about funds what it asks of the competent department."""
    asked = [act_words.of_warning(warning.rule) for warning in warnings]
    return _of_departments(view, [warning.project for warning in warnings], asked)


def _of_departments(
    view: View, lines: Sequence[FundLine], asked: Sequence[str]
) -> list[ToBeDone | None]:
    departments = next_acts.departments(line.unit for line in lines)
    return [
        next_acts.by_next_meeting(view, what, departments.get(line.unit, "")) if what else None
        for line, what in zip(lines, asked, strict=True)
    ]


def all_idle(view: View) -> ToBeDone:
    """Return what is to be done about all idle money."""
    return next_acts.by_next_meeting(view, _(act_words.SPEND), _("Competent departments"))


def _of_money(line: FundLine) -> str:
    """Return what is to be done about the money of a project; "" if nothing is."""
    if line.overspent or line.overdrawn:
        return _(act_words.ACCOUNT)
    return _(act_words.SPEND) if line.idle else ""


def _of_completion(view: View, line: FundLine) -> str:
    """Return what is to be done about a project past its planned completion; "" of others.

    How far the works have come is not in the ledgers, so it is asked for.
    """
    return _(act_words.SETTLE_PROJECT) if line.past_finish(view.as_of) else ""
