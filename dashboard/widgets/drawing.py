"""Draws a chart with its title, what it says, and what a click on it does."""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

import pyarrow as pa
import streamlit as st

from dashboard import reads
from dashboard.charts import CHOICE, Look, Texts, spec
from dashboard.charts.specs import Chart, Spec
from dashboard.charts.status_colours import ON_DARK, ON_LIGHT, Tone
from dashboard.frame.view import View
from dashboard.i18n import _

P = ParamSpec("P")
Rows = Sequence[Mapping[str, object]]
WHOLE = {"type": "fit", "contains": "padding"}
"""All of a chart, axes and legends with it, fills its place on a wall."""
BESIDE = 40
"""Pixels on the right of a chart on a wall for the figures at the ends of bars."""


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


def look() -> Look:
    """Where the viewer looks at charts."""
    if _place.get():
        return Look(dark=True, large=True)
    return Look(dark=st.context.theme.type == "dark")


def fill_of(tone: Tone) -> str:
    """The fill of a status where the viewer looks at charts."""
    return (ON_DARK if look().dark else ON_LIGHT)[tone].fill


def still(part: Callable[Concatenate[View, P], None]) -> Callable[Concatenate[View, P], None]:
    """A part of a page that holds no control: it is drawn once, then shown to all who ask the same.

    Its arguments are values that can be compared; what else it may depend on says `reads.drawn`.
    On a wall it is drawn anew, as every item has a place of its own.
    """

    @wraps(part)
    def shown(view: View, /, *args: P.args, **kwargs: P.kwargs) -> None:
        if _place.get():
            part(view, *args, **kwargs)
        else:
            reads.drawn(part, look(), view, *args, **kwargs)

    return shown


def literal(text: str) -> str:
    """Words from a ledger as Markdown that shows them as they were written."""
    return re.sub(r"([\\`*_{}\[\]()#+.!:$~|<>-])", r"\\\1", text)


def heading(title: str, says: str = "") -> None:
    """A title in bold, and beside it in grey what stands below it or what it says."""
    # A colon would begin a directive of Markdown inside the grey.
    beside = f" :gray[{says.replace(':', chr(92) + ':')}]" if says else ""
    st.markdown(f"**{title}**{beside}")


def draw(
    chart: Chart,
    rows: Rows,
    *,
    key: str,
    title: str,
    says: str,
    hint: str = "",
    texts: Texts | None = None,
    empty: str = "",
    on_choose: Callable[[str], None] | None = None,
    options: Mapping[str, Hashable] | None = None,
) -> None:
    """Draw `chart` over `rows` under `title`, with a sentence `says` that states unit and message.

    `hint` adds what a click does. Without rows `empty` is said in its place. `on_choose` gets the
    `code` of what is clicked.
    """
    place = _place.get()
    heading(title, says if place or not hint else _("{says}; {hint}", says=says, hint=hint))
    if not rows:
        st.caption(empty)
        return
    drawn = spec(chart, texts or {}, look(), **(options or {}))
    table = pa.Table.from_pylist([dict(row) for row in rows])
    alternative = f"{title} {says}".strip()
    if place:
        _on_wall(place, table, drawn, key, alternative)
        return
    if on_choose is None:
        st.vega_lite_chart(table, drawn, key=key, width="stretch", alt=alternative)
        return
    st.vega_lite_chart(
        table,
        drawn,
        key=key,
        width="stretch",
        alt=alternative,
        selection_mode=CHOICE,
        on_select=lambda: _choose(key, on_choose),
    )


def _on_wall(place: Place, table: pa.Table, drawn: Spec, key: str, alternative: str) -> None:
    room = {"left": 0, "top": 0, "bottom": 0, "right": BESIDE}
    size = {"width": place.width, "height": place.height}
    st.vega_lite_chart(
        table,
        {**drawn, **size, "autosize": WHOLE, "padding": room},
        key=key,
        width=place.width,
        height=place.height,
        # Its sizes would follow the screen, which the stylesheet does already.
        theme=None,
        alt=alternative,
    )


def _choose(key: str, on_choose: Callable[[str], None]) -> None:
    picked = st.session_state[key].selection.get(CHOICE) or []
    if picked and picked[0].get("code"):
        on_choose(str(picked[0]["code"]))
