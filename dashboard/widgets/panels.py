"""A panel: a part of a page on a white ground, over its whole width."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def panel() -> DeltaGenerator:
    """A container with a frame, which looks as the framed columns of other parts do.

    It is a column, since page.css can tell framed columns from others, but not framed containers.
    """
    return st.columns(1, border=True)[0]
