"""The parts charts are put together from: axes, legends, bars with their figures, stacks, cells."""

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
"""Vega cuts labels at 180 pixels unless told not to."""
LEGEND_WIDTH = 260
"""Pixels for a legend on a phone, beside the names of the rows."""
EMPTY_LINE = "\u200b"
"""A sign without ink; lines of blanks would collapse."""
CELLS = "cells"
"""The view of a table of cells that is clicked."""
LEAST_TYPE = 10
"""Pixels below which a Chinese sign cannot be read."""
BESIDE_BARS = 1.35
"""How much wider than the longest bar a chart of parts is, for what does not fit into them."""
ROOM_FOR_FIGURES = 520
"""Width in pixels below which cells show no figures, only their colour and sign."""


def base() -> alt.Chart:
    """A chart over the rows that come in where it is drawn."""
    return alt.Chart(ROWS)


def choice() -> alt.Parameter:
    """A click chooses rows by their column `code`, on any layer."""
    return alt.selection_point(name=CHOICE, fields=["code"])


def outlined(chosen: alt.Parameter, look: Look, edge: str = "transparent") -> dict[str, Any]:
    """What was chosen gets an outline in place of its `edge`; nothing else steps back."""
    picked = alt.when(chosen, empty=False)
    return {
        "stroke": picked.then(alt.value(look.colours.chosen)).otherwise(alt.value(edge)),
        "strokeWidth": picked.then(alt.value(3)).otherwise(alt.value(1)),
    }


def words(texts: Texts, field: str, codes: Iterable[str]) -> str:
    """An expression: the word for the code in `field`."""
    return f"{literal({code: texts[code] for code in codes})}[datum.{field}]"


def place(field: str, codes: Iterable[str]) -> str:
    """An expression: where the code in `field` stands among `codes`."""
    return f"indexof({literal(list(codes))}, datum.{field})"


def layered(*layers: alt.Chart, own_colours: bool = False) -> alt.LayerChart:
    """Charts over each other; with `own_colours` each has its own scale, as type on fills needs."""
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
    """Colours of the column `word`, with a legend on top, its symbols with an `edge`."""
    code_words = [texts[code] for code in colours]
    colour = alt.Color("word:N", title=None).scale(domain=code_words, range=list(colours.values()))
    return (
        colour.legend(**legend_on_top(code_words, symbol, edge)) if legend else colour.legend(None)
    )


def legend_on_top(
    entries: Sequence[str], symbol: str | None = "square", edge: str = "transparent"
) -> dict[str, Any]:
    """Above the chart, broken into even rows where it would not fit a phone."""
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
    """About how many pixels `text` takes: Chinese signs are as wide as high, Latin ones half."""
    return sum(TYPE if east_asian_width(sign) in "WF" else TYPE // 2 + 1 for sign in text)


def counts(field: str, title: str | None = None) -> alt.X:
    """A horizontal axis of whole numbers from zero."""
    return alt.X(f"{field}:Q", title=title).axis(
        tickMinStep=1, format="d", tickCount=5, domain=False
    )


def shares(field: str, title: str | None = None) -> alt.X:
    """A horizontal axis over the whole range of a share, so that neighbours compare."""
    return (
        alt.X(f"{field}:Q", title=title)
        .scale(domain=[0, 1], nice=False)
        .axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], domain=False)
    )


def names(field: str, look: Look) -> alt.Y:
    """A vertical axis of names, in the order of the rows."""
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
    """A vertical axis of names, the highest `by` on top."""
    return names(field, look).sort(field=by, op="max", order="descending")


def days(field: str, look: Look, *, grid: bool = False) -> alt.X:
    """A horizontal axis of days, by month and written the same in every locale."""
    return alt.X(f"{field}:T", title=None).axis(
        format=MONTH,
        labelOverlap=True,
        labelFlush=True,
        grid=grid,
        tickCount=alt.TimeIntervalStep(interval="month", step=1),
    )


def tip(*parts: str) -> str:
    """An expression for the column `tip`: columns, or expressions, side by side.

    One text, because a table of columns would show their names.
    """
    return " + ' · ' + ".join(part if " " in part else f"datum.{part}" for part in parts)


def day(field: str, form: str = DAY) -> str:
    """An expression: a day as written everywhere."""
    return f"timeFormat(datum.{field}, '{form}') + ''"


def figure(chart: alt.Chart, look: Look, text: alt.Text) -> alt.Chart:
    """The figure right of the end of each bar of `chart`."""
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
    """Bars of `value` with the figure at their ends, so without an axis; with `view` to click.

    The caller adds the column `tip`.
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
    """Bars cut by the codes in `state`, in the order of `colours`, each with its figure.

    The figure of a part too narrow for it stands with its word at the end of the bar, on a wall
    above its part: what is least is often the worst.
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
        # Room for them right of the longest bar.
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
    """The fills of codes by what they mean."""
    return {code: look.tones[tone].fill for code, tone in tones.items()}


def cells(
    look: Look, *, x: str, y: str, upright: int, colours: alt.Color, step: int = 24
) -> tuple[alt.Chart, alt.Chart]:
    """The ground of a table of cells, and its coloured cells; headings on top."""
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
    """Shares of the columns `row` and `column` as cells with their figures.

    Also reads: share (0 to 1 or null), text (the share as written), code, which a click chooses.
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
    """Columns of some width: English breaks after a word, Chinese after its fourth sign.

    On a phone English breaks after a short word too, and a line too long for its column is cut.
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
        # Lines run downwards from where a label is put, so all have two.
        "labelExpr": f"split(indexof({broken}, '|') < 0"
        f" ? '{EMPTY_LINE}|' + datum.label : {broken}, '|')",
        "labelLineHeight": line,
        "labelPadding": line + look.px(6),
    }


def _broken(text: str, pattern: str) -> str:
    """An expression: `text` with `|` between the two parts of `pattern`, if it is so."""
    return f"replace({text}, regexp({literal(pattern)}), '$1|$2')"


def headings(look: Look, upright: int) -> dict[str, Any]:
    """Narrow columns: Latin letters are turned; Chinese of up to `upright` signs stands.

    Where columns are narrower than type can be they are left out: a phone has the tooltips.
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
        # Lines run downwards from where a label is put, so all are made equally long.
        "labelExpr": f"{fits}"
        f" ? split(pad(datum.label, {upright}, '{EMPTY_LINE}', 'left'), '') : ''",
        "labelLineHeight": line,
        "labelPadding": alt.ExprRef(f"{fits} ? {line * (upright - 1) + look.px(6)} : 0"),
    }


def step_words(*, warm: bool = False) -> list[str]:
    """The steps of a share as a legend says them, what is most wanting first.

    Of a `warm` share much is bad: its steps are the same counted from the other end.
    """
    low, middle, high = (round(100 * (1 - limit if warm else limit)) for limit in BREAKS[:3])
    if warm:
        return [f">{low}%", f"{middle}–{low}%", f"{high}–{middle}%", f"<{high}%", "0%"]
    return [f"<{low}%", f"{low}–{middle}%", f"{middle}–{high}%", f"{high}–<100%", "100%"]


def step_of(field: str, unknown: str, *, warm: bool = False) -> str:
    """An expression: the step that a share lies in, as a word."""
    share = f"(1 - datum.{field})" if warm else f"datum.{field}"
    # A share such as 3/5 must not fall below its step by the width of a float.
    at = " + ".join(f"({share} + 1e-9 >= {limit})" for limit in BREAKS)
    return f"isValid(datum.{field}) ? {literal(step_words(warm=warm))}[{at}] : {literal(unknown)}"


def step_fills(look: Look, unknown: str, title: str | None, *, warm: bool = False) -> alt.Color:
    """The fill of the column `step`, silence last; a wall has no room to say what fills mean."""
    steps = [*step_words(warm=warm), unknown]
    fill = alt.Color("step:N", title=title).scale(
        domain=steps, range=[*look.covered, look.colours.silence]
    )
    if look.large:
        return fill.legend(None)
    return fill.legend(**legend_on_top(steps, edge=look.colours.silence_edge), titleLimit=NO_LIMIT)


def on_step(look: Look, unknown: str, *, warm: bool = False) -> alt.Color:
    """Type that can be read on the fill of the column `step`."""
    return (
        alt.Color("step:N")
        .scale(
            domain=[*step_words(warm=warm), unknown],
            range=[*map(type_on, look.covered), type_on(look.colours.silence)],
        )
        .legend(None)
    )


def literal(value: Any) -> str:
    """A value as an expression."""
    return json.dumps(value, ensure_ascii=False)
