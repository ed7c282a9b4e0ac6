"""Draws a chart with its title, a sentence on what it shows, and an action on click."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec

import pyarrow as pa
import streamlit as st

from dashboard import reads
from dashboard.charts import CHOICE, Texts, spec
from dashboard.charts.specs import Chart, Spec, clickable_spec, least_height
from dashboard.elements import chart_table
from dashboard.elements.room import room
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.markdown import literal
from dashboard.widgets.place import Place, look, wall_place
from dashboard.widgets.tables import headings

P = ParamSpec("P")
Rows = Sequence[Mapping[str, object]]
WHOLE = {"type": "fit", "contains": "padding"}
"""The Vega-Lite autosize by which a whole chart, with axes and legends, fits its place on the
wall."""
BESIDE = 40
"""Pixels on the right of a chart on a wall for the figures at the ends of bars."""


def still(part: Callable[Concatenate[View, P], None]) -> Callable[Concatenate[View, P], None]:
    """Decorator for a part of a page without controls; its output is cached and replayed for equal
    arguments.

    The arguments must be hashable; `reads.drawn` describes what else the cache key contains. On a
    wall the part is drawn anew each time, as the size of its charts differs from item to item.
    """

    @wraps(part)
    def shown(view: View, /, *args: P.args, **kwargs: P.kwargs) -> None:
        if wall_place():
            part(view, *args, **kwargs)
        else:
            reads.drawn(part, look(), view, *args, **kwargs)

    return shown


COLON = re.compile(r"(?<!\\):")
"""Matches a colon without a backslash before it."""


def heading(title: str, says: str = "") -> None:
    """Draw a title in bold, followed by the sentence `says` in grey."""
    # Inside `:gray[…]` an unescaped colon would begin a Markdown directive.
    beside = f" :gray[{COLON.sub(chr(92) + chr(92) + ':', says)}]" if says else ""
    st.markdown(f"**{title}**{beside}")


def draw(
    chart: Chart,
    rows: Rows,
    *,
    key: str,
    title: str,
    says: str,
    hint: str = "",
    note: str = "",
    texts: Texts | None = None,
    empty: str = "",
    on_choose: Callable[[str], None] | None = None,
    options: Mapping[str, Hashable] | None = None,
    columns: Mapping[str, str] | None = None,
) -> None:
    """Draw `chart` over `rows` under `title`, with a sentence `says` that states unit and message.

    `hint` says what a click does; a `note` stands between the title and the chart, but not on the
    wall. Without rows, the text `empty` is shown instead. `on_choose` is called with the `code` of
    the clicked row. `columns` (headings by column of `rows`) also offers the rows as a table that
    can be used by keyboard; it is meant for charts that have no table beside them.
    """
    place = wall_place()
    said = says if place or not hint else _("{says}; {hint}", says=says, hint=hint)
    if columns and rows and not place:
        _as_table(rows, columns, key, title, on_choose)
    heading(literal(title), literal(said))
    if not rows:
        st.caption(empty)
        return
    if note and not place:
        st.markdown(literal(note))
    clicks = on_choose is not None and place is None
    drawn = (clickable_spec if clicks else spec)(chart, texts or {}, look(), **(options or {}))
    shown = pa.Table.from_pylist([dict(row) for row in rows])
    alternative = f"{title} {says}".strip()
    if place:
        _on_wall(place, shown, drawn, key, alternative)
        return
    with room(least_height(drawn, rows), key):
        if on_choose is None:
            st.vega_lite_chart(shown, drawn, key=key, width="stretch", alt=alternative)
            return
        st.vega_lite_chart(
            shown,
            drawn,
            key=key,
            width="stretch",
            alt=alternative,
            selection_mode=CHOICE,
            on_select=lambda: _choose(key, on_choose),
        )


def _as_table(
    rows: Rows,
    columns: Mapping[str, str],
    key: str,
    title: str,
    on_choose: Callable[[str], None] | None,
) -> None:
    """Draw the rows of a chart as a table beside its heading."""
    codes = [str(row.get("code") or "") for row in rows]

    def pick(row: int) -> None:
        if on_choose and codes[row]:
            on_choose(codes[row])

    cells = {said: [row.get(column) for row in rows] for column, said in columns.items()}
    chart_table.draw(
        headings(cells),
        list(zip(*cells.values(), strict=True)),
        key=key,
        says=title,
        dark=look().dark,
        on_pick=pick if on_choose else None,
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
        # Streamlit's theme would scale the type to the screen, as the stylesheet already does.
        theme=None,
        alt=alternative,
    )


def _choose(key: str, on_choose: Callable[[str], None]) -> None:
    picked = st.session_state[key].selection.get(CHOICE) or []
    if picked and picked[0].get("code"):
        on_choose(str(picked[0]["code"]))
