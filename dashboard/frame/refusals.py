"""Logs what a viewer asked for but may not see.

The address may hold any text, such as a person's name or a formula. The log holds the names of
pages, nodes and findings that exist, and `NAMES_NOTHING` instead of all other text.
"""

from datetime import date

import streamlit as st

from dashboard import identity, reads
from dashboard.navigation import ALL_PAGES
from data.findings import life
from models.account import Event

NAMES_NOTHING = "?"
NAMES = frozenset(entry.name for entry in ALL_PAGES)


def name_of_page() -> str:
    """The name of the present page; `NAMES_NOTHING` at the start and at an address of no page."""
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


def log_refused_node(text: str, as_of: date) -> None:
    """Log that the viewer asked for the node that `text` names."""
    log_refusal(reads.name_of_node(text, as_of) or NAMES_NOTHING)


def log_refused_finding(code: str) -> None:
    """Log that the viewer asked for the finding with this code."""
    log_refusal(f"finding:{code}" if reads.ask_now(life.is_a_finding, code) else "finding")
