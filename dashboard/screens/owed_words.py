"""What units owe, in words: its kind, what it is about, what is to be done, by whom and until
when, and where it leads."""

from dashboard import ledger_values, reads
from dashboard.act_words import ToBeDone
from dashboard.elements import board
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import answerable
from dashboard.screens.collection import words
from data.access.first_accounts import ITSELF
from data.collection import periods
from data.coverage import entries
from data.owed import Owed, OwedKind
from data.reference.lists import shipped
from models.duty import Duty, PostRole
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
OF_DUTY = {
    "P1": N_("Put internal audit in the principal's charge, and file the document"),
    "P2": N_("Hear internal audit's report, and enter the minutes"),
    "P3": N_("Review the audit plan in a meeting, approve it, and enter the minutes"),
    "P4": N_("Hold a meeting on findings and their rectification, and enter the minutes"),
    "P5": N_("Sign off the rectification plan and report, and file them"),
    "P6": N_("Convene the internal audit group, and enter the minutes"),
    "P7": N_("Check each major finding and instruction, and file how it stands"),
    "A1": N_("Draw up the audit plan, have it approved, and submit it"),
    "A2": N_("Carry out the audits and self-checks that the plan lacks, and enter their results"),
    "A3": N_("Issue the audit report, and file it with the audit bureau"),
    "A4": N_("Enter the progress of each finding in the rectification ledger"),
    "A5": N_("Check the progress on the spot, and submit the rectification report"),
    "A6": N_("Send people to the next cross review or training, and enter who took part"),
    "A7": N_("Write the annual summary, have it signed, and submit it"),
}
"""What each duty of the shipped list asks for."""
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


def to_do(each: Owed) -> str:
    """Return what is to be done about what is owed, in words; of a duty in its own."""
    if each.returned:
        return _(MEND)
    if each.kind is OwedKind.DUTY:
        return of_duty(each.what)
    if each.reply:
        return _(
            "Reply to the step “{step}” by {day}; rectify, submit for closure or an extension",
            step=name(each.reply.step.label),
            day=each.reply.by,
        )
    return _(TO_DO[each.kind])


def of_duty(item: str) -> str:
    """Return what a duty asks for; of one that the district has put in a code's place, that it is
    to be done."""
    own, usual = (
        lists.codes["duty_items"].get(item, {}).get("name")
        for lists in (reads.references(), shipped())
    )
    return _(OF_DUTY[item] if item in OF_DUTY and own == usual else TO_DO[OwedKind.DUTY])


def who(view: View, each: Owed) -> str:
    """Return who in the unit is answerable for something: of a duty whom it falls to, of anything
    else the principal."""
    if each.kind is OwedKind.DUTY:
        return answerable.of_duty(view, each.unit, each.what)
    return answerable.named(view, each.unit, PostRole.PRINCIPAL)


def to_be_done(view: View, each: Owed) -> ToBeDone:
    """Return what is to be done about what is owed, by whom and until when."""
    return ToBeDone(to_do(each), who(view, each), each.due_on)


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
