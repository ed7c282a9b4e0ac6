"""Lists that show what is wanting first: what they say and offer where nothing is wanting."""

import streamlit as st

from dashboard.widgets import asked


def none_wanting(says: str, rest: str, key: str, **of_rest: str) -> None:
    """Draw why the list is empty, and a button named `rest` for the rest of it.

    `of_rest` are the parameters of the page's address that choose the rest.
    """
    st.info(says)
    asked.way(rest, key, **of_rest)
