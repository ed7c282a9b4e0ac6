"""The mechanism of chief auditors: the posts in state-owned firms, and related figures."""

import streamlit as st

from dashboard import formats, reads
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.responsibilities import posts
from dashboard.widgets import ways
from dashboard.widgets.drawing import heading, still
from models.grid import UnitKind

BESIDE = ("chief_auditor_rate", "institution_rate", "duty_rate", "due_rect_rate")
"""Figures of the state-owned firms that are shown beside the post."""


@still
def chief_auditors(view: View) -> None:
    """Draw who is in post, vacancies with their first day, and figures of the state-owned firms."""
    figures, rows = st.columns([1, 3], border=True)
    with figures:
        _figures(view)
    with rows:
        posts.chief_auditors(view)


@still
def _figures(view: View) -> None:
    firms = reads.by_group(view.scope, "kind", *BESIDE).get(UnitKind.SOE, {})
    heading(_("State firms"))
    # Link to lists only if the node has no other units or can be narrowed to these firms.
    listed = view.scope.node.is_district or view.scope.node.code == UnitKind.SOE
    for figure in BESIDE:
        reading = firms.get(figure)
        parts = formats.of_denominator(reading) if reading else ""
        label = " ".join([_(reads.figure(figure).name), formats.text(reading)])
        shown = f"{label} ({parts})" if parts else label
        if listed:
            ways.list_link(f"{shown} ›", figure, node=f"kind:{UnitKind.SOE}")
        else:
            st.markdown(shown)
