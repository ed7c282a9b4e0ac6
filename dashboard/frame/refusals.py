"""Logs pages and nodes that a viewer asked for and may not see."""

import streamlit as st

from dashboard import identity
from models.account import Event


def address_of_page() -> str:
    """The path of the page that is looked at."""
    url = st.context.url
    return url.split("/", 3)[-1] if isinstance(url, str) else ""


def log_refusal(subject: str) -> None:
    """Add an entry to the access log: the viewer asked for something that does not exist or that
    they may not see."""
    # A page is run again and again; one entry for each thing asked for is enough.
    logged: set[str] = st.session_state.setdefault("frame-refused", set())
    if subject not in logged:
        logged.add(subject)
        identity.note(Event.ACCESS_REFUSED, subject)
