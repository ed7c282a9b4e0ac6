"""Charts of the four reports: whether they come in, how good they are, how reviewers mark."""

import altair as alt

from dashboard.charts.look import Look
from dashboard.charts.parts import (
    TIP,
    bars,
    base,
    figure,
    layered,
    literal,
    names,
    shares,
    stacked,
    tip,
    word_colours,
    words,
    worst_first,
)
from dashboard.charts.specs import Texts


def submission(texts: Texts, look: Look) -> alt.LayerChart:
    """Reports due in the last year by whether they came in, a bar a kind.

    Columns: name (text, the kind), state (ON_TIME, LATE, MISSING), value (int).
    Texts: the three states, `reports` (axis).
    """
    colours = look.colours
    fills = {"ON_TIME": colours.done, "LATE": colours.overdue[0], "MISSING": colours.overdue[2]}
    y = names("name", look)
    return stacked(texts, look, fills, y=y, state="state", title=texts["reports"])


def dimensions(texts: Texts, look: Look) -> alt.LayerChart:
    """Mean points by dimension as a share of its weight, the weakest on top and marked.

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


def grades(texts: Texts, look: Look) -> alt.LayerChart:
    """How many reports in each band of marks, the best band on top.

    Columns: grade (EXCELLENT, GOOD, FAIR, PASS, FAIL), value (int). Texts: the five grades.
    """
    colours = look.colours
    passed = zip(("EXCELLENT", "GOOD", "FAIR", "PASS"), colours.grades, strict=True)
    fills = {**dict(passed), "FAIL": colours.failing}
    y = names("word", look).sort([texts[grade] for grade in fills])
    return (
        bars(look, y=y, colour=word_colours(texts, fills, legend=False))
        .transform_calculate(word=words(texts, "grade", fills))
        .transform_calculate(tip=tip("word", "value"))
    )


def leniency(texts: Texts, look: Look) -> alt.LayerChart:
    """Each reviewer's mean mark with its interval, beside the mean of all; the mildest on top.

    Columns: name (text, the reviewer), mean, low, high (marks 0 to 100), text (the mean as
    written), reports (int, how many were marked), overall (mean of all, the same in every row).
    Texts: `marks` (axis), `overall`, `reports` (tooltip).
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
