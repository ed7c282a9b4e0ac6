"""Logs the pages and nodes that a viewer asked for but may not see."""

import streamlit as st

from dashboard import identity
from dashboard.navigation import ALL_PAGES
from models.account import Event

NAMES_NOTHING = "?"
"""The subject logged instead of text of the address that names no page and no node."""
NAMES = frozenset(entry.name for entry in ALL_PAGES)


def name_of_page() -> str:
    """The name of the present page; `NAMES_NOTHING` at the start and at an address of no page.

    The browser says the address, so that it may hold any text.
    """
    name = str(st.context.url or "").rpartition("/")[-1]
    return name if name in NAMES else NAMES_NOTHING


def log_refusal(subject: str) -> None:
    """Log that the viewer asked for `subject`, which does not exist or which the viewer may not
    see."""
    # A page runs many times in a session; each subject is logged once.
    logged: set[str] = st.session_state.setdefault("frame-refused", set())
    if subject not in logged:
        logged.add(subject)
        identity.note(Event.ACCESS_REFUSED, subject)
