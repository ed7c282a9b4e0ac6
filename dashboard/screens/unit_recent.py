"""What happened lately in a unit: its latest findings as spans, its latest reports with totals."""

import streamlit as st

from dashboard import reads
from dashboard.frame.view import View
from dashboard.screens import unit_answers, unit_time_line
from dashboard.widgets.drawing import still
from data.findings import spans
from data.ledgers import unit_ledgers
from models.report import Report

FINDINGS, REPORTS = 8, 10
"""The most findings and reports shown."""


@still
def recent(view: View) -> None:
    """Draw the latest findings from issue to closure, beside the latest reports; what the unit
    has none of is left out."""
    findings = reads.ask(spans.spans, view.scope, FINDINGS)
    rows = reads.ask(unit_ledgers.of_unit, view.scope, names_in_full=view.names_in_full)
    reports = rows.get(Report.id(), ())[:REPORTS]
    if findings and reports:
        on_left, on_right = st.columns([7, 4], border=True)
    elif findings or reports:
        on_left = on_right = st.columns(1, border=True)[0]
    if findings:
        with on_left:
            unit_time_line.of_findings(view, findings)
    if reports:
        with on_right:
            unit_answers.latest_reports(view, reports)
