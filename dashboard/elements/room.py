"""Reserve room for elements that the browser draws late, so that those below do not move."""

from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

STEP = 50
"""The step of heights in pixels; page.css has a rule for each height."""
MOST = 18
"""The number of steps of the highest room; anything higher is below the fold."""
FINE_STEP = 25
"""The step in pixels of heights that differ between a wide desk, a small one and a phone."""
MOST_FINE = {"wide": 4, "desk": 8, "phone": 16}
"""The number of fine steps of the highest room on each screen."""
Kind = Literal["", "cards-", "tiles-", "tiles-brief-"]


def room(height: float, key: str, kind: Kind = "", on_a_phone: float = 0) -> DeltaGenerator:
    """A container at least `height` pixels high, rounded down to a step; `key` names its content.

    `height` must be the least height of the content, or a gap remains below it. page.css keeps less
    room for "cards-", which are few on a phone, and for "tiles-", which are low on a small screen,
    and on a phone `on_a_phone` pixels high.
    """
    steps = min(int(height // STEP), MOST)
    if not steps:
        return st.container()
    phone = _on("phone", on_a_phone) if on_a_phone else ""
    return st.container(key=f"room{steps}-{kind}{phone}{key}")


def room_by_screen(wide: float, desk: float, phone: float, key: str) -> DeltaGenerator:
    """A container of least heights in pixels on a wide desk, a small one and a phone, each rounded
    down to a fine step; `key` names its content."""
    heights = {"wide": wide, "desk": desk, "phone": phone}
    steps = "".join(_on(screen, height) for screen, height in heights.items())
    return st.container(key=f"rooms-{steps}{key}")


def _on(screen: str, height: float) -> str:
    """Return the part of a key that has page.css keep `height` pixels on a screen."""
    return f"{screen}{min(int(height // FINE_STEP), MOST_FINE[screen])}-"
