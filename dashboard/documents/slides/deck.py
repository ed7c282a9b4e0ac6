"""The contents of slides, independent of the file format: figures, charts, tables."""

from dataclasses import dataclass
from enum import StrEnum

from dashboard.charts.status_colours import Tone


class Shape(StrEnum):
    """The type of a chart."""

    BARS = "bars"
    """Horizontal bars, the first category on top."""
    COLUMNS = "columns"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure: its name, its value, and its change since the day of comparison."""

    label: str
    text: str
    change: str = ""
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A level line across a chart, such as a target: its name and its number."""

    name: str
    number: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one series; a number is None where there is no value.

    `texts` are the numbers as written; `colours` are those of the bars, as #RRGGBB. `level` is the
    target of a line, drawn as a second series.
    """

    title: str
    shape: Shape
    categories: tuple[str, ...]
    numbers: tuple[float | None, ...]
    texts: tuple[str, ...]
    colours: tuple[str, ...] = ()
    level: Level | None = None

    @property
    def labelled(self) -> list[int]:
        """The indexes that get a label: all bars; of a line its ends and its lowest point."""
        if self.shape is not Shape.LINE:
            return list(range(len(self.texts)))
        known = {at: number for at, number in enumerate(self.numbers) if number is not None}
        return sorted({min(known), max(known), min(known, key=lambda at: known[at])})


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `widths` are relative to the width of the slide; `tones` colour the first column."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    tones: tuple[Tone, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """An agenda item: its title, its node and its day.

    `call` is what the committee asks of whom; "" if nothing is known. `is_quiet` says that it only
    tells that nothing is asked for.
    """

    title: str
    about: str
    call: str = ""
    is_quiet: bool = False
    tiles: tuple[Tile, ...] = ()
    charts: tuple[Chart, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Deck:
    """The slides of a meeting in one language; `mark` is shown on each of a demonstration."""

    language: str
    title: str
    subtitle: str
    mark: str
    slides: tuple[Slide, ...]
