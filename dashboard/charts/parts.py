"""The building blocks of charts: axes, legends, selections, tooltips.

A function described as a Vega expression returns its source text.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any
from unicodedata import east_asian_width

import altair as alt

from dashboard.charts.look import TYPE, Look
from dashboard.charts.specs import CHOICE, LEGEND_ROOM, Texts

ROWS = alt.NamedData("rows")
TIP = alt.Tooltip("tip:N")
DAY = "%Y-%m-%d"
MONTH = "%y-%m"
NO_LIMIT = 0
"""No limit for the length of labels; by default Vega cuts them at 180 pixels."""
LONG_LATIN, LONG_CHINESE, LINE = 24, 6, 13
"""The characters of a name beyond which it may be broken into two lines, and their height."""
LEGEND_WIDTH = 260
"""Pixels for a legend on a phone, beside the names of the rows."""

HALO = 10
"""Pixels of the ground around a name: wide enough that a rule ends on both sides of it."""


def base() -> alt.Chart:
    """Return a chart over the named data set that the rows are supplied as."""
    return alt.Chart(ROWS)


def choice() -> alt.Parameter:
    """Return a selection, by click on any layer, of rows with the same column `code`."""
    return alt.selection_point(name=CHOICE, fields=["code"])


def outlined(chosen: alt.Parameter, look: Look, edge: str = "transparent") -> dict[str, Any]:
    """Return encodings that outline the selected mark instead of its `edge`; other marks do not
    change."""
    picked = alt.when(chosen, empty=False)
    return {
        "stroke": picked.then(alt.value(look.colours.chosen)).otherwise(alt.value(edge)),
        "strokeWidth": picked.then(alt.value(3)).otherwise(alt.value(1)),
    }


def words(texts: Texts, field: str, codes: Iterable[str]) -> str:
    """Vega expression: the word for the code in `field`."""
    return f"{literal({code: texts[code] for code in codes})}[datum.{field}]"


def place(field: str, codes: Iterable[str]) -> str:
    """Vega expression: the index, among `codes`, of the code in `field`."""
    return f"indexof({literal(list(codes))}, datum.{field})"


def layered(*layers: alt.Chart, own_colours: bool = False) -> alt.LayerChart:
    """Return charts on top of each other.

    With `own_colours` each has its own colour scale, as text on fills needs.
    """
    scales: dict[str, Any] = {"scale": {"color": "independent"}} if own_colours else {}
    return alt.LayerChart(layer=list(layers), resolve=scales or alt.Undefined)


def word_colours(
    texts: Texts,
    colours: Mapping[str, str],
    *,
    legend: bool = True,
    symbol: str | None = "square",
    edge: str = "transparent",
) -> alt.Color:
    """Return the colour encoding of the column `word`; legend symbols have an outline of colour
    `edge`."""
    code_words = [texts[code] for code in colours]
    colour = alt.Color("word:N", title=None).scale(domain=code_words, range=list(colours.values()))
    return (
        colour.legend(**legend_on_top(code_words, symbol, edge)) if legend else colour.legend(None)
    )


def legend_on_top(
    entries: Sequence[str], symbol: str | None = "square", edge: str = "transparent"
) -> dict[str, Any]:
    """Return the settings of a legend above the chart: as many entries in a row as fit, but as on
    a phone at least, where the rows are even."""
    widths = [text_width(entry) + 2 * TYPE for entry in entries]
    widest, together = max(widths), sum(widths)
    rows = ceil(len(entries) / max(1, LEGEND_WIDTH // widest))
    narrow = ceil(len(entries) / rows)
    # In one row every entry takes its own width, in several the widest of its column.
    fitting = (
        f"{LEGEND_ROOM} >= {together} ? {len(entries)}"
        f" : max({narrow}, min({len(entries)}, floor({LEGEND_ROOM} / {widest})))"
    )
    layout: dict[str, Any] = {
        "orient": "top",
        "labelLimit": NO_LIMIT,
        # Vega would take the opacity of the palest layer, and the legend would not have the
        # colours of the bars.
        "symbolOpacity": 1,
        "columns": alt.ExprRef(fitting) if rows > 1 else narrow,
    }
    if symbol == "square":
        layout |= {"symbolStrokeColor": edge, "symbolStrokeWidth": 1}
    return {**layout, "symbolType": symbol} if symbol else layout


def text_width(text: str) -> int:
    """Estimate the width of `text` in pixels: a Chinese character is as wide as high, a Latin
    one little more than half."""
    return ceil(sum(TYPE if east_asian_width(sign) in "WF" else 0.54 * TYPE for sign in text))


def counts(field: str, title: str | None = None) -> alt.X:
    """Return a horizontal axis of whole numbers."""
    return alt.X(f"{field}:Q", title=title).axis(
        tickMinStep=1, format="d", tickCount=5, domain=False
    )


def shares(field: str, title: str | None = None) -> alt.X:
    """Return a horizontal axis from 0 to 100%, so that charts side by side can be compared."""
    return (
        alt.X(f"{field}:Q", title=title)
        .scale(domain=[0, 1], nice=False)
        .axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], domain=False)
    )


def names(field: str, look: Look, **more: Any) -> alt.Y:
    """Return a vertical axis of names in the order of the rows; `more` are further settings."""
    return (
        alt.Y(f"{field}:N", title=None)
        .sort(None)
        .scale(paddingInner=0.25, paddingOuter=0.1)
        .axis(
            labelLimit=NO_LIMIT,
            labelFlush=False,
            ticks=False,
            domain=False,
            labelPadding=look.px(6),
            **more,
        )
    )


def names_on_two_lines(field: str, look: Look, **more: Any) -> alt.Y:
    """Return a vertical axis of names, long ones broken into two lines: in Latin letters always,
    in Chinese where the chart is as narrow as on a phone; `more` are further settings."""
    size = "length(datum.label)"
    words_apart = (
        f"{size} > {LONG_LATIN} ? replace(datum.label, regexp('^(.{{' + (ceil({size} / 2) - 3)"
        " + ',}?) (.*)$'), '$1|$2') : datum.label"
    )
    halves = (
        f"{LEGEND_ROOM} < {LEGEND_WIDTH} && {size} > {LONG_CHINESE}"
        f" ? replace(datum.label, regexp('^(.{{' + ceil({size} / 2) + '}})(.*)$'), '$1|$2')"
        " : datum.label"
    )
    chinese = "test(regexp('[\u4e00-\u9fff]'), datum.label)"
    written = f"({chinese} ? ({halves}) : ({words_apart}))"
    axis = {
        "labelExpr": f"split({written}, '|')",
        "labelLineHeight": look.px(LINE),
        # Vega aligns the first line with the row, and the second would hang below.
        "labelOffset": {
            "condition": {"test": f"indexof({written}, '|') >= 0", "value": -look.px(LINE) // 2},
            "value": 0,
        },
    }
    return names(field, look, **axis, **more)


def names_above(y: alt.Y, look: Look) -> tuple[alt.Chart, alt.Chart]:
    """Return the column `labelled` (`name_and_text`) above the bars of the rows `y`, from the left,
    and below it its ground, so that no rule runs through it."""
    name = base().encode(y=y, x=alt.value(0), text=alt.Text("labelled:N"))
    beside: dict[str, Any] = {
        "align": "left",
        "dy": -look.px(7),
        "limit": alt.ExprRef("width"),
    }
    behind = look.colours.ground if look.large else look.colours.panel
    return (
        name.mark_text(**beside, stroke=behind, strokeWidth=look.px(HALO), strokeJoin="round"),
        name.mark_text(**beside, color=look.colours.type),
    )


def name_and_text() -> str:
    """Vega expression: the columns `name` and `text` as one label; on a phone, where its end may be
    cut off, `text` is first."""
    return (
        f"{LEGEND_ROOM} < {LEGEND_WIDTH} ? datum.text + ' · ' + datum.name"
        " : datum.name + ' · ' + datum.text"
    )


def worst_first(field: str, by: str, look: Look) -> alt.Y:
    """Return a vertical axis of names, the highest value of `by` on top."""
    return names(field, look).sort(field=by, op="max", order="descending")


def days(field: str, look: Look, *, grid: bool = False) -> alt.X:
    """Return a horizontal axis of days with one tick per month, formatted the same in every
    locale."""
    return alt.X(f"{field}:T", title=None).axis(
        format=MONTH,
        labelOverlap=True,
        # Two names of months never touch; where they would, every other one is left out.
        labelSeparation=look.px(14),
        labelFlush=True,
        grid=grid,
        tickCount=alt.TimeIntervalStep(interval="month", step=1),
    )


def tip(*parts: str) -> str:
    """Vega expression for the column `tip`: columns, or expressions, joined into one text.

    A tooltip of several columns would show the columns' names.
    """
    return " + ' · ' + ".join(part if " " in part else f"datum.{part}" for part in parts)


def day(field: str, form: str = DAY) -> str:
    """Vega expression: the day in `field` as text."""
    return f"timeFormat(datum.{field}, '{form}') + ''"


def literal(value: Any) -> str:
    """Vega expression: the literal of a Python value."""
    return json.dumps(value, ensure_ascii=False)
