"""The forecast on the wall: findings expected to be overdue, as a figure."""

import streamlit as st

from dashboard.formats import NOT_ENTERED
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.reads import outlook as asked_outlook
from dashboard.screens.rectification.outlook import between
from dashboard.widgets.silence import is_known
from models.rules.expected import Expected
from models.text import NOTHING


def expected_overdue(view: View) -> None:
    """Draw the expected range for the nearer period, out of the findings due in it; the longer
    one below."""
    near, far = asked_outlook.outlook(view.scope).horizons
    label = _("Expected overdue, {n} days", n=near.days)
    if not is_known(view, "required"):
        st.metric(label, NOTHING, _(NOT_ENTERED), delta_color="off", delta_arrow="off")
        return
    by_base = near.findings and not asked_outlook.of_findings(view.scope).score.is_better
    if by_base:
        label = _("{label} (base rate)", label=label)
    later = _("{n} days: {range}", n=far.days, range=_of_due(far.findings))
    with st.container(key="wall-range"):
        st.metric(label, _of_due(near.findings), later, delta_color="off", delta_arrow="off")


def _of_due(expected: Expected | None) -> str:
    """Return "range of due"; "—" if nothing is due or the range cannot be computed."""
    if not expected or not expected.out_of:
        return NOTHING
    return _("{range} of {all}", range=between(expected), all=expected.out_of)
