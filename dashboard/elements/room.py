"""Reserve room for elements that the browser draws late, so that those below do not move."""

from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

STEP = 50
"""The step of heights in pixels; page.css has a rule for each height."""
MOST = 18
"""The number of steps of the highest room; anything higher is below the fold."""


def room(height: float, key: str, kind: Literal["", "cards-", "tiles-"] = "") -> DeltaGenerator:
    """A container at least `height` pixels high, rounded down to a step; `key` names its content.

    `height` must be the least height of the content, or a gap remains below it. page.css keeps less
    room for "cards-", which are few on a phone, and for "tiles-", which are low on a small screen.
    """
    steps = min(int(height // STEP), MOST)
    if not steps:
        return st.container()
    return st.container(key=f"room{steps}-{kind}{key}")
