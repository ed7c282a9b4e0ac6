"""Draws columns of values as a list; the kind of each column is derived from its values."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.elements import lists
from dashboard.elements.board import Part
from dashboard.elements.lists import Cell, CellKind, Heading, Width
from dashboard.status import Status
from dashboard.widgets.place import look
from models.text import NOTHING

ROW = 35
"""Pixels of a row of a table in which rows are chosen."""
MOST_ROWS = 20
"""Rows of a table before somebody asks for all; of a tall one."""
TALL = 100


def table(
    cells: Mapping[str, Sequence[Any]],
    *,
    key: str,
    says: str,
    on_pick: Callable[[int], None] | None = None,
    onward: Callable[[int], Part | None] | None = None,
    columns: Mapping[str, Any] | None = None,
    tall: bool = False,
) -> None:
    """Draw `cells`, which are columns by their headings; a row leads where `onward` says.

    A row without a page of its own calls `on_pick`. `says` names the table to a screen reader;
    `columns` are settings of `st.column_config` by heading; a `tall` table shows many rows at once.
    """
    rows = list(zip(*cells.values(), strict=True))
    lists.draw(
        headings(cells, columns or {}),
        rows,
        key=key,
        says=says,
        dark=look().dark,
        first=TALL if tall else MOST_ROWS,
        onward=[onward(row) for row in range(len(rows))] if onward else (),
        on_pick=on_pick,
    )


def headings(
    cells: Mapping[str, Sequence[Any]], settings: Mapping[str, Any] | None = None
) -> list[Heading]:
    """The headings of columns of values, with what their cells are."""
    given = settings or {}
    return [_heading(name, list(values), given.get(name)) for name, values in cells.items()]


def choose(cells: Mapping[str, Sequence[Any]], *, key: str, says: str) -> tuple[int, ...]:
    """Draw a tall table with selectable rows; the indices of the selected rows, from 0.

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


def _heading(name: str, values: list[Cell], setting: Any) -> Heading:
    setting = setting or {}
    written = str((setting.get("type_config") or {}).get("format") or "")
    places, after = _written(written)
    width: Width = ""
    longest = max((_width_of(value) for value in values if isinstance(value, str)), default=0)
    if longest > LONG:
        width = "large" if longest > LONGER else "medium"
    kind = _kind(values)
    if kind == "number" and places is None and any(isinstance(value, float) for value in values):
        places = 2
    return Heading(name, kind, places, after, width, str(setting.get("help") or ""))


LONG, LONGER = 18, 36
"""Latin letters beyond which the texts of a column are broken into lines, and get much room."""


def _width_of(text: str) -> int:
    """How wide a text is, in Latin letters: a Chinese sign is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _written(format_: str) -> tuple[int | None, str]:
    """Places after the point, and what stands behind the number, of a format as "%.1f%%"."""
    if format_ == "%d":
        return 0, ""
    if format_.startswith("%."):
        return int(format_[2]), format_[4:].replace("%%", "%")
    return None, ""


def _kind(values: Sequence[Cell]) -> CellKind:
    known = [value for value in values if value is not None]
    if any(isinstance(value, Status) for value in known):
        return "status"
    if known and all(isinstance(value, date) for value in known):
        return "day"
    number = (int, float, Decimal)
    if known and all(isinstance(value, number) and not isinstance(value, bool) for value in known):
        return "number"
    return "text"
