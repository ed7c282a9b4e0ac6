"""A map of places as tiles, north on top: each with what its colour stands for, and the lights of
its units."""

from collections.abc import Sequence

from dashboard.charts.status_colours import step_of
from dashboard.elements.board import Part, status
from dashboard.status import Status


def tile(
    name: str,
    *,
    row: int,
    column: float,
    text: str,
    lights: Sequence[Status],
    share: float | None = None,
    count: str = "",
    more: str = "",
    spoken: str = "",
    onward: Part | None = None,
    here: bool = False,
    by_light: bool = False,
    mark: Status | None = None,
) -> Part:
    """A place; `column` may lie half way between two.

    The ground has the colour of `share`, which is from 0 to 1, None if there is nothing to share,
    or, with `by_light`, of the worst of the lights. `text` says what the colour stands for: the
    share as written, or why that light is on; `count` stands beside it. `mark` says in its own
    colour what the ground does not. `more` stands for lights
    without room. `spoken` tells screen readers the lights. The tile in which the viewer stands
    (`here`) has a frame.
    """
    return {
        "name": name,
        "row": row,
        "column": column,
        "tone": str(lights[0].tone) if by_light and lights else "",
        "step": None if share is None else step_of(share),
        "text": text,
        "count": count,
        "lights": [status(each) for each in lights],
        "more": more,
        "said": spoken,
        "way": onward,
        "here": here,
        "mark": status(mark) if mark else None,
    }


def tile_map(tiles: Sequence[Part]) -> Part:
    """The tiles on a grid of half a tile's width."""
    left = min((each["column"] for each in tiles), default=0)
    placed = [{**each, "column": round(2 * (each["column"] - left))} for each in tiles]
    return {
        "kind": "tile_map",
        "tiles": placed,
        "rows": 1 + max((each["row"] for each in tiles), default=0),
        "halves": 2 + max((each["column"] for each in placed), default=0),
    }


def legend(texts: Sequence[str], tones: Sequence[str] = ()) -> Part:
    """The meaning of the tile colours, the worst first: of the steps of a share, or of `tones`."""
    colours = tones or [f"step{step}" for step in range(len(texts))]
    entries = [
        {"colour": colour, "text": text} for colour, text in zip(colours, texts, strict=True)
    ]
    return {"kind": "legend", "entries": entries}
