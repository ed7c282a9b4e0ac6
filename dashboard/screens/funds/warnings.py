"""Open warnings about major funds, with the share that each is about."""

import streamlit as st

from dashboard import formats, ledger_values, reads, status
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import next_acts
from dashboard.screens.funds import project_next
from dashboard.screens.funds.projects import called
from dashboard.widgets import ways
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.money import funds
from data.money.funds import FundWarning, FundWarnings, Projects

WARNED = 30
"""The most warnings in the table."""


def warnings(view: View, projects: Projects) -> None:
    """Draw the open warnings, red and oldest first; a click leads to the unit."""
    warnings = reads.ask(funds.warnings, view.scope, WARNED)
    heading(
        _("Warnings about funds"),
        _("{n} open on {day}", n=sum(warnings.counted.values()), day=view.as_of),
    )
    if warnings.lines:
        _table(view, warnings, projects)
    else:
        st.caption(_("No warning about funds is open."))
    if warnings.lines:
        ways.list_link(_("All open warnings ›"), "warnings_open")


def _table(view: View, warnings: FundWarnings, projects: Projects) -> None:
    shares = [_at_present(warning) for warning in warnings.lines]
    table(
        {
            _("Level"): [status.of_level(warning.level) for warning in warnings.lines],
            _("Project"): [called(warning.project, projects) for warning in warnings.lines],
            _("Unit"): [warning.project.unit_name for warning in warnings.lines],
            _("Days open"): [
                ((view.as_of - warning.since).days, status.LEVEL_TONES[warning.level])
                for warning in warnings.lines
            ],
            _("At present"): shares,
            next_acts.heading(): [
                next_acts.cell(view, each)
                for each in project_next.of_warnings(view, warnings.lines)
            ],
            _("Planned completion"): [warning.project.finish_on for warning in warnings.lines],
            _("Rule"): [
                ledger_values.listed_name("warning_rules", warning.rule)
                for warning in warnings.lines
            ],
        },
        key="funds-warnings",
        says=_("Warnings about funds"),
        onward=lambda row: ways.unit_way(warnings.lines[row].project.unit),
        # The share says what a rule is about, where there is one.
        spare=(_("Planned completion"), *([_("Rule")] if all(shares) else [])),
        cards={
            next_acts.heading(): next_acts.card(),
            _("Unit"): "{n}",
            _("At present"): "{n}",
            _("Rule"): "{n}",
            _("Days open"): _("open for {n} days", n="{n}"),
        },
    )


def _at_present(warning: FundWarning) -> str | None:
    """Return the share that the rule is about as it is now, and of what it is; None for a rule
    about one month."""
    line = warning.project
    if warning.rule == "W01" or (warning.rule == "W03" and not line.overspent):
        share = formats.share_text(line.disbursed, line.approved)
        return _("{share} of approved is disbursed", share=share)
    if warning.rule in ("W02", "W03"):
        share = formats.share_text(line.spent, line.disbursed)
        return _("{share} of disbursed is spent", share=share)
    return None
