"""Tables of cells, and their headings."""

from typing import Any

import altair as alt

from dashboard.charts.look import TYPE, Look
from dashboard.charts.parts import (
    NO_LIMIT,
    TIP,
    base,
    choice,
    layered,
    literal,
    names,
    outlined,
    tip,
)
from dashboard.charts.share_steps import on_step, step_fills, step_of
from dashboard.charts.specs import Texts

EMPTY_LINE = "\u200b"
"""An invisible character; Vega would drop lines of blanks."""
CELLS = "cells"
"""The name of the clickable view of a table of cells."""
LEAST_TYPE = 10
"""The smallest readable size of a Chinese character, in pixels."""


def cells(
    look: Look, *, x: str, y: str, upright: int, colours: alt.Color, step: int = 24
) -> tuple[alt.Chart, alt.Chart]:
    """Return the base chart of a table of cells with headings on top, and its coloured cells."""
    both = (
        base()
        .encode(
            x=alt.X(f"{x}:N", title=None).sort(None).axis(orient="top", **headings(look, upright)),
            y=names(y, look).scale(padding=0),
            tooltip=TIP,
        )
        .properties(height=alt.Step(look.px(step)))
    )
    return both, both.mark_rect(stroke=look.colours.cell_edge, strokeWidth=1.5).encode(
        color=colours
    )


def share_cells(texts: Texts, look: Look, *, row: str, column: str) -> alt.LayerChart:
    """A table of shares, with one cell for each pair of the columns `row` and `column`.

    Also reads: share (0 to 1 or null), text (the share as written), code, by which a click selects.
    Texts: `share` (legend), `unknown` (null).
    """
    chosen = choice()
    both = base().encode(
        x=alt.X(f"{column}:N", title=None)
        .sort(None)
        .axis(orient="top", **headings_of_two_lines(look)),
        y=names(row, look).scale(padding=0),
        tooltip=TIP,
    )
    return (
        layered(
            both.mark_rect(cornerRadius=3)
            .encode(
                **outlined(chosen, look, look.colours.cell_edge),
                color=step_fills(look, texts["unknown"], texts["share"]),
            )
            .properties(name=CELLS)
            .add_params(chosen),
            both.mark_text(fontSize=look.px(12)).encode(
                text=alt.Text("text:N"), color=on_step(look, texts["unknown"])
            ),
            own_colours=True,
        )
        .transform_calculate(step=step_of("share", texts["unknown"]), tip=tip(row, column, "text"))
        .properties(height=alt.Step(look.px(28)))
    )


def headings_of_two_lines(look: Look) -> dict[str, Any]:
    """Return axis settings for headings of two lines: broken after an English word or 4 Chinese
    characters.

    On a phone, headings are also broken after a short English word, and lines too long for their
    column are cut.
    """
    line = look.px(14)
    after_a_word = _broken("datum.label", f"^(.{{{3 if look.large else 6},}}?) (.+)$")
    after_any_word = _broken(after_a_word, "^([^|]+?) ([^|]+)$")
    narrow = f"bandwidth('x') < {TYPE / 2} * length(datum.label)"
    by_words = after_a_word if look.large else f"({narrow} ? {after_any_word} : {after_a_word})"
    broken = _broken(by_words, "^([^ -~]{4})([^ -~]+)$")
    return {
        "labelAngle": 0,
        "ticks": False,
        "domain": False,
        "labelLimit": NO_LIMIT if look.large else alt.ExprRef("bandwidth('x')"),
        "labelOverlap": False,
        "labelFlush": False,
        "labelFontSize": look.px(TYPE)
        if look.large
        else alt.ExprRef(f"max(9, min({TYPE}, width / 24))"),
        # Labels grow downwards, so all get two lines to end at the same height.
        "labelExpr": f"split(indexof({broken}, '|') < 0"
        f" ? '{EMPTY_LINE}|' + datum.label : {broken}, '|')",
        "labelLineHeight": line,
        "labelPadding": line + look.px(6),
    }


def _broken(text: str, pattern: str) -> str:
    """Vega expression: `text` with "|" between the two groups of `pattern` if it matches."""
    return f"replace({text}, regexp({literal(pattern)}), '$1|$2')"


def headings(look: Look, upright: int) -> dict[str, Any]:
    """Return axis settings for narrow columns: Latin text is rotated, Chinese is written downwards.

    `upright` is the number of Chinese characters of the longest heading; 0 for Latin text. Headings
    are left out if columns are too narrow to read them, as on a phone, where tooltips name the
    columns.
    """
    least = look.px(LEAST_TYPE)
    fits = f"bandwidth('x') >= {least}"
    plain = {
        "labelLimit": NO_LIMIT,
        "labelOverlap": False,
        "labelFlush": False,
        "labelFontSize": alt.ExprRef(f"max({least}, min({look.px(TYPE)}, bandwidth('x')))"),
        "ticks": False,
        "domain": False,
    }
    if not upright:
        return {
            **plain,
            "labelAngle": -90,
            "labelExpr": f"{fits} ? datum.label : ''",
            "labelPadding": look.px(6),
        }
    line = look.px(13)
    return {
        **plain,
        "labelAngle": 0,
        # Labels grow downwards, so all are padded to the same number of lines.
        "labelExpr": f"{fits}"
        f" ? split(pad(datum.label, {upright}, '{EMPTY_LINE}', 'left'), '') : ''",
        "labelLineHeight": line,
        "labelPadding": alt.ExprRef(f"{fits} ? {line * (upright - 1) + look.px(6)} : 0"),
    }
