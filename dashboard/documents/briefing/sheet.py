"""A sheet of a workbook as data: headings, column widths, rows of cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR

from dashboard import formats
from dashboard.i18n import _
from data.figures.catalogue import Better, Figure, Quantity, Way
from data.figures.reading import FEN, WAN, Reading, rounded
from data.figures.rows import Side
from models.text import N_

Cell = str | int | float | date | None
BETTER: Mapping[Better, str] = {
    Better.HIGHER: N_("higher is better"),
    Better.LOWER: N_("lower is better"),
    Better.NEITHER: N_("no direction"),
}
SIDES: Mapping[Side, str] = {
    Side.VALUE: N_("Rows counted"),
    Side.NUMERATOR: N_("Numerator"),
    Side.DENOMINATOR: N_("Denominator"),
}
NARROW, MIDDLE, WIDE, WIDEST = 10, 16, 28, 48
"""Column widths in characters."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its columns as headings with widths, and rows with a cell for each column."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a workbook; `mark`, if not empty, is printed at the top of every page."""

    title: str
    mark: str
    sheets: tuple[Sheet, ...]


def number(reading: Reading | None) -> Cell:
    """A figure as a numeric cell: shares cut, in percent; money in 万元; means to one decimal."""
    value = reading.exact if reading else None
    if reading is None or value is None:
        return None
    figure = reading.figure
    if figure.way is Way.SHARE:
        return float(rounded(value * 100, 1, ROUND_FLOOR))
    if figure.quantity is Quantity.MONEY:
        return float(rounded(value * FEN / WAN, 6))
    if figure.way in (Way.MEAN, Way.AGE_MEAN, Way.RATIO_MEAN):
        return float(rounded(value, 1))
    return int(value)


def headed(figure: Figure) -> str:
    """The name of a figure with the unit of its numbers."""
    unit = formats.written_in(figure)
    return f"{_(figure.name)} ({unit})"
