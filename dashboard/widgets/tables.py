"""Draws a table whose rows lead on."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.formats import NOTHING

ROW = 35
"""Pixels of a row."""
MOST_ROWS = 20
"""Rows of a tall table before it scrolls."""


def table(
    cells: Mapping[str, Sequence[Any]],
    *,
    key: str,
    says: str,
    on_pick: Callable[[int], None] | None = None,
    columns: Mapping[str, Any] | None = None,
    tall: bool = False,
) -> None:
    """Draw `cells`, which are columns by their headings; a click into a row calls `on_pick`.

    `says` stands in for the table where it cannot be seen; `columns` are settings of
    `st.column_config` by heading; a `tall` table shows many rows before it scrolls.
    """
    rows = pa.table({heading: list(column) for heading, column in cells.items()})
    shared: dict[str, Any] = {
        "hide_index": True,
        "key": key,
        "alt": says,
        "placeholder": NOTHING,
        "column_config": columns,
    }
    if tall:
        shared["height"] = ROW * (min(rows.num_rows, MOST_ROWS) + 1) + 3
    if on_pick is None:
        st.dataframe(rows, **shared)
        return
    st.dataframe(
        rows,
        on_select=lambda: _pick(key, on_pick, rows.num_rows),
        selection_mode="single-cell",
        **shared,
    )


def choose(cells: Mapping[str, Sequence[Any]], *, key: str, says: str) -> tuple[int, ...]:
    """Draw a tall table in which rows can be chosen, and the numbers of those that are, from 0.

    The choice belongs to the key: other rows need another one.
    """
    rows = pa.table({heading: list(column) for heading, column in cells.items()})
    chosen = st.dataframe(
        rows,
        hide_index=True,
        key=key,
        alt=says,
        placeholder=NOTHING,
        height=ROW * (min(rows.num_rows, MOST_ROWS) + 1) + 3,
        on_select="rerun",
        selection_mode="multi-row",
    )
    return tuple(sorted(row for row in chosen.selection.rows if row < rows.num_rows))


def _pick(key: str, on_pick: Callable[[int], None], length: int) -> None:
    picked = st.session_state[key].selection.cells
    if picked and picked[0][0] < length:
        on_pick(int(picked[0][0]))
