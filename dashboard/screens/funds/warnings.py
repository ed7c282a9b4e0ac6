"""Open warnings about major funds, each rule with its condition in words."""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard import formats, ledger_values, reads, status
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.funds.projects import called
from dashboard.widgets import ways
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.money import funds
from data.money.funds import FundWarning, FundWarnings, Projects
from models.rules.warning import DISBURSED_PERCENT, SPENT_PERCENT
from models.text import NOTHING

WARNED = 30
"""The most warnings in the table."""

CONDITIONS: Mapping[str, Callable[[int], str]] = {
    "W01": lambda days: _(
        "Slow disbursement: {days} days or more after approval, less than {percent}% is disbursed",
        days=days,
        percent=DISBURSED_PERCENT,
    ),
    "W02": lambda days: _(
        "Idle money: of what was disbursed {days} days ago or earlier, less than {percent}% is"
        " spent",
        days=days,
        percent=SPENT_PERCENT,
    ),
    "W03": lambda _threshold: _("Overspent: spent over disbursed, or disbursed over approved"),
    "W08": lambda percent: _(
        "Year-end rush: December's spending is more than {percent}% of the year's", percent=percent
    ),
}
"""The condition of each rule about funds, as a function that inserts its threshold."""


def warnings(view: View, projects: Projects) -> None:
    """Draw the number of open warnings by rule, and a table of them; a click leads to the unit."""
    warnings = reads.ask(funds.warnings, view.scope, WARNED)
    thresholds = reads.references().thresholds
    heading(
        _("Warnings about funds"),
        _("{n} open on {day}", n=sum(warnings.counted.values()), day=view.as_of),
    )
    if warnings.lines:
        _table(view, warnings, projects)
    else:
        st.caption(_("No warning about funds is open."))
    sentences = []
    for rule, condition in CONDITIONS.items():
        switched_on = rule in thresholds
        told = condition(thresholds[rule]) if switched_on else _("switched off")
        count = warnings.counted.get(rule, 0) if switched_on else NOTHING
        sentences.append(f"**{count}** · {rule} {told}")
    st.caption("  \n".join(sentences))
    if warnings.lines:
        ways.list_link(_("All open warnings ›"), "warnings_open")


def _table(view: View, warnings: FundWarnings, projects: Projects) -> None:
    table(
        {
            _("Level"): [status.of_level(warning.level) for warning in warnings.lines],
            _("Project"): [called(warning.project, projects) for warning in warnings.lines],
            _("Unit"): [warning.project.unit_name for warning in warnings.lines],
            _("Rule"): [
                f"{warning.rule} {ledger_values.listed_name('warning_rules', warning.rule)}"
                for warning in warnings.lines
            ],
            _("At present"): [_at_present(warning) for warning in warnings.lines],
            _("Raised on"): [warning.since for warning in warnings.lines],
            _("Days open"): [(view.as_of - warning.since).days for warning in warnings.lines],
        },
        key="funds-warnings",
        says=_("Warnings about funds"),
        onward=lambda row: ways.unit_way(warnings.lines[row].project.unit),
        late=(_("Days open"),),
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
