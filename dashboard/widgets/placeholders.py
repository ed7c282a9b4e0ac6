"""Marks reference lists that are still the shipped ones, as the district has not entered its
own."""

import streamlit as st

from dashboard import reads
from dashboard.i18n import _


def mark(*listed: str) -> None:
    """Draw a mark if one of the reference lists `listed` is still the shipped placeholder."""
    if set(listed) - reads.references().replaced:
        st.badge(
            _("Placeholder list"),
            icon=":material/edit_note:",
            color="gray",
            help=_("As shipped, until the district's own document takes its place."),
        )
