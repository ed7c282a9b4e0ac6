"""The parts of all slides: figures in a row, charts side by side, statuses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import formats, reads
from dashboard.charts.status_colours import SHAPES, Tone
from dashboard.frame.view import View
from dashboard.i18n import _, language
from dashboard.markdown import literal
from dashboard.wall.names import Names
from dashboard.widgets import beginning, tiles, trust
from dashboard.widgets.place import Place, on_wall
from data.meetings.held import MeetingLine

HALF, TALL, FULL = Place(830, 340), Place(830, 392), Place(1758, 440)
"""The stylesheet repeats these sizes. Charts side by side need two lines for titles and labels;
Chinese texts take fewer lines, so charts below them are taller."""
CHINESE = "zh_CN"
LONG = 10
"""Characters; if a figure has more, all are written smaller."""
LINES = 5
"""The most lines that a slide shows one below the other."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The data of a slide: the view of its node, the meeting if there is one, the names of
    units."""

    view: View
    meeting: MeetingLine | None
    names: Names
    noting: bool = False
    """Whether the form to note a decision is open."""


Slide = Callable[[Seen], None]


def figures(view: View, names: Sequence[str], *more: Callable[[View], None]) -> None:
    """Draw at most six figures side by side, each with its change since the day in the head.

    `more` are functions that draw further tiles, for values that are not figures of the catalogue.
    """
    # Amounts of money are long in English.
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
    with number(figure, tiles.late_tone(view, figure, now)):
        tiles.metric(view, label, now, before)


def number(key: str, tone: Tone | None) -> DeltaGenerator:
    """Return a container for a large number, which is red or yellow by its tone."""
    shade = {Tone.BAD: "bad", Tone.WARN: "warn"}.get(tone or Tone.SILENT, "plain")
    return st.container(key=f"wall-{shade}-number-{key}")


def half() -> Place:
    """Return the size of one of two charts side by side."""
    return TALL if language() == CHINESE else HALF


def charts_abreast(*drawn: Callable[[], None]) -> None:
    place = FULL if len(drawn) == 1 else half()
    called = {FULL: "wall-full", HALF: "wall-half", TALL: "wall-half-tall"}[place]
    with on_wall(place), st.container(key=called):
        for column, draw_it in zip(st.columns(len(drawn), border=True), drawn, strict=True):
            with column:
                draw_it()


def pill(tone: Tone, word: str) -> str:
    """Return a status as a Markdown badge of shape and word; `toned` gives it its colour."""
    return f":gray-badge[{SHAPES[tone]} {literal(word)}]"


def toned(tone: Tone, number: int) -> DeltaGenerator:
    """Return a container for block `number` of a slide; a badge in it has the colours of `tone`."""
    return st.container(key=f"wall-tone-{tone}-{number}")
