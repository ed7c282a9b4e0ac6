"""The units with late reports, the longest late first: what each owes, who answers for it, and what
is next, by whom and by when."""

from collections.abc import Sequence

import streamlit as st

from dashboard import act_words, formats, reads
from dashboard.act_words import ToBeDone
from dashboard.charts.status_colours import Tone
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import next_acts, vacant_posts
from dashboard.widgets import ways
from dashboard.widgets.drawing import heading
from dashboard.widgets.silence import text_if_empty
from dashboard.widgets.tables import table
from data.reports import states
from data.reports.states import LateReport
from data.responsibilities import in_charge
from models.duty import PostRole
from models.report import ReportKind

MOST = 60
"""The most late reports whose units are listed."""


def late_reports(view: View) -> None:
    """Draw the units with reports that are due and not in: which they are, the unit's principal,
    who answers for them, and that its competent department has them handed in before the
    committee's next meeting."""
    late = reads.ask(states.late, view.scope, MOST)
    count = int(reads.figures_of(view.scope)["reports_late"].numerator or 0)
    by_unit: dict[str, list[LateReport]] = {}
    for report in late:
        by_unit.setdefault(report.unit, []).append(report)
    heading(
        _in_words(count, len(by_unit)) if late else _("Late reports"),
        _("due and not in, the longest late first; click to see the unit"),
    )
    if not late:
        message = _("No report is late on {day}.", day=view.as_of)
        st.caption(text_if_empty(view, "reports_late", message))
        return
    owed = list(by_unit.values())
    principals = reads.ask(in_charge.principals, view.scope, names_in_full=view.names_in_full)
    departments = next_acts.departments(by_unit)
    tells_number = any(report.number != 1 for report in late)
    table(
        {
            _("Unit"): [reports[0].unit_name for reports in owed],
            _("Days late"): [(view.as_of - reports[0].due_on).days for reports in owed],
            _("Late reports"): [_named(reports, tells_number) for reports in owed],
            next_acts.heading(): [
                next_acts.cell(view, _next(view, departments.get(unit, ""))) for unit in by_unit
            ],
            name(PostRole.PRINCIPAL.label): [
                _who(view, unit, principals.get(unit)) for unit in by_unit
            ],
            _("Report due on"): [reports[0].due_on for reports in owed],
        },
        key="reports-late",
        says=_("Late reports"),
        onward=lambda row: ways.unit_way(owed[row][0].unit),
        tall=True,
        late=(_("Days late"),),
        spare=(_("Report due on"),),
        cards={
            _("Days late"): _("overdue by {n} days", n="{n}"),
            _("Late reports"): "{n}",
            next_acts.heading(): next_acts.card(),
            name(PostRole.PRINCIPAL.label): f"{name(PostRole.PRINCIPAL.label)} {{n}}",
        },
    )
    if len(late) < count:
        ways.list_link(_("All {n} late reports ›", n=count), "reports_late")


def _in_words(late: int, units: int) -> str:
    """Return a title with the number of late reports, and of units if all of them are listed."""
    if late > MOST:
        return _("Late reports: {n}", n=late)
    return _("Late reports: {n}, at {units} units", n=late, units=units)


def _named(reports: Sequence[LateReport], tells_number: bool) -> str:
    """Return the late reports of a unit by kind and year; with `tells_number` by number, too, which
    says nothing where a unit owes one report of each kind a year."""
    named = []
    for report in reports:
        title = f"{name(ReportKind(report.kind).label)} {report.year}"
        named.append(
            _("{report}, no. {n}", report=title, n=report.number) if tells_number else title
        )
    return _(", ").join(named)


def _next(view: View, department: str) -> ToBeDone:
    """Return that late reports are to be handed in: the competent department presses for it."""
    who = _("{department} presses", department=department) if department else _("the unit")
    return next_acts.by_next_meeting(view, _(act_words.HAND_IN), who)


def _who(view: View, unit: str, names: Sequence[str] | None) -> Cell:
    """Return the principals in post of a unit; a vacant post has its tone, one of which nothing is
    known is grey."""
    if names is None:
        return _(formats.NOT_ENTERED), Tone.SILENT
    if not names:
        return _("nobody in post"), vacant_posts.tone(view, unit, PostRole.PRINCIPAL)
    return _(", ").join(names)
