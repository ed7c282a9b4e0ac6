"""What is to be done next about a file that a unit has not sent, by whom, and until when."""

from datetime import date

from dashboard.act_words import ToBeDone
from dashboard.i18n import _
from dashboard.screens.owed_words import MEND, TO_DO
from data.collection.inbox import Collected, UnitStanding
from data.collection.reminders import LastReminder
from data.owed import OwedKind
from models.text import N_

REMIND, AGAIN = N_("Remind the unit"), N_("Remind the unit again, after {day}")
RETURNED = N_("{remind}; returned: {reason}")
STEWARD, UNIT = N_("the data steward"), N_("the unit")


def of(
    found: Collected, each: UnitStanding, last: LastReminder | None, today: date
) -> ToBeDone | None:
    """Return what is to be done about a unit that is not in with the month of `found`; None if it
    is in.

    A unit that is late is reminded, once more when the day that the `last` reminder names has
    passed; until then, and until files are due, it sends.
    """
    if each.is_in:
        return None
    if not each.days_late or (last and last.reply_by >= today):
        until = last.reply_by if last and each.days_late else found.due_on
        return ToBeDone(_(MEND if each.line else TO_DO[OwedKind.FILE]), _(UNIT), until)
    what = _(AGAIN, day=last.on) if last else _(REMIND)
    if each.line and each.line.reason:
        what = _(RETURNED, remind=what, reason=each.line.reason.rstrip("。."))
    return ToBeDone(what, _(STEWARD), today)
