"""The place where charts are drawn: on a page, in a light or dark theme, or on the wall screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st

from dashboard.charts import Look


@dataclass(frozen=True, slots=True)
class Place:
    """The size in pixels of a chart on a wall 1920 pixels wide; the stylesheet scales it to
    other screens."""

    width: int
    height: int


_place: ContextVar[Place | None] = ContextVar("place", default=None)


@contextmanager
def on_wall(place: Place) -> Iterator[None]:
    """Context manager in which charts are drawn for a wall: large, of size `place`, without
    clicks."""
    before = _place.set(place)
    try:
        yield
    finally:
        _place.reset(before)


def wall_place() -> Place | None:
    """Return the chart's size on a wall, or None on a page."""
    return _place.get()


def look() -> Look:
    """Return the look of charts for this viewer: dark or light, large on a wall.

    A wall is dark until the browser has named another theme.
    """
    if _place.get():
        return Look(dark=st.context.theme.type != "light", large=True)
    return Look(dark=st.context.theme.type == "dark")
