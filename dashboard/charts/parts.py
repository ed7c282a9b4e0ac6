"""The building blocks of charts: axes, legends, bars with figures, stacks, cells.

A function described as a Vega expression returns its source text.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any
from unicodedata import east_asian_width

import altair as alt

from dashboard.charts.look import TYPE, Look
from dashboard.charts.palette import type_on
from dashboard.charts.specs import CHOICE, Texts
from dashboard.charts.status_colours import BREAKS, Tone

ROWS = alt.NamedData("rows")
TIP = alt.Tooltip("tip:N")
DAY = "%Y-%m-%d"
MONTH = "%y-%m"
NO_LIMIT = 0
"""No limit for the length of labels; by default Vega cuts them at 180 pixels."""
LEGEND_WIDTH = 260
"""Pixels for a legend on a phone, beside the names of the rows."""
EMPTY_LINE = "\u200b"
"""An invisible character; Vega would drop lines of blanks."""
CELLS = "cells"
"""The name of the clickable view of a table of cells."""
LEAST_TYPE = 10
"""The smallest readable size of a Chinese character, in pixels."""
BESIDE_BARS = 1.35
"""The width of a stacked chart over its longest bar, to leave room for figures beside bars."""
ROOM_FOR_FIGURES = 520
"""Width in pixels below which cells show only their colour and sign, without figures."""


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
    """Return the settings of a legend above the chart, in even rows that fit a phone."""
    room = max(1, LEGEND_WIDTH // (max(map(_width, entries)) + 2 * TYPE))
    rows = ceil(len(entries) / room)
    layout: dict[str, Any] = {
        "orient": "top",
        "labelLimit": NO_LIMIT,
        "columns": ceil(len(entries) / rows),
    }
    if symbol == "square":
        layout |= {"symbolStrokeColor": edge, "symbolStrokeWidth": 1}
    return {**layout, "symbolType": symbol} if symbol else layout


def _width(text: str) -> int:
    """Estimate the width of `text` in pixels: a Chinese character is as wide as high, a Latin
    one half."""
    return sum(TYPE if east_asian_width(sign) in "WF" else TYPE // 2 + 1 for sign in text)


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


def names(field: str, look: Look) -> alt.Y:
    """Return a vertical axis of names in the order of the rows."""
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
        )
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


def figure(chart: alt.Chart, look: Look, text: alt.Text) -> alt.Chart:
    """Return the figures to the right of the ends of the bars of `chart`."""
    beside: alt.Chart = chart.mark_text(
        align="left", dx=look.px(5), fontWeight="bold", color=look.colours.type
    ).encode(text=text)
    return beside


def bars(
    look: Look,
    *,
    y: alt.Y,
    colour: Any,
    text: str = "value:Q",
    view: str | None = None,
) -> alt.LayerChart:
    """Return bars of the column `value`, with the figure at the end of each instead of an axis.

    `view` names the marks that can be clicked. The caller adds the column `tip`.
    """
    both = base().encode(
        y=y,
        x=alt.X("value:Q", title=None).scale(zero=True).axis(None),
        tooltip=TIP,
    )
    drawn = both.mark_bar(cornerRadiusEnd=2).encode(color=colour)
    if view:
        chosen = choice()
        drawn = drawn.encode(**outlined(chosen, look)).properties(name=view)
        drawn = drawn.add_params(chosen)
    return layered(drawn, figure(both, look, alt.Text(text))).properties(
        height=alt.Step(look.px(24))
    )


def stacked(
    texts: Texts, look: Look, colours: Mapping[str, str], *, y: alt.Y, state: str, title: str | None
) -> alt.LayerChart:
    """Return bars divided by the codes in `state`, in the order of `colours`, each part with its
    figure.

    If a part is too narrow for its figure, figure and word are written at the end of the bar, or on
    a wall above the part: the smallest part is often the worst.
    """
    name = str(y.shorthand).removesuffix(":N")
    both = base().encode(
        y=y,
        order=alt.Order("place:Q"),
        tooltip=TIP,
    )
    fits = (
        f"datum.value / datum.longest * width / {1 if look.large else BESIDE_BARS} >"
        f" {look.px(9)} * (1 + length(toString(datum.value)))"
    )
    aside = f"{fits} || !datum.value ? '' : ' · ' + datum.word + ' ' + datum.value"
    on_fill = {code: type_on(fill) for code, fill in colours.items()}
    above = both.mark_text(fontWeight="bold", baseline="bottom", dy=-2).encode(
        x=counts("value", title).stack("zero").bandPosition(0.5),
        y=y.copy().bandPosition(0),
        color=alt.value(look.colours.type),
        text=alt.Text("value:Q", format="d"),
        opacity=alt.when(f"{fits} || datum.value === 0").then(alt.value(0)).otherwise(alt.value(1)),
    )
    beside = [
        base()
        .transform_calculate(aside=aside)
        .transform_joinaggregate(members="values(aside)", groupby=[name])
        .transform_window(number="row_number()", sort=[alt.SortField("place")], groupby=[name])
        .transform_filter("datum.number === 1")
        .transform_calculate(
            beside="substring(join(reverse(pluck(datum.members, 'aside')), ''), 3)"
        )
        .mark_text(align="left", dx=look.px(5), fontWeight="bold", color=look.colours.type)
        .encode(y=y, x=counts("whole", title), text=alt.Text("beside:N")),
        # An invisible rule that reserves room for them right of the longest bar.
        base()
        .transform_calculate(room=f"datum.longest * {BESIDE_BARS}")
        .mark_rule(opacity=0)
        .encode(x=counts("room", title)),
    ]
    return (
        layered(
            both.mark_bar(stroke=look.colours.ground, strokeWidth=1).encode(
                x=counts("value", title).stack("zero").scale(domainMin=0, nice=False),
                color=word_colours(texts, colours),
            ),
            both.mark_text(fontWeight="bold").encode(
                x=counts("value", title).stack("zero").bandPosition(0.5),
                color=word_colours(texts, on_fill, legend=False),
                text=alt.Text("value:Q", format="d"),
                opacity=alt.when(fits).then(alt.value(1)).otherwise(alt.value(0)),
            ),
            *([above] if look.large else beside),
            own_colours=True,
        )
        .transform_calculate(word=words(texts, state, colours), place=place(state, colours))
        .transform_calculate(tip=tip(name, "word", "value"))
        .transform_joinaggregate(whole="sum(value)", groupby=[name])
        .transform_joinaggregate(longest="max(whole)")
        .properties(height=alt.Step(look.px(26)))
    )


def tone_fills(look: Look, tones: Mapping[str, Tone]) -> dict[str, str]:
    """Return the fill of each code by its tone."""
    return {code: look.tones[tone].fill for code, tone in tones.items()}


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
    return both, both.mark_rect(stroke=look.colours.ground, strokeWidth=1.5).encode(color=colours)


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
                **outlined(chosen, look, look.colours.ground),
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


def step_words(*, warm: bool = False) -> list[str]:
    """Return the names of the steps of a share as in the legend, the worst first.

    With `warm`, a higher share is worse: the limits are counted from the other end.
    """
    low, middle, high = (round(100 * (1 - limit if warm else limit)) for limit in BREAKS[:3])
    if warm:
        return [f">{low}%", f"{middle}–{low}%", f"{high}–{middle}%", f"<{high}%", "0%"]
    return [f"<{low}%", f"{low}–{middle}%", f"{middle}–{high}%", f"{high}–<100%", "100%"]


def step_of(field: str, unknown: str, *, warm: bool = False) -> str:
    """Vega expression: the name of the step that the share in `field` belongs to, or `unknown`."""
    share = f"(1 - datum.{field})" if warm else f"datum.{field}"
    # The small addend keeps a share such as 3/5 from falling below its limit by rounding.
    at = " + ".join(f"({share} + 1e-9 >= {limit})" for limit in BREAKS)
    return f"isValid(datum.{field}) ? {literal(step_words(warm=warm))}[{at}] : {literal(unknown)}"


def step_fills(look: Look, unknown: str, title: str | None, *, warm: bool = False) -> alt.Color:
    """Return the fill encoding of the column `step`, unknown last; on a wall without legend, for
    lack of room."""
    steps = [*step_words(warm=warm), unknown]
    fill = alt.Color("step:N", title=title).scale(
        domain=steps, range=[*look.covered, look.colours.silence]
    )
    if look.large:
        return fill.legend(None)
    return fill.legend(**legend_on_top(steps, edge=look.colours.silence_edge), titleLimit=NO_LIMIT)


def on_step(look: Look, unknown: str, *, warm: bool = False) -> alt.Color:
    """Return the colour encoding of text that is readable on the fill of the column `step`."""
    return (
        alt.Color("step:N")
        .scale(
            domain=[*step_words(warm=warm), unknown],
            range=[*map(type_on, look.covered), type_on(look.colours.silence)],
        )
        .legend(None)
    )


def literal(value: Any) -> str:
    """Vega expression: the literal of a Python value."""
    return json.dumps(value, ensure_ascii=False)
