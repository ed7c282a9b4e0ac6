"""Charts of the grid's coverage, by subdistrict, sector, unit and content item."""

import altair as alt

from dashboard.charts.bars import bars
from dashboard.charts.cells import CELLS, cells, share_cells
from dashboard.charts.look import Look
from dashboard.charts.palette import type_on
from dashboard.charts.parts import (
    TIP,
    base,
    choice,
    layered,
    literal,
    names_on_two_lines,
    outlined,
    tip,
    word_colours,
    words,
    worst_first,
)
from dashboard.charts.share_steps import on_step, step_fills, step_of
from dashboard.charts.specs import Texts
from dashboard.charts.status_colours import Tone

TILES, DOTS, SPOTS = "tiles", "dots", "spots"
TILE = {"left": 0.03, "right": 0.97, "top": 0.05, "bottom": 0.95}
"""The edges of a tile within its cell, which is 1 wide and 1 high."""
ROOM_FOR_DAYS = 18
"""Width in pixels of a cell from which on it shows the days since a check, not its sign alone."""
ROOMY = 28
"""Width in pixels of a cell from which on these days are as large as other text."""
ITEM_ROW = 24
"""Height in pixels of the row of a content item, whose name may take two lines."""


def tile_map(
    texts: Texts,
    look: Look,
    *,
    rows: int = 5,
    here: str = "",
    below: float | None = None,
    warm: bool = False,
) -> alt.LayerChart:
    """A tile map of subdistricts, north on top, each with its share.

    Columns: code (text), name (text), tile_row (int), tile_column (number; halves lie between two
    columns), share (0 to 1, or null if there is no denominator), text (the share as written, "—"
    for null), count (text, as "27/30"). Texts: `share` (legend), `unknown` (in the legend, for
    null). `rows` is the number of rows of tiles. The tile whose code is `here` has a frame; tiles
    with a share less than `below` have a frame in the colour of failure. `warm` is for shares of
    which more is worse. Selects by `code`.
    """
    chosen = choice()
    colours = look.colours
    ground, tiles = _tiles()
    lines = ground.encode(
        x=alt.X("middle:Q"),
        color=on_step(look, texts["unknown"], warm=warm),
        tooltip=TIP,
    )
    low = "false" if below is None else f"isValid(datum.share) && datum.share < {below}"
    return (
        layered(
            tiles.mark_rect(cornerRadius=5)
            .encode(
                color=step_fills(look, texts["unknown"], texts["share"], warm=warm),
                **outlined(chosen, look, colours.pale),
                tooltip=TIP,
            )
            .properties(name=TILES)
            .add_params(chosen),
            _dashed(tiles.transform_filter("!isValid(datum.share)"), look),
            _framed(tiles.transform_filter(low), colours.failing, look.px(2)),
            _framed(
                tiles.transform_filter(f"datum.code === {literal(here)}"), colours.type, look.px(3)
            ),
            *_written(lines, look, rows),
            own_colours=True,
        )
        .transform_calculate(
            step=step_of("share", texts["unknown"], warm=warm),
            middle="datum.tile_column + 0.5",
            tip=tip("name", "text", "count"),
        )
        .transform_calculate(**_edges())
        .properties(height=look.px(62) * rows)
    )


def sector_element(texts: Texts, look: Look) -> alt.LayerChart:
    """The share of units that have each element of the grid, one row per sector.

    Columns: code (text, of the sector), sector (text), element (text), share (0 to 1 or null), text
    (the share as written). Texts: `share` (legend), `unknown` (null). Selects by `code`.
    """
    return share_cells(texts, look, row="sector", column="element")


def content_heat(texts: Texts, look: Look, *, upright: int = 0) -> alt.LayerChart:
    """The result of each unit's latest check of each content item, one row an item, and its age in
    days if that is over a year.

    Columns: code, unit (text), item (text), state (PROBLEM, NORMAL, NOT_APPLICABLE; null for no
    check in the last year), days (int or null). About 30 units at a time, in the order of the rows.
    Texts: PROBLEM, NORMAL, NOT_APPLICABLE, NONE (longer than a year ago), NEVER, `days` (tooltip).
    What is normal is quiet however old it is within the year; the tooltip has its days. `upright`
    is the number of characters of the longest unit's name if names are Chinese, else 0. Selects by
    `code`.
    """
    chosen = choice()
    colours = look.colours
    states = {
        "PROBLEM": look.tones[Tone.BAD].fill,
        "NONE": look.covered[1],
        "NEVER": look.tones[Tone.SILENT].fill,
        "NORMAL": colours.checked,
        "NOT_APPLICABLE": colours.silence,
    }
    state = "!isValid(datum.days) ? 'NEVER' : !isValid(datum.state) ? 'NONE' : datum.state"
    ground, filled = cells(
        look,
        x="unit",
        y="item",
        upright=upright,
        colours=word_colours(texts, states, edge=colours.silence_edge),
    )
    rows = names_on_two_lines("item", look, labelOverlap=False).scale(padding=0)
    ground, filled = ground.encode(y=rows), filled.encode(y=rows)
    ago = literal(" " + texts["days"])
    roomy = f"bandwidth('x') >= {look.px(ROOM_FOR_DAYS)}"
    type_colours = {shown: type_on(fill) for shown, fill in states.items()}
    size = alt.ExprRef(f"bandwidth('x') >= {look.px(ROOMY)} ? {look.px(11)} : {look.px(10)}")
    written = ground.mark_text(fontSize=size).encode(
        color=word_colours(texts, type_colours, legend=False)
    )
    return (
        layered(
            filled.encode(
                **outlined(chosen, look, colours.cell_edge),
            )
            .properties(name=CELLS)
            .add_params(chosen),
            written.mark_text(fontSize=size, opacity=alt.ExprRef(f"{roomy} ? 1 : 0")).encode(
                text=alt.Text("long:N")
            ),
            written.mark_text(fontSize=size, opacity=alt.ExprRef(f"{roomy} ? 0 : 1")).encode(
                text=alt.Text("short:N")
            ),
            own_colours=True,
        )
        .transform_calculate(shown=state)
        .transform_calculate(
            word=words(texts, "shown", states),
            short="{PROBLEM: '!', NEVER: '○', NOT_APPLICABLE: '–'}[datum.shown] || ''",
        )
        .transform_calculate(
            # A sign beside days would be read as a digit: “!53” as 153.
            long="isValid(datum.days) && datum.shown === 'NONE' ? '' + datum.days : datum.short",
            tip=tip("unit", "item", "word", f"(isValid(datum.days) ? datum.days + {ago} : '—')"),
        )
        .properties(height=alt.Step(look.px(ITEM_ROW)))
    )


def blind_spots(texts: Texts, look: Look) -> alt.LayerChart:
    """Content items by the number of units that lack a check, the highest on top.

    Columns: code (text), name (text, of the item), value (int, units without a check), text (as
    "12/30"). No texts. Selects by `code`.
    """
    return bars(
        look,
        y=worst_first("name", "value", look),
        text="text:N",
        colour=alt.value(look.colours.failing),
        view=SPOTS,
    ).transform_calculate(tip=tip("name", "text"))


def _tiles() -> tuple[alt.Chart, alt.Chart]:
    """Return a base chart with the tiles' positions, and the rectangles of the tiles."""
    ground = base().encode(
        y=alt.Y("top:Q", axis=None).scale(reverse=True, zero=False, nice=False),
        x=alt.X("left:Q", axis=None).scale(zero=False, nice=False),
    )
    return ground, ground.encode(y2=alt.Y2("bottom"), x2=alt.X2("right"))


def _dashed(tiles: alt.Chart, look: Look) -> alt.Chart:
    """Return dashed outlines for tiles without a known share."""
    edges: alt.Chart = tiles.mark_rect(
        cornerRadius=5,
        fill=None,
        stroke=look.colours.silence_edge,
        strokeWidth=1.5,
        strokeDash=[4, 3],
    )
    return edges


def _framed(tiles: alt.Chart, colour: str, width: int) -> alt.Chart:
    """Return frames around tiles that are to stand out."""
    frames: alt.Chart = tiles.mark_rect(cornerRadius=5, fill=None, stroke=colour, strokeWidth=width)
    return frames


def _edges() -> dict[str, str]:
    return {
        side: f"datum.tile_{'column' if side in ('left', 'right') else 'row'} + {at}"
        for side, at in TILE.items()
    }


def _written(lines: alt.Chart, look: Look, rows: int) -> list[alt.Chart]:
    """Return the lines of text in each tile of as many `rows`; the wall has no room for the
    counts."""
    if look.large:
        # The wall gives the map what height is left: both lines stay within a tile.
        name_size, share_size = (
            alt.ExprRef(f"min({look.px(most)}, height / {rows} * {part})")
            for most, part in ((12, 0.415), (14, 0.415))
        )
        return [
            _line(lines, "name", 0.31, name_size),
            _line(lines, "text", 0.72, share_size, bold=True),
        ]
    return [
        _line(lines, "name", 0.25, look.px(12)),
        _line(lines, "text", 0.53, look.px(15), bold=True),
        _line(lines, "count", 0.79, look.px(11)),
    ]


def _line(
    ground: alt.Chart, field: str, at: float, size: int | alt.ExprRef, bold: bool = False
) -> alt.Chart:
    """Return one line of text in each tile, at the fraction `at` of the tile's height."""
    line: alt.Chart = (
        ground.transform_calculate(line_y=f"datum.tile_row + {at}")
        .mark_text(fontSize=size, fontWeight="bold" if bold else "normal")
        .encode(y=alt.Y("line_y:Q"), text=alt.Text(f"{field}:N"))
    )
    return line
