"""Letters and steps whose reply is still awaited, the longest overdue first."""

from collections.abc import Sequence

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.letters.sent import about
from dashboard.status import Status
from dashboard.widgets import lists, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.lists import Column, Kind
from data.findings.steps_taken import REPLY_DAYS
from data.letters.awaited import Awaited, awaited
from data.letters.sent import Sent

SHOWN, AT_FIRST = 100, 15
"""The most letters and steps in the list, and those shown at first."""


@still
def without_reply(view: View) -> None:
    """Draw the letters and steps whose reply is awaited; nothing if there is none."""
    found = reads.ask(awaited, view.scope)
    if not found:
        return
    heading(
        _("Waiting for a reply"),
        _(
            "{n} in all, the longest overdue first; where no last day is set, it is {days} working"
            " days after sending",
            n=len(found),
            days=REPLY_DAYS,
        ),
    )
    lists.draw(
        _columns(view, found),
        found[:SHOWN],
        key="letters-waiting",
        says=_("Waiting for a reply"),
        onward=lambda each: way(each.sent),
        first=AT_FIRST,
    )


def way(sent: Sent) -> Part:
    """Return the link to the first finding of a letter or step, or to the unit without one."""
    if sent.steps:
        return ways.finding_way(sent.steps[0].finding)
    return board.way("unit", node=f"unit:{sent.unit}")


def _columns(view: View, found: Sequence[Awaited]) -> list[Column[Awaited]]:
    def standing(each: Awaited) -> Status:
        if each.days_over(view.as_of):
            return Status(Tone.BAD, _("Reply overdue"))
        return Status(Tone.ONGOING, _("Waiting for a reply"))

    def overdue(each: Awaited) -> int | None:
        return each.days_over(view.as_of) or None

    def waited(each: Awaited) -> int:
        return (view.as_of - each.sent.issued_on).days

    columns = [
        Column("standing", _("Standing"), standing, Kind.STATUS),
        Column("overdue", _("Reply overdue (days)"), overdue, Kind.WHOLE, late=True),
        Column("unit", _("Unit"), lambda each: each.sent.unit_name),
        Column("finding", _("Finding"), lambda each: about(each.sent), width="large"),
        Column("step", _("Step"), lambda each: name(each.sent.step.label)),
        Column("sent", _("Sent"), lambda each: each.sent.issued_on, Kind.DAY),
        Column("waited", _("Days without reply"), waited, Kind.WHOLE),
        Column("reply_by", _("Reply by"), lambda each: each.reply_by, Kind.DAY),
    ]
    if any(each.sent.number for each in found):
        columns.append(Column("number", _("Letter number"), lambda each: each.sent.number))
    return columns
