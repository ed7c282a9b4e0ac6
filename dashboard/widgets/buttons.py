"""How the button of a page's main action stands out."""

from typing import Literal

import streamlit as st


def main() -> Literal["primary", "secondary"]:
    """The type of such a button: filled, but on a dark ground like the others.

    Streamlit writes in white on the primary colour and in the primary colour on the ground. Where
    the ground is dark no colour is dark enough for the one and bright enough for the other.
    """
    return "secondary" if st.context.theme.type == "dark" else "primary"
