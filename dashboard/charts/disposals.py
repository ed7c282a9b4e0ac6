"""Charts of clearing and revitalising: by kind, by method, and by month."""

import altair as alt

from dashboard.charts.bars import bars, stacked, tone_fills
from dashboard.charts.look import Look
from dashboard.charts.parts import (
    TIP,
    base,
    day,
    days,
    layered,
    legend_on_top,
    names,
    tip,
    word_colours,
    words,
)
from dashboard.charts.specs import Texts
from dashboard.charts.status_colours import Tone


def disposal_progress(texts: Texts, look: Look) -> alt.LayerChart:
    """What was found, by how far it is cleared, one bar per kind.

    Columns: name (text, the kind), state (DONE, ONGOING, LATE), value (int). Texts: the three
    states, `disposals` (axis).
    """
    fills = tone_fills(look, {"DONE": Tone.GOOD, "ONGOING": Tone.ONGOING, "LATE": Tone.BAD})
    y = names("name", look)
    return stacked(texts, look, fills, y=y, state="state", title=texts["disposals"])


def found_against_cleared(texts: Texts, look: Look) -> alt.LayerChart:
    """The totals found and cleared so far, by month; the gap between the lines is what is open.

    Columns: month (date), series (FOUND, DONE), value (int). Texts: the two series, `disposals`
    (axis).
    """
    colours = look.colours
    colour_by_series = {"FOUND": colours.plain, "DONE": colours.done}
    series_names = [texts[series] for series in colour_by_series]
    line = base().encode(
        x=days("month", look),
        y=alt.Y("value:Q", title=texts["disposals"])
        .scale(zero=True)
        .axis(tickMinStep=1, format="d", tickCount=4, domain=False),
        color=word_colours(texts, colour_by_series, symbol="stroke"),
    )
    latest = line.transform_window(
        from_end="row_number()",
        sort=[alt.SortField("month", order="descending")],
        groupby=["series"],
    ).transform_filter("datum.from_end === 1")
    return (
        layered(
            line.mark_line(strokeWidth=look.px(2), clip=True).encode(
                strokeDash=alt.StrokeDash("word:N", title=None)
                .scale(domain=series_names, range=[[1, 0], [8, 3]])
                .legend(**legend_on_top(series_names, symbol="stroke"))
            ),
            line.mark_point(opacity=0, size=200, clip=True).encode(tooltip=TIP),
            latest.mark_text(
                align="right", baseline="bottom", dy=-look.px(5), fontWeight="bold"
            ).encode(text=alt.Text("value:Q", format="d")),
        )
        .transform_calculate(word=words(texts, "series", colour_by_series))
        .transform_calculate(tip=tip(day("month", "%Y-%m"), "word", "value"))
        .properties(height=look.px(190))
    )


def by_method(texts: Texts, look: Look) -> alt.LayerChart:
    """Completed disposals by method.

    Columns: name (text, the method), value (int), text (the number with the money recovered). No
    texts.
    """
    return bars(
        look, y=names("name", look), text="text:N", colour=alt.value(look.colours.plain)
    ).transform_calculate(tip=tip("name", "text"))
