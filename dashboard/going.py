"""Going on to another page from a callback: Streamlit changes the page in a run, not in a click."""

import streamlit as st

from dashboard import address
from dashboard.navigation import page

STATE = "ways-go"


def go(to: str, **asked: str | None) -> None:
    """Go to the page `to` with these parameters at the next run."""
    st.session_state[STATE] = (to, asked)


def follow() -> None:
    """Go where the last click led. Once a run, from the entry point."""
    target = st.session_state.pop(STATE, None)
    if target:
        to, asked = target
        st.switch_page(page(to).script, query_params=address.link(**asked))
