"""Logs the pages and nodes that a viewer asked for but may not see."""

import streamlit as st

from dashboard import identity
from models.account import Event


def address_of_page() -> str:
    """Return the path of the present page."""
    url = st.context.url
    return url.split("/", 3)[-1] if isinstance(url, str) else ""


def log_refusal(subject: str) -> None:
    """Log that the viewer asked for `subject`, which does not exist or which the viewer may not
    see."""
    # A page runs many times in a session; each subject is logged once.
    logged: set[str] = st.session_state.setdefault("frame-refused", set())
    if subject not in logged:
        logged.add(subject)
        identity.note(Event.ACCESS_REFUSED, subject)
