"""What slides consist of before they are written anywhere: figures, charts, tables."""

from dataclasses import dataclass
from enum import StrEnum

from dashboard.charts.status_colours import Tone


class Shape(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"
    """Lying, the first category on top."""
    COLUMNS = "columns"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure: what it is called, its value, and how it moved since the day to compare with."""

    label: str
    text: str
    change: str = ""
    is_worse: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one row of numbers; a number is None where there is none.

    `texts` are the numbers as they are written; `colours` are those of the bars, as #RRGGBB.
    """

    title: str
    shape: Shape
    categories: tuple[str, ...]
    numbers: tuple[float | None, ...]
    texts: tuple[str, ...]
    colours: tuple[str, ...] = ()

    @property
    def labelled(self) -> list[int]:
        """The places whose number is written: all of bars, of a line its ends and its lowest."""
        if self.shape is not Shape.LINE:
            return list(range(len(self.texts)))
        known = {at: number for at, number in enumerate(self.numbers) if number is not None}
        return sorted({min(known), max(known), min(known, key=lambda at: known[at])})


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `widths` are parts of the width of the slide. `tones` colours the first column."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    tones: tuple[Tone, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """One item of the agenda: what the title says, of what and of which day it is."""

    title: str
    about: str
    tiles: tuple[Tile, ...] = ()
    charts: tuple[Chart, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Deck:
    """The slides of a meeting in one language; `mark` is said on each of a demonstration."""

    language: str
    title: str
    subtitle: str
    mark: str
    slides: tuple[Slide, ...]
