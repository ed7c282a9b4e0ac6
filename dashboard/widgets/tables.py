"""Draws columns of values as a table; the kind of each column is derived from its values."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from dashboard.charts.status_colours import Tone
from dashboard.elements import lists
from dashboard.elements.board import Part
from dashboard.elements.lists import Cell, CellKind, Choosing, Heading, Width
from dashboard.status import Status
from dashboard.widgets.place import look
from models.text import NOTHING

ROW = 35
"""Height in pixels of a row in a table of Streamlit's own."""
CHOSEN = "chosen-rows"
"""The session key of the key of a table and the indices of the rows chosen in it."""
MOST_ROWS = 20
"""Rows of a tall table that are shown before the viewer asks for all."""
TALL = 100
CODE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)+")
"""A code of parts with hyphens between them, such as ZJ-GQ02-1."""
SHARE = re.compile(r"\d+(\.\d+)?%|\d+/\d+")
"""A share as written, such as 93.7% or 15/16; a column of them is aligned as numbers are."""


def table(
    cells: Mapping[str, Sequence[Any]],
    *,
    key: str,
    says: str,
    on_pick: Callable[[int], None] | None = None,
    onward: Callable[[int], Part | None] | None = None,
    columns: Mapping[str, Any] | None = None,
    tall: bool = False,
    first: int = 0,
    late: Sequence[str] = (),
    watched: Sequence[str] = (),
    spare: Sequence[str] = (),
    cards: Mapping[str, str] | None = None,
) -> None:
    """Draw `cells` (values by heading) as a table.

    A click on a row leads to the link that `onward` returns for its index; a row without a link
    calls `on_pick` with the index. `says` describes the table to a screen reader; `columns` has
    settings of `st.column_config` by heading; a `tall` table shows more rows at once, and `first`
    says how many before the viewer asks for all. In the columns `late` numbers above 0 are red, in
    those `watched` yellow; the columns `spare` are left out where the rows would otherwise be
    broken into lines.
    `cards` says by heading what a card of a phone shows at first, with "{n}" for the value.
    """
    rows = list(zip(*cells.values(), strict=True))
    tones = dict.fromkeys(watched, Tone.WARN) | dict.fromkeys(late, Tone.BAD)
    lists.draw(
        [
            replace(
                heading,
                tone=tones.get(heading.name, heading.tone),
                card=(cards or {}).get(heading.name, ""),
                spare=heading.name in spare,
            )
            for heading in headings(cells, columns or {})
        ],
        rows,
        key=key,
        says=says,
        dark=look().dark,
        first=first or (TALL if tall else MOST_ROWS),
        onward=[onward(row) for row in range(len(rows))] if onward else (),
        on_pick=on_pick,
    )


def headings(
    cells: Mapping[str, Sequence[Any]], settings: Mapping[str, Any] | None = None
) -> list[Heading]:
    """Return the headings of columns of values, each with the kind of its cells."""
    given = settings or {}
    return [
        _heading(name, list(values), given.get(name), leads=not place)
        for place, (name, values) in enumerate(cells.items())
    ]


def choose(
    cells: Mapping[str, Sequence[Any]], *, key: str, says: str, first: int = TALL
) -> tuple[int, ...]:
    """Draw a table with rows to choose; return the indices of the chosen rows, from 0.

    The choice is kept for one `key`, so a table with other rows needs another key. `says` and
    `first` are as in `table`.
    """
    rows = list(zip(*cells.values(), strict=True))
    return choose_rows(headings(cells), rows, key=key, says=says, first=first)


def choose_rows(
    columns: Sequence[Heading],
    rows: Sequence[Sequence[Cell]],
    *,
    key: str,
    says: str,
    first: int,
) -> tuple[int, ...]:
    """Draw `rows` under `columns`, to be chosen as in `choose`; return the indices of those that
    are."""
    kept: tuple[str, tuple[int, ...]] = st.session_state.get(CHOSEN, ("", ()))
    chosen = tuple(row for row in kept[1] if row < len(rows)) if kept[0] == key else ()

    def keep(places: tuple[int, ...]) -> None:
        st.session_state[CHOSEN] = (key, places)

    lists.draw(
        columns,
        rows,
        key=f"{key}-rows",
        says=says,
        dark=look().dark,
        first=first,
        choosing=Choosing(chosen, keep),
    )
    return chosen


def choose_all(key: str, rows: int) -> None:
    """Choose all of the `rows` rows of the list that `choose_rows` draws under `key`."""
    st.session_state[CHOSEN] = (key, tuple(range(rows)))


def _heading(name: str, values: list[Cell], setting: Any, *, leads: bool) -> Heading:
    setting = setting or {}
    written = str((setting.get("type_config") or {}).get("format") or "")
    signed = written.startswith("%+")
    places, after = _written(written.replace("%+", "%"))
    width: Width = ""
    texts = (text for text in map(_untoned, values) if isinstance(text, str))
    longest = max(map(_width_of, texts), default=0)
    if longest > LONG:
        width = "large" if longest > LONGER else "medium"
    kind = _kind(values)
    # The first column may be the link of the row, which is one of texts.
    if kind == "text" and not leads and _are_codes(values):
        kind = "code"
    if (
        kind == "number"
        and places is None
        and any(isinstance(_untoned(each), float) for each in values)
    ):
        places = 2
    shown = Heading(name, kind, places, after, width, str(setting.get("help") or ""))
    return replace(shown, signed=signed)


LONG, LONGER = 18, 36
"""Widths in Latin letters beyond which texts are broken into lines and get a wide column."""


def _are_codes(values: Sequence[Cell]) -> bool:
    """Return whether all values are codes with hyphens, which are never broken into lines."""
    known = [value for value in values if value]
    return bool(known) and all(isinstance(each, str) and CODE.fullmatch(each) for each in known)


def _width_of(text: str) -> int:
    """Return the width of a text in Latin letters; a Chinese character counts as two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _written(format_: str) -> tuple[int | None, str]:
    """Split a number format such as "%.1f%%" into its decimal places and the text behind the
    number."""
    if format_ == "%d":
        return 0, ""
    if format_.startswith("%."):
        return int(format_[2]), format_[4:].replace("%%", "%")
    return None, ""


def _untoned(cell: Cell) -> Cell:
    """Return the text or number of a cell with a tone or in pieces; any other cell as it is."""
    if isinstance(cell, lists.Pieces):
        return cell.text
    return cell[0] if isinstance(cell, tuple) else cell


def _kind(values: Sequence[Cell]) -> CellKind:
    known = [_untoned(value) for value in values if value is not None]
    if any(isinstance(value, Status) for value in known):
        return "status"
    if known and all(isinstance(value, date) for value in known):
        return "day"
    number = (int, float, Decimal)
    if known and all(isinstance(value, number) and not isinstance(value, bool) for value in known):
        return "number"
    shares = [value for value in known if value != NOTHING]
    if shares and all(isinstance(value, str) and SHARE.fullmatch(value) for value in shares):
        return "number"
    return "text"
