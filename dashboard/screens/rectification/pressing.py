"""Pressing (督办): the ladder, letters without an answer, and what is due for the next step."""

from collections.abc import Sequence
from io import BytesIO

import streamlit as st

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.rectification.ledger import XLSX
from dashboard.widgets import ways
from dashboard.widgets.downloads import hand_out
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import tile
from data.access.permission import Action
from data.findings import pressing as presses
from data.findings.pressing import Due, ToPress
from data.workbook import writing
from models.ledger import Day, Kind, Text, Whole
from models.rectification import Severity, Step

SHOWN = 50


def pressing(view: View) -> None:
    """What ought to be done next, then what waits for an answer."""
    found = reads.ask(presses.to_press, view.scope, SHOWN)
    ladder, waiting = st.columns(2, border=True)
    with ladder:
        _ladder(view, found)
    with waiting:
        _waiting(view)
    with st.container(border=True):
        _to_do(view, found)
    with st.container(border=True):
        _letters(view)


def _ladder(view: View, found: ToPress) -> None:
    heading(_("The ladder"), _("by days overdue; a graver step stands for the milder ones"))
    rules = {
        Step.REMINDER: _("1 to 30 days: reminder"),
        Step.SUPERVISION: _("31 to 90 days: supervision letter"),
        Step.INTERVIEW: _("91 to 180 days: interview, or circular"),
        Step.COMMITTEE: _("181 days and more: to the committee"),
    }
    table(
        {
            _("Rule"): list(rules.values()),
            _("Findings due for it"): [found.counted[step] for step in rules],
        },
        key="pressing-ladder",
        says=_("The ladder"),
    )
    st.caption(
        _(
            "A step counts as taken when it was issued after the present limit had passed."
            " On {day}, {n} findings are due for a step.",
            day=view.as_of,
            n=sum(found.counted.values()),
        )
    )


def _waiting(view: View) -> None:
    found = reads.ask(presses.waiting, view.scope)
    tile(view, "escalations_open")
    table(
        {
            _("Step"): [name(step.label) for step in found],
            _("Without reply"): [each.letters for each in found.values()],
            _("of these without receipt"): [each.without_receipt for each in found.values()],
            _("Longest wait (days)"): [
                (view.as_of - each.oldest_on).days if each.oldest_on else None
                for each in found.values()
            ],
        },
        key="pressing-waiting",
        says=_("Letters without reply, by step"),
    )


def _to_do(view: View, found: ToPress) -> None:
    heading(
        _("Due for the next step"),
        _("the gravest step first, then the longest overdue; {n} at most", n=SHOWN),
    )
    ways.page_link(_("Letters"), "letters", icon=":material/mail:", tab="due")
    if not found.gravest:
        st.caption(_("By the ladder, nothing is due on {day}.", day=view.as_of))
        return
    _due_table(view, found.gravest)
    _download(view, sum(found.counted.values()))


def _due_table(view: View, due: Sequence[Due]) -> None:
    """Findings that are due for a step; a click leads to the finding."""
    lines = [each.line for each in due]
    table(
        {
            _("Next step"): [_next(each) for each in due],
            _("Overdue (days)"): [line.days_over(view.as_of) for line in lines],
            _("Unit"): [line.unit_name for line in lines],
            _("Finding"): [line.finding.title for line in lines],
            _("Severity"): [name(Severity(line.finding.severity).label) for line in lines],
            _("Last step"): [name(each.last.label) if each.last else None for each in due],
            _("taken on"): [each.last_on for each in due],
            _("Finding code"): [line.finding.code for line in lines],
        },
        tall=True,
        key="pressing-due",
        says=_("Due for the next step"),
        onward=lambda row: ways.finding_way(lines[row].finding.code),
    )


def _download(view: View, length: int) -> None:
    if not view.viewer.may(Action.EXPORT):
        return

    def produce() -> bytes:
        return workbook(view, reads.ask(presses.to_press, view.scope, length).gravest)

    hand_out(
        _("Download the list (.xlsx)"),
        produce,
        subject=f"pressing {view.scope.node} {view.as_of}",
        file_name=_("Due for pressing {day}.xlsx", day=view.as_of),
        mime=XLSX,
        key="pressing-download",
    )


def workbook(view: View, due: Sequence[Due]) -> bytes:
    """Findings that are due for a step as a workbook of one sheet; texts stay texts."""
    headers: list[tuple[str, Kind]] = [
        (_("Next step"), Text()),
        (_("Overdue (days)"), Whole()),
        (_("Unit code"), Text()),
        (_("Unit"), Text()),
        (_("Finding code"), Text()),
        (_("Finding"), Text()),
        (_("Severity"), Text()),
        (_("Present limit"), Day()),
        (_("Last step"), Text()),
        (_("taken on"), Day()),
    ]
    rows = (
        [
            _next(each),
            each.line.days_over(view.as_of),
            each.line.finding.unit,
            each.line.unit_name,
            each.line.finding.code,
            each.line.finding.title,
            name(Severity(each.line.finding.severity).label),
            each.line.standing.due,
            name(each.last.label) if each.last else None,
            each.last_on,
        ]
        for each in due
    )
    target = BytesIO()
    writing.table(target, _("Pressing"), headers, rows)
    return target.getvalue()


def _next(due: Due) -> str:
    if due.step is Step.INTERVIEW:
        return _(
            "{interview} or {circular}",
            interview=Step.INTERVIEW.label,
            circular=Step.CIRCULAR.label,
        )
    return name(due.step.label)


def _letters(view: View) -> None:
    heading(
        _("Letters without reply"),
        _("the longest waiting first; {n} at most; click to see the finding", n=SHOWN),
    )
    found = reads.ask(presses.letters, view.scope, SHOWN)
    if not found:
        st.caption(_("No letter waits for a reply on {day}.", day=view.as_of))
        return
    table(
        {
            _("Step"): [name(each.step.label) for each in found],
            _("Unit"): [each.unit_name for each in found],
            _("Finding"): [each.title for each in found],
            _("Sent"): [each.issued_on for each in found],
            _("Receipt"): [
                each.received_on.isoformat() if each.received_on else _("none") for each in found
            ],
            _("Days without reply"): [(view.as_of - each.issued_on).days for each in found],
        },
        tall=True,
        key="pressing-letters",
        says=_("Letters without reply"),
        onward=lambda row: ways.finding_way(found[row].finding),
    )
