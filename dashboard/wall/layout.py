"""What all slides are laid out with: figures in a row, charts beside one another, statuses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import formats, reads
from dashboard.charts.status_colours import SHAPES, Tone
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.markdown import literal
from dashboard.wall.names import Names
from dashboard.widgets import beginning, tiles, trust
from dashboard.widgets.place import Place, on_wall
from data.meetings.held import MeetingLine

HALF, FULL = Place(830, 432), Place(1758, 480)
"""The stylesheet knows these sizes, too. Beside one another, titles and labels take two lines."""
LONG = 10
"""Signs beyond which figures are written smaller."""
LINES = 5
"""So many lines stand under one another."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a slide is made from: the view at its node, the meeting if any, what units go by."""

    view: View
    meeting: MeetingLine | None
    names: Names
    noting: bool = False
    """Whether the form to note a decision stands open."""


Slide = Callable[[Seen], None]


def figures(view: View, names: Sequence[str], *more: Callable[[View], None]) -> None:
    """At most six figures side by side, each with its change since the day in the head.

    `more` draw what is no figure of the catalogue behind them.
    """
    # Amounts in English are long.
    now = reads.figures_of(view.scope)
    long = any(len(formats.text(now.get(figure))) > LONG for figure in names)
    drawn: list[Callable[[View], None]] = [
        *(partial(_figure, figure=figure) for figure in names),
        *more,
    ]
    with st.container(key=f"wall-figures-{len(drawn)}" + ("-long" if long else "")):
        for column, draw_it in zip(st.columns(len(drawn), border=True), drawn, strict=True):
            with column:
                draw_it(view)


def _figure(view: View, figure: str) -> None:
    now, before = (
        reads.figures_of(view.scope).get(figure),
        beginning.readings_before(view).get(figure),
    )
    label = trust.beside(view, figure, _(reads.figure(figure).name))
    tiles.metric(label, now, before)


def charts_abreast(*drawn: Callable[[], None]) -> None:
    place, called = (FULL, "wall-full") if len(drawn) == 1 else (HALF, "wall-half")
    with on_wall(place), st.container(key=called):
        for column, draw_it in zip(st.columns(len(drawn), border=True), drawn, strict=True):
            with column:
                draw_it()


def pill(tone: Tone, word: str) -> str:
    """A status as shape and word on a ground, in Markdown; `toned` gives it its colour."""
    return f":gray-badge[{SHAPES[tone]} {literal(word)}]"


def toned(tone: Tone, number: int) -> DeltaGenerator:
    """The `number`th block of a slide; a status in it has the colours of `tone`."""
    return st.container(key=f"wall-tone-{tone}-{number}")
