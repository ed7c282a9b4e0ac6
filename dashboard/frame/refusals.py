"""What a viewer is refused: said on the page, and entered in the access log."""

import streamlit as st

from dashboard import identity
from models.account import Event


def address_of_page() -> str:
    """The path of the page that is looked at."""
    url = st.context.url
    return url.split("/", 3)[-1] if isinstance(url, str) else ""


def log_refusal(subject: str) -> None:
    """Enter in the access log that the viewer asked for what is not theirs, or not there."""
    # A page is run again and again; one entry for each thing asked for is enough.
    logged: set[str] = st.session_state.setdefault("frame-refused", set())
    if subject not in logged:
        logged.add(subject)
        identity.note(Event.ACCESS_REFUSED, subject)
