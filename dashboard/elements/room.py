"""Room kept for what a browser draws late, so that nothing below it moves once it is drawn."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

STEP = 50
"""Pixels by which rooms differ; page.css says how high each is."""
MOST = 18
"""Steps of the highest room: more is below the fold."""


def room(height: float, key: str) -> DeltaGenerator:
    """A container at least `height` pixels high, rounded down to a step; `key` names what is in it.

    The height must be the least that the content takes, or a gap stays below it.
    """
    steps = min(int(height // STEP), MOST)
    return st.container(key=f"room{steps}-{key}") if steps else st.container()
