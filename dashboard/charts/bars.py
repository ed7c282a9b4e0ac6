"""Bars with their figures, plain and stacked."""

from collections.abc import Mapping
from typing import Any

import altair as alt

from dashboard.charts.look import TYPE, Look
from dashboard.charts.palette import type_on
from dashboard.charts.parts import (
    TIP,
    base,
    choice,
    counts,
    layered,
    outlined,
    place,
    tip,
    word_colours,
    words,
)
from dashboard.charts.specs import Texts
from dashboard.charts.status_colours import Tone

BESIDE_BARS = 1.35
"""The width of a stacked chart over its longest bar, to leave room for figures beside bars."""
LATIN = 0.56
"""The width of a bold Latin letter over its height."""
APART = 0.55
"""The part of a row on a wall that is kept free above its bar for the figures of narrow parts."""


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
    texts: Texts,
    look: Look,
    colours: Mapping[str, str],
    *,
    y: alt.Y,
    state: str,
    title: str | None,
    legend: bool = True,
    edge: str = "transparent",
) -> alt.LayerChart:
    """Return bars divided by the codes in `state`, in the order of `colours`, each part with its
    figure. Symbols of the legend have an outline of colour `edge`.

    If a part is too narrow for its figure, figure and word are written at the end of the bar, or on
    a wall above the part: the smallest part is often the worst.
    """
    name = str(y.shorthand).removesuffix(":N")

    def along(field: str) -> alt.X:
        # Every part has its figure; an axis helps only from five metres.
        return counts(field, title) if look.large else alt.X(f"{field}:Q").axis(None)

    if look.large:
        # A figure above its part must stand nearer to its own bar than to the one above.
        y = y.copy().scale(paddingInner=APART, paddingOuter=APART / 2)
    both = base().encode(
        y=y,
        order=alt.Order("place:Q"),
        tooltip=TIP,
    )
    fits = (
        f"datum.value / datum.longest * width / {1 if look.large else BESIDE_BARS} >"
        f" {look.px(9)} * (1 + length(toString(datum.value)))"
    )
    on_fill = {code: type_on(fill) for code, fill in colours.items()}
    above = both.mark_text(fontWeight="bold", baseline="bottom", dy=-2).encode(
        x=along("value").stack("zero").bandPosition(0.5),
        y=y.copy().bandPosition(0),
        color=alt.value(look.colours.type),
        text=alt.Text("value:Q", format="d"),
        opacity=alt.when(f"{fits} || datum.value === 0").then(alt.value(0)).otherwise(alt.value(1)),
    )
    return (
        layered(
            both.mark_bar(stroke=look.colours.ground, strokeWidth=1).encode(
                x=along("value").stack("zero").scale(domainMin=0, nice=False),
                color=word_colours(texts, colours, legend=legend, edge=edge),
            ),
            both.mark_text(fontWeight="bold").encode(
                x=along("value").stack("zero").bandPosition(0.5),
                color=word_colours(texts, on_fill, legend=False),
                text=alt.Text("value:Q", format="d"),
                opacity=alt.when(fits).then(alt.value(1)).otherwise(alt.value(0)),
            ),
            *([above] if look.large else _figures_beside(texts, look, colours, y, name, fits)),
            own_colours=True,
        )
        .transform_calculate(word=words(texts, state, colours), place=place(state, colours))
        .transform_calculate(tip=tip(name, "word", "value"))
        .transform_joinaggregate(whole="sum(value)", groupby=[name])
        .transform_joinaggregate(longest="max(whole)")
        .properties(height=alt.Step(look.px(34 if look.large else 26)))
    )


def _figures_beside(
    texts: Texts, look: Look, colours: Mapping[str, str], y: alt.Y, name: str, fits: str
) -> list[alt.Chart]:
    """Return layers with the figures that do not fit into their parts, each at the end of its bar.

    `name` is the column of the bars, `fits` the expression that is true of a part with room.
    """
    latin = all(texts[code].isascii() for code in colours)
    sign = look.px(TYPE) * (LATIN if latin else 1)
    aside = f"{fits} || !datum.value ? '' : ' · ' + datum.word + ' ' + datum.value"
    return [
        base()
        .transform_calculate(aside=aside)
        .transform_joinaggregate(members="values(aside)", groupby=[name])
        .transform_window(number="row_number()", sort=[alt.SortField("place")], groupby=[name])
        .transform_filter("datum.number === 1")
        .transform_calculate(
            all_aside="substring(join(reverse(pluck(datum.members, 'aside')), ''), 3)",
            room_aside=f"width * (1 - datum.whole / datum.longest / {BESIDE_BARS}) - 8",
        )
        # Of several figures that do not fit beside a bar the worst one stays.
        .transform_calculate(
            beside=f"length(datum.all_aside) * {sign} <= datum.room_aside ? datum.all_aside"
            " : split(datum.all_aside, ' · ')[0]"
        )
        .mark_text(align="left", dx=look.px(5), fontWeight="bold", color=look.colours.type)
        .encode(y=y, x=alt.X("whole:Q").axis(None), text=alt.Text("beside:N")),
        # An invisible rule that reserves room for them right of the longest bar, if there are any.
        base()
        .transform_calculate(narrow=f"{fits} || !datum.value ? 1 : {BESIDE_BARS}")
        .transform_joinaggregate(widest="max(narrow)")
        .transform_calculate(room="datum.longest * datum.widest")
        .mark_rule(opacity=0)
        .encode(x=alt.X("room:Q").axis(None)),
    ]


def tone_fills(look: Look, tones: Mapping[str, Tone]) -> dict[str, str]:
    """Return the fill of each code by its tone."""
    return {code: look.tones[tone].fill for code, tone in tones.items()}
