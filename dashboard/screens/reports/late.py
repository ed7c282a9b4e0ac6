"""The late reports, the longest late first: who answers for each, who presses for it."""

from collections.abc import Sequence

import streamlit as st

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.next_meeting import next_meeting
from dashboard.widgets import ways
from dashboard.widgets.drawing import heading
from dashboard.widgets.silence import text_if_empty
from dashboard.widgets.tables import table
from data.figures import units
from data.reports import states
from data.responsibilities import in_charge
from models.duty import PostRole
from models.report import ReportKind

MOST = 30
"""The most late reports shown one by one."""


def late_reports(view: View) -> None:
    """Draw the reports that are due and not in, each with its unit's principal, who answers for it,
    and the competent department, which presses for it."""
    late = reads.ask(states.late, view.scope, MOST)
    count = formats.text(reads.figures_of(view.scope)["reports_late"])
    heading(
        _("Press for late reports: {n}", n=count) if late else _("Late reports"), _to_do(view, late)
    )
    if not late:
        message = _("No report is late on {day}.", day=view.as_of)
        st.caption(text_if_empty(view, "reports_late", message))
        return
    numbers = [report.number for report in late]
    principals = reads.ask(in_charge.principals, view.scope, names_in_full=view.names_in_full)
    sectors = {unit.code: unit.sector for unit in reads.units(view.scope)}
    answers_for = reads.ask(units.competent_departments)
    departments = [answers_for.get(sectors.get(report.unit, "")) for report in late]
    table(
        {
            _("Unit"): [report.unit_name for report in late],
            _("Days late"): [(view.as_of - report.due_on).days for report in late],
            _("Report"): [f"{name(ReportKind(each.kind).label)} {each.year}" for each in late],
            # Where a unit owes one report of each kind a year, its number says nothing.
            **({_("No."): numbers} if set(numbers) != {1} else {}),
            _("Report due on"): [report.due_on for report in late],
            name(PostRole.PRINCIPAL.label): [_who(principals.get(each.unit)) for each in late],
            **({_("Competent department"): departments} if any(departments) else {}),
        },
        key="reports-late",
        says=_("Late reports"),
        onward=lambda row: ways.unit_way(late[row].unit),
        tall=True,
        late=(_("Days late"),),
        cards={
            _("Days late"): _("overdue by {n} days", n="{n}"),
            _("Report"): "{n}",
            name(PostRole.PRINCIPAL.label): f"{name(PostRole.PRINCIPAL.label)} {{n}}",
            _("Competent department"): _("{department} presses", department="{n}"),
        },
    )
    if len(late) < int(count):
        ways.list_link(_("All {n} late reports ›", n=count), "reports_late")


def _to_do(view: View, late: Sequence[states.LateReport]) -> str:
    """Return the order of the list, and the committee's next meeting if it is known."""
    meeting = next_meeting(view) if late else None
    if meeting is None:
        return _("due and not in, the longest late first; click to see the unit")
    return _(
        "the longest late first; departments press for them until the meeting on {day}; click to"
        " see the unit",
        day=meeting.on_date,
    )


def _who(names: Sequence[str] | None) -> Cell:
    """Return the principals in post; a vacant post is red, one of which nothing is known grey."""
    if names is None:
        return _(formats.NOT_ENTERED), Tone.SILENT
    return _(", ").join(names) or (_("nobody in post"), Tone.BAD)
