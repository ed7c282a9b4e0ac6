"""Reserve room for elements that the browser draws late, so that those below do not move."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

STEP = 50
"""The step of heights in pixels; page.css has a rule for each height."""
MOST = 18
"""The number of steps of the highest room; anything higher is below the fold."""


def room(height: float, key: str) -> DeltaGenerator:
    """A container at least `height` pixels high, rounded down to a step; `key` names its content.

    `height` must be the least height of the content, or a gap remains below it.
    """
    steps = min(int(height // STEP), MOST)
    return st.container(key=f"room{steps}-{key}") if steps else st.container()
