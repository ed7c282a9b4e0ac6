"""Where charts are drawn: on a page with a light or dark theme, or on the wall screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st

from dashboard.charts import Look


@dataclass(frozen=True, slots=True)
class Place:
    """The pixels of a chart on a wall that is 1920 wide; the stylesheet makes it fit any other."""

    width: int
    height: int


_place: ContextVar[Place | None] = ContextVar("place", default=None)


@contextmanager
def on_wall(place: Place) -> Iterator[None]:
    """Within, charts are drawn for a wall: dark, large, as big as `place`, without clicks."""
    before = _place.set(place)
    try:
        yield
    finally:
        _place.reset(before)


def wall_place() -> Place | None:
    """The place on a wall; None on a page."""
    return _place.get()


def look() -> Look:
    """Where the viewer looks at charts."""
    if _place.get():
        return Look(dark=True, large=True)
    return Look(dark=st.context.theme.type == "dark")
