"""Charts that compare forecasts with what happened: ranges with counts, chances with shares."""

import altair as alt

from dashboard.charts.look import Look
from dashboard.charts.parts import (
    TIP,
    base,
    day,
    days,
    layered,
    literal,
    tip,
    word_colours,
    words,
)
from dashboard.charts.specs import Texts


def ranges(texts: Texts, look: Look) -> alt.LayerChart:
    """The range forecast at the end of each month as a bar, and the actual number as a point.

    Columns: month (date), low, high, came (int, the actual number), state (HELD, MISSED). Texts:
    HELD, MISSED, `range`, `came` (axis).
    """
    colours = look.colours
    fills = {"HELD": colours.done, "MISSED": colours.failing}
    both = base().encode(x=days("month", look))
    axis = alt.Axis(tickMinStep=1, format="d", tickCount=5, domain=False)
    return (
        layered(
            both.mark_rule(strokeWidth=look.px(9), color=colours.pale).encode(
                y=alt.Y("bottom:Q", title=texts["came"], axis=axis).scale(zero=True),
                y2=alt.Y2("top"),
            ),
            both.mark_point(filled=True, opacity=1, size=look.px(60)).encode(
                tooltip=TIP,
                y=alt.Y("came:Q"),
                color=word_colours(texts, fills, symbol=None),
                shape=alt.Shape("word:N", title=None)
                .scale(domain=[texts[state] for state in fills], range=["circle", "diamond"])
                .legend(orient="top"),
            ),
        )
        # A range of a single number would be a bar without length.
        .transform_calculate(
            word=words(texts, "state", fills),
            bottom="max(0, datum.low - 0.3)",
            top="datum.high + 0.3",
        )
        .transform_calculate(
            tip=tip(
                day("month"),
                f"{literal(texts['range'])} + ' ' + datum.low + '–' + datum.high",
                f"{literal(texts['came'])} + ' ' + datum.came",
                "word",
            )
        )
        .properties(height=look.px(200))
    )


def calibration(texts: Texts, look: Look) -> alt.LayerChart:
    """Forecast chances against the share of cases that occurred; on the diagonal both are equal.

    Columns: said (0 to 1, the chance), came (0 to 1, the actual share), cases (int), text (the row
    in words). Texts: `said`, `came` (axes).
    """
    colours = look.colours
    share = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], domain=False)
    scale = alt.Scale(domain=[0, 1], nice=False)
    points = base().encode(
        x=alt.X("said:Q", title=texts["said"], axis=share, scale=scale),
        y=alt.Y("came:Q", title=texts["came"], axis=share, scale=scale),
        tooltip=TIP,
    )
    return (
        layered(
            base()
            .mark_rule(color=colours.faint, strokeDash=[5, 3])
            .encode(
                x=alt.datum(0, type="quantitative"),
                x2=alt.datum(1),
                y=alt.datum(0, type="quantitative"),
                y2=alt.datum(1),
            ),
            points.mark_point(filled=True, opacity=0.9, color=colours.plain).encode(
                size=alt.Size("cases:Q", legend=None).scale(range=[look.px(30), look.px(400)])
            ),
            points.mark_text(align="left", dx=look.px(12), color=colours.type).encode(
                text=alt.Text("cases:Q", format="d")
            ),
        )
        .transform_calculate(tip="datum.text + ''")
        .properties(height=look.px(240))
    )
