"""A panel: a part of a page on a white ground, over its whole width."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def panel() -> DeltaGenerator:
    """A container with a frame, which looks as the framed columns of other parts do.

    It is a column, since page.css can tell framed columns from others, but not framed containers.
    """
    return st.columns(1, border=True)[0]


def on_a_desk(key: str) -> DeltaGenerator:
    """Return a container that a phone does not show."""
    return st.container(key=f"desk-{key}")


def on_a_phone(key: str) -> DeltaGenerator:
    """Return a container that only a phone shows."""
    return st.container(key=f"phone-{key}")
