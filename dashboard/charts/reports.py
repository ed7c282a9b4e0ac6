"""Charts of the four reports: whether they came in, how good they are, how reviewers mark."""

import altair as alt

from dashboard.charts.bars import figure, stacked, tone_fills
from dashboard.charts.look import Look
from dashboard.charts.parts import (
    TIP,
    base,
    day,
    days,
    layered,
    legend_on_top,
    literal,
    names,
    shares,
    tip,
    word_colours,
    words,
    worst_first,
)
from dashboard.charts.specs import Texts
from dashboard.charts.status_colours import Tone

DASHES = ([1, 0], [8, 3], [2, 2], [8, 3, 2, 3], [4, 2])


def submission(texts: Texts, look: Look) -> alt.LayerChart:
    """Reports due in the last year by whether they came in, one bar per kind.

    Columns: name (text, the kind), state (ON_TIME, LATE, DUE_TODAY, MISSING), value (int). Texts:
    the states that occur, `reports` (axis).
    """
    tones = {
        "ON_TIME": Tone.GOOD,
        "LATE": Tone.WARN,
        "DUE_TODAY": Tone.ONGOING,
        "MISSING": Tone.BAD,
    }
    fills = tone_fills(look, {state: tone for state, tone in tones.items() if state in texts})
    y = names("name", look)
    return stacked(texts, look, fills, y=y, state="state", title=texts["reports"])


def dimensions(texts: Texts, look: Look) -> alt.LayerChart:
    """Mean points by dimension as a share of its weight; the weakest is on top and marked.

    Columns: name (text), share (0 to 1), text (as "18.4/25"). Texts: `weakest`.
    """
    colours = look.colours
    y = names("name", look).sort(field="share", op="min")
    both = base().encode(y=y, x=shares("share"), tooltip=TIP)
    weakest = "datum.share === datum.lowest"
    return (
        layered(
            both.mark_bar(color=colours.pale, opacity=0.5).encode(x=shares("whole")),
            both.mark_bar(cornerRadiusEnd=2).encode(
                color=alt.when(weakest)
                .then(alt.value(colours.failing))
                .otherwise(alt.value(colours.plain))
            ),
            figure(both, look, alt.Text("written:N")).encode(x=shares("whole")),
        )
        .transform_joinaggregate(lowest="min(share)")
        .transform_calculate(
            whole="1",
            tip=tip("name", "text"),
            written=f"datum.text + ({weakest} ? ' {texts['weakest']}' : '')",
        )
        .properties(height=alt.Step(look.px(26)))
    )


def grades_by_kind(texts: Texts, look: Look) -> alt.LayerChart:
    """The number of reports in each band of marks, one bar per kind.

    Columns: name (text, the kind), grade (EXCELLENT, GOOD, FAIR, PASS, FAIL), value (int). Texts:
    the five grades, `reports` (axis).
    """
    fills = _grade_fills(look)
    y = names("name", look)
    return stacked(texts, look, fills, y=y, state="grade", title=texts["reports"])


def quality_trend(texts: Texts, look: Look, *, lowest: float = 0) -> alt.LayerChart:
    """The mean mark by month, one line per kind, each with its own colour and dashes.

    Columns: month (date), series (code), marks (0 to 100 or null), text (the mean as written).
    Texts: each series, in the order of the legend; at most five. `lowest` is the start of the axis.
    """
    colour_by_series = dict(zip(texts, look.colours.series, strict=False))
    series_names = [texts[series] for series in colour_by_series]
    line = base().encode(
        x=days("month", look),
        y=alt.Y("marks:Q", title=None)
        .scale(domain=[lowest, 100], nice=False)
        .axis(tickCount=4, domain=False),
        color=word_colours(texts, colour_by_series, symbol="stroke"),
    )
    return (
        layered(
            line.mark_line(strokeWidth=look.px(2), clip=True).encode(
                strokeDash=alt.StrokeDash("word:N", title=None)
                .scale(domain=series_names, range=list(DASHES[: len(colour_by_series)]))
                .legend(**legend_on_top(series_names, symbol="stroke"))
            ),
            line.mark_point(filled=True, size=look.px(24), clip=True).encode(tooltip=TIP),
        )
        .transform_calculate(word=words(texts, "series", colour_by_series))
        .transform_calculate(tip=tip(day("month", "%Y-%m"), "word", "text"))
        .properties(height=look.px(200))
    )


def _grade_fills(look: Look) -> dict[str, str]:
    colours = look.colours
    passed = zip(("EXCELLENT", "GOOD", "FAIR", "PASS"), colours.grades, strict=True)
    return {**dict(passed), "FAIL": look.tones[Tone.BAD].fill}


def leniency(texts: Texts, look: Look) -> alt.LayerChart:
    """Each reviewer's mean mark with its interval, beside the mean of all; the mildest on top.

    Columns: name (text, the reviewer), mean, low, high (marks, or differences from the marks of
    others), text (the mean as written), reports (int, the number of reports marked), overall (the
    value to compare with, the same in every row; 0 for differences). Texts: `marks` (axis),
    `overall`, `reports` (tooltip).
    """
    colours = look.colours
    y = worst_first("name", "mean", look)
    marks = (
        alt.X("mean:Q", title=texts["marks"])
        .scale(zero=False, nice=True)
        .axis(tickCount=5, domain=False)
    )
    both = base().encode(y=y, x=marks)
    unit_of_count = literal(" " + texts["reports"])
    far = "datum.low > datum.overall || datum.high < datum.overall"
    colour = alt.when(far).then(alt.value(colours.failing)).otherwise(alt.value(colours.plain))
    return (
        layered(
            base()
            .mark_rule(color=colours.faint, strokeDash=[4, 3])
            .encode(x=alt.X("min(overall):Q", title=texts["marks"])),
            base()
            .mark_text(color=colours.faint, baseline="bottom", dy=-4)
            .encode(
                x=alt.X("min(overall):Q", title=texts["marks"]),
                y=alt.value(0),
                text=alt.value(texts["overall"]),
            ),
            base()
            .mark_rule(strokeWidth=look.px(3), opacity=0.55)
            .encode(y=y, x=alt.X("low:Q", title=texts["marks"]), x2=alt.X2("high"), color=colour),
            both.mark_point(filled=True, opacity=1, size=look.px(70)).encode(
                color=colour,
                shape=alt.when(far).then(alt.value("diamond")).otherwise(alt.value("circle")),
                tooltip=TIP,
            ),
            figure(both, look, alt.Text("text:N")).encode(x=alt.X("high:Q", title=texts["marks"])),
        )
        .transform_calculate(tip=tip("name", "text", f"datum.reports + {unit_of_count}"))
        .properties(height=alt.Step(look.px(26)))
    )
