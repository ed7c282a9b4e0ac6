"""A table whose rows lead on; its cells are texts, toned texts, or statuses."""

from collections.abc import Sequence

from dashboard.charts.status_colours import Tone
from dashboard.elements.board import Part, status
from dashboard.status import Status

Cell = str | Status | tuple[str, Tone | None]


def column(name: str, *, number: bool = False, day: bool = False, leads: bool = False) -> Part:
    """A column; the one that `leads` carries the link of its row, a `day` is never broken."""
    return {"name": name, "number": number, "day": day, "leads": leads}


def row(cells: Sequence[Cell], onward: Part | None = None) -> Part:
    """A row with a cell a column, and where it leads."""
    return {"cells": [_cell(each) for each in cells], "way": onward}


def table(columns: Sequence[Part], rows: Sequence[Part], fits: int = 0) -> Part:
    """With `fits` as many rows as there is room for, but at least those."""
    return {"kind": "table", "columns": list(columns), "rows": list(rows), "fits": fits}


def _cell(cell: Cell) -> object:
    if isinstance(cell, Status):
        return status(cell)
    if isinstance(cell, tuple):
        return {"text": cell[0], "tone": str(cell[1]) if cell[1] else ""}
    return cell
