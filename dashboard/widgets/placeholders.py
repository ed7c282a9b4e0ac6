"""Says of a reference list that it is the shipped one, until the district enters its own."""

import streamlit as st

from dashboard import reads
from dashboard.i18n import _


def mark(*listed: str) -> None:
    """A mark where one of the reference lists `listed` is still the shipped placeholder."""
    if set(listed) - reads.references().replaced:
        st.badge(
            _("Placeholder list"),
            icon=":material/edit_note:",
            color="gray",
            help=_("As shipped, until the district's own document takes its place."),
        )
