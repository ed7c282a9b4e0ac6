"""Change the page from a callback.

Streamlit can change pages only during a run, so the target is stored until the next one.
"""

import streamlit as st

from dashboard import address
from dashboard.navigation import page_entry

STATE = "ways-go"


def go(to: str, **asked: str | None) -> None:
    """Let the next run change to page `to` with these parameters."""
    st.session_state[STATE] = (to, asked)


def change_to_asked_page() -> None:
    """Change to the page for which a callback asked; called once a run, by the entry point."""
    target = st.session_state.pop(STATE, None)
    if target:
        to, asked = target
        st.switch_page(page_entry(to).script, query_params=address.link(**asked))
