"""A table whose rows are links; cells are texts, in pieces or with a tone, or statuses."""

from collections.abc import Sequence

from dashboard.charts.status_colours import Tone
from dashboard.elements.board import Part, status
from dashboard.elements.lists import Pieces
from dashboard.status import Status

Cell = str | Status | Pieces | tuple[str, Tone | None]


def column(
    name: str,
    *,
    number: bool = False,
    day: bool = False,
    names: bool = False,
    leads: bool = False,
    card: str = "",
) -> Part:
    """A column; that with `leads` carries the row's link, one with `day` (a day, a name) is never
    wrapped, one with `names` between names only. A card of a phone calls it `card`, if given."""
    kind = "number" if number else "day" if day else "names" if names else ""
    return {"name": name, "class": kind, "leads": leads, "card": card or name}


def row(cells: Sequence[Cell], onward: Part | None = None) -> Part:
    """A row with a cell for each column, and its link."""
    return {"cells": [_cell(each) for each in cells], "way": onward}


def table(
    columns: Sequence[Part],
    rows: Sequence[Part],
    fits: int = 0,
    rest: Part | None = None,
    on_a_phone: int = 0,
) -> Part:
    """A table; with `fits`, only as many rows as there is room for, but at least `fits`; a phone
    shows the first `on_a_phone`, unless that is 0.

    `rest` (a `board.left_out`) says how many are not shown.
    """
    return {
        "kind": "table",
        "columns": list(columns),
        "rows": list(rows),
        "fits": fits,
        "on_a_phone": on_a_phone,
        "rest": rest,
    }


def _cell(cell: Cell) -> object:
    if isinstance(cell, Status):
        return status(cell)
    if isinstance(cell, Pieces):
        return cell.cell
    if isinstance(cell, tuple):
        return {"text": cell[0], "tone": str(cell[1]) if cell[1] else ""}
    return cell
