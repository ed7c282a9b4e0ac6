"""What units owe, in words: its kind, what it is about, what is to be done, and where it leads."""

from dashboard import ledger_values, reads
from dashboard.elements import board
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.collection import words
from data.access.first_accounts import ITSELF
from data.collection import periods
from data.coverage import entries
from data.owed import Owed, OwedKind
from models.duty import Duty
from models.rectification import Finding
from models.report import Report, ReportKind
from models.rules.trust import Trust
from models.text import N_

KINDS = {
    OwedKind.FINDING: N_("Finding"),
    OwedKind.REPORT: N_("Report"),
    OwedKind.DUTY: N_("Duty"),
    OwedKind.LETTER: N_("Letter"),
    OwedKind.DECISION: N_("Decision"),
    OwedKind.FILE: N_("File of the month"),
}
LEDGERS = {
    OwedKind.FINDING: Finding.id(),
    OwedKind.REPORT: Report.id(),
    OwedKind.DUTY: Duty.id(),
}
"""The ledger of each kind that units enter themselves; other kinds are written by this system."""
TO_DO = {
    OwedKind.FINDING: N_("Rectify; submit for closure or an extension"),
    OwedKind.REPORT: N_("Submit the report"),
    OwedKind.DUTY: N_("Do it and have it entered"),
    OwedKind.LETTER: N_("Reply"),
    OwedKind.DECISION: N_("Carry it out and report back"),
    OwedKind.FILE: N_("Send the file"),
}
MEND = N_("Correct the file as asked and send it again")


def is_entered(view: View, kind: OwedKind) -> bool:
    """Return whether the units have ever entered anything of this kind."""
    if kind not in LEDGERS:
        return True
    found = reads.ask(entries.of_ledger, view.scope, LEDGERS[kind], view.since)
    return found.whole.trust is not Trust.UNKNOWN


def any_entered(view: View) -> bool:
    """Return whether the units have ever entered anything that they owe."""
    return any(is_entered(view, kind) for kind in LEDGERS)


def about(each: Owed) -> str:
    """Return what is owed in words, with list codes as names."""
    match each.kind:
        case OwedKind.REPORT:
            return name(ReportKind(each.what).label)
        case OwedKind.DUTY:
            return ledger_values.listed_name("duty_items", each.what)
        case OwedKind.FILE:
            return _about_file(each)
    return each.what


def _about_file(each: Owed) -> str:
    """Return the month of a file and, if it was returned, when, by whom and why."""
    month = _("Files of {month}", month=words.month(periods.parse(each.what)))
    if each.returned is None:
        return month
    back = each.returned
    if back.by in ("", ITSELF):
        return _("{file}, returned on {day}: {reason}", file=month, day=back.on, reason=back.reason)
    return _(
        "{file}, returned on {day} by {account}: {reason}",
        file=month,
        day=back.on,
        account=back.by,
        reason=back.reason,
    )


def way(each: Owed) -> Part:
    """Return the link to what is owed."""
    match each.kind:
        case OwedKind.FINDING:
            return board.way("finding", finding=each.code)
        case OwedKind.LETTER:
            return board.way("letters", node=f"unit:{each.unit}")
        case OwedKind.DECISION:
            return board.way("tasks", node=f"unit:{each.unit}")
        case OwedKind.REPORT:
            return board.way("reports", node=f"unit:{each.unit}")
        case OwedKind.FILE:
            return board.way("duties", tab="send")
    return board.way("responsibilities", node=f"unit:{each.unit}", tab="duties", item=each.what)
