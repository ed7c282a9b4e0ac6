"""The rows of a chart as a list in which the keyboard leads on; the browser opens it."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import streamlit as st

from dashboard.elements import board, lists
from dashboard.elements.lists import Cell, Heading
from dashboard.i18n import _

PARTS = ("table", "lists", "chart_table")
KEY = "table-of-"
"""What the keys of these elements begin with; page.css puts them beside the heading below."""


def draw(
    headings: Sequence[Heading],
    rows: Sequence[Sequence[Cell]],
    *,
    key: str,
    says: str,
    dark: bool,
    on_pick: Callable[[int], None] | None = None,
) -> None:
    """Draw a button beside the heading that is drawn next; it opens `rows` under `headings`.

    `key` is that of the chart, `says` names the list; a row calls `on_pick` with its place.
    """
    listed = lists.part(headings, rows, says=says, first=len(rows), picks=on_pick is not None)
    shown = {"kind": "chart_table", "word": _("Table"), "list": listed}
    named = f"{KEY}{key}"
    events: dict[str, Callable[[], None]] = {}
    if on_pick:
        events["on_pick_change"] = lambda: lists.called(named, "pick", len(rows), on_pick)
    region = board.region("of-chart-card", shown, name=says)
    _component()(key=named, data={"layout": "stack", "dark": dark, "regions": [region]}, **events)


@lru_cache(maxsize=1)
def _component() -> Any:
    return st.components.v2.component(
        "gridlight_chart_table", js=board.script(PARTS), css=board.style(kinds=PARTS)
    )
