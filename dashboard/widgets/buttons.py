"""The button type of a page's main action, by theme."""

from typing import Literal

import streamlit as st


def main_button_type() -> Literal["primary", "secondary"]:
    """Return the Streamlit button type: "primary" in the light theme, "secondary" in the dark one.

    Streamlit uses the primary colour both as a background for white text and as a text colour on
    the page's background. On a dark page no colour has enough contrast for both.
    """
    return "secondary" if st.context.theme.type == "dark" else "primary"
