"""The button type of a page's main action, by theme."""

from typing import Literal

import streamlit as st


def main_button_type() -> Literal["primary", "secondary"]:
    """The Streamlit button type: "primary" on a light ground, "secondary" on a dark one.

    Streamlit writes in white on the primary colour and in the primary colour on the ground. Where
    the ground is dark no colour is dark enough for the one and bright enough for the other.
    """
    return "secondary" if st.context.theme.type == "dark" else "primary"
