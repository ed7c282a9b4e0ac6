"""Charts of findings and their rectification: trend, statuses, overdue, flow."""

import altair as alt

from dashboard.charts.bars import bars, figure, stacked, tone_fills
from dashboard.charts.look import Look
from dashboard.charts.parts import (
    NO_LIMIT,
    TIP,
    base,
    counts,
    day,
    days,
    layered,
    legend_on_top,
    literal,
    names,
    place,
    tip,
    word_colours,
    words,
    worst_first,
)
from dashboard.charts.specs import Texts
from dashboard.charts.status_colours import OF_FINDINGS

DASHES = ([1, 0], [8, 3], [2, 2], [8, 3, 2, 3], [4, 2], [1, 3])
LABEL_GAP = 0.075
"""The minimum distance between two labels at the ends of lines, as a share."""


def trend(texts: Texts, look: Look, *, lowest: float = 0, height: int = 150) -> alt.LayerChart:
    """A share by month with its latest value, against its target if it has one.

    Columns: month (date), share (0 to 1 or null), text (the share as written), target (0 to 1 or
    null, the same in every row). Texts: `target`. `lowest` is the start of the axis; if it is above
    0 the filled area is left out, as its size would mislead. `height` is in pixels.
    """
    line = base().encode(x=days("month", look), y=_share(look, lowest))
    latest = _latest(line)
    plain = look.colours.plain
    goal = (
        base()
        .transform_filter("isValid(datum.target)")
        .transform_calculate(
            goal=f"{literal(texts['target'])} + ' ' + format(datum.target, '.1~%')"
        )
        .encode(y=alt.Y("min(target):Q"), detail=alt.Detail("goal:N"))
    )
    drawn = [
        line.mark_line(color=plain, strokeWidth=look.px(2), clip=True),
        line.mark_point(opacity=0, size=200, clip=True).encode(tooltip=TIP),
        goal.mark_rule(color=look.colours.failing, strokeDash=[5, 3], strokeWidth=look.px(1.5)),
        goal.mark_text(
            color=look.colours.failing, align="left", baseline="bottom", dx=4, dy=-3
        ).encode(x=alt.value(0), text=alt.Text("goal:N")),
        latest.mark_point(filled=True, opacity=1, color=plain, size=look.px(50)),
        latest.mark_text(
            align="right",
            baseline="top",
            dy=look.px(8),
            fontWeight="bold",
            fontSize=look.px(14),
            color=look.colours.type,
        ).encode(text=alt.Text("text:N")),
    ]
    if not lowest:
        # Clip the marks, as a value below the axis would otherwise squeeze the whole chart.
        drawn.insert(0, line.mark_area(color=plain, opacity=0.15, clip=True))
    return (
        layered(*drawn)
        .transform_calculate(tip=tip(day("month", "%Y-%m"), "text"))
        .properties(height=look.px(height))
    )


def trends(texts: Texts, look: Look, *, lowest: float = 0) -> alt.LayerChart:
    """Several shares by month, each with its own colour, dashes and latest value.

    Columns: month (date), series (code), share (0 to 1 or null), text (the share as written),
    target (0 to 1 or null, the same in every row of a series). Texts: each series, in the order of
    the legend, at most six; `target`. `lowest` is the start of the axis.
    """
    series = [each for each in texts if each != "target"]
    colour_by_series = dict(zip(series, look.colours.series, strict=False))
    stroke = legend_on_top([texts[series] for series in colour_by_series], symbol="stroke")
    line = base().encode(
        x=days("month", look),
        y=_share(look, lowest),
        color=word_colours(texts, colour_by_series, symbol="stroke"),
    )
    goal = (
        base()
        .transform_filter("isValid(datum.target)")
        .transform_calculate(
            goal=f"{literal(texts['target'])} + ' ' + format(datum.target, '.1~%')"
        )
        .encode(
            y=alt.Y("min(target):Q"),
            color=word_colours(texts, colour_by_series, legend=False),
            detail=alt.Detail("goal:N"),
        )
    )
    return (
        layered(
            line.mark_line(strokeWidth=look.px(2), clip=True).encode(
                strokeDash=alt.StrokeDash("word:N", title=None)
                .scale(
                    domain=[texts[series] for series in colour_by_series],
                    range=list(DASHES[: len(colour_by_series)]),
                )
                .legend(**stroke)
            ),
            line.mark_point(opacity=0, size=200, clip=True).encode(tooltip=TIP),
            _spread(_latest(line, "series"))
            .mark_text(align="left", dx=look.px(6), fontWeight="bold")
            .encode(y=alt.Y("label_at:Q"), text=alt.Text("text:N")),
            goal.mark_rule(strokeDash=[5, 3], strokeWidth=look.px(1.5)),
            goal.mark_text(align="left", baseline="bottom", dx=4, dy=-3).encode(
                x=alt.value(0), text=alt.Text("goal:N")
            ),
        )
        .transform_calculate(word=words(texts, "series", colour_by_series))
        .transform_calculate(tip=tip(day("month", "%Y-%m"), "word", "text"))
        .properties(height=look.px(280))
    )


def bands(texts: Texts, look: Look) -> alt.LayerChart:
    """Overdue findings by how long they have been overdue, one bar per band.

    Columns: band (text), value (int). Texts: the bands, the shortest first.
    """
    colours = dict(zip(texts, look.colours.overdue, strict=True))
    return (
        bars(look, y=names("word", look), colour=word_colours(texts, colours, legend=False))
        .transform_calculate(word=words(texts, "band", tuple(texts)))
        .transform_calculate(tip=tip("word", "value"))
    )


def status_by_type(texts: Texts, look: Look, *, legend: bool = True) -> alt.LayerChart:
    """Findings to be rectified by public status, one bar per type of rectification.

    Columns: name (text), status (RECTIFIED, IN_PROGRESS, UNRECTIFIED), value (int). Texts: the
    three statuses, `findings` (axis). Below a chart of the same colours `legend` may be left out.
    """
    fills = tone_fills(look, OF_FINDINGS)
    y, title = names("name", look), texts["findings"]
    return stacked(texts, look, fills, y=y, state="status", title=title, legend=legend)


def flow(texts: Texts, look: Look) -> alt.LayerChart:
    """Findings open at the start, added, removed and open now; each step begins where the last
    ended.

    Columns: step (OPENING, NEW, REOPENED, CLOSED, VOIDED, CLOSING), value (int, never negative).
    Texts: the six steps.
    """
    colours = look.colours
    fills = {
        "OPENING": colours.plain,
        "NEW": colours.failing,
        "REOPENED": colours.failing,
        "CLOSED": colours.done,
        "VOIDED": colours.done,
        "CLOSING": colours.plain,
    }
    signs = "datum.step === 'CLOSING' ? 0 : indexof(['CLOSED', 'VOIDED'], datum.step) < 0 ? 1 : -1"
    both = base().encode(
        x=alt.X("word:N", title=None)
        .sort([texts[step] for step in fills])
        .scale(paddingInner=0.25)
        .axis(labelAngle=0, labelLimit=NO_LIMIT, ticks=False, labelPadding=look.px(6)),
        y=alt.Y("high:Q", title=None).axis(tickMinStep=1, format="d", tickCount=4, domain=False),
    )
    return (
        layered(
            both.mark_bar(cornerRadius=2).encode(
                y2=alt.Y2("low"),
                color=word_colours(texts, fills, legend=False),
                tooltip=TIP,
            ),
            both.mark_text(
                baseline="bottom", dy=-look.px(4), fontWeight="bold", color=colours.type
            ).encode(text=alt.Text("written:N")),
        )
        .transform_calculate(word=words(texts, "step", fills), place=place("step", fills))
        .transform_calculate(sign=signs)
        .transform_calculate(change="datum.sign * datum.value")
        .transform_window(after="sum(change)", sort=[alt.SortField("place")], frame=[None, 0])
        .transform_calculate(
            before="datum.step === 'CLOSING' ? 0 : datum.after - datum.change",
            written="(!datum.value || datum.step === 'OPENING' || datum.step === 'CLOSING' ? ''"
            " : datum.sign > 0 ? '+' : '−') + datum.value",
        )
        .transform_calculate(
            low="min(datum.before, datum.after)",
            high="max(datum.before, datum.after)",
            tip=tip("word", "value"),
        )
        .properties(height=look.px(200))
    )


def dates_honestly(texts: Texts, look: Look) -> alt.LayerChart:
    """Overdue findings by their original limits against present limits; widest gap on top.

    Columns: name (text), original (int), present (int). Texts: `original`, `present`, `findings`
    (axis).
    """
    colours = look.colours
    fills = {"original": colours.failing, "present": colours.plain}
    y = worst_first("name", "hidden", look)
    ends = base().transform_fold(["original", "present"], as_=["which", "value"])
    ends = (
        ends.transform_calculate(word=words(texts, "which", fills))
        .transform_calculate(tip=tip("name", "word", "value"))
        .encode(
            y=y,
            x=counts("value", texts["findings"]),
            tooltip=TIP,
        )
    )
    return (
        layered(
            base()
            .mark_rule(strokeWidth=look.px(4), color=colours.pale)
            .encode(y=y, x=counts("present", texts["findings"]), x2=alt.X2("original")),
            ends.mark_point(filled=True, opacity=1, size=look.px(90)).encode(
                color=word_colours(texts, fills),
                shape=alt.Shape("word:N", title=None)
                .scale(domain=[texts[end] for end in fills], range=["diamond", "circle"])
                .legend(None),
            ),
            figure(
                ends.transform_filter("datum.which === 'original'"), look, alt.Text("value:Q")
            ).encode(xOffset=alt.value(look.px(4))),
        )
        .transform_calculate(hidden="datum.original - datum.present")
        .properties(height=alt.Step(look.px(26)))
    )


def ages(texts: Texts, look: Look) -> alt.LayerChart:
    """Open findings by how long ago they were issued.

    Columns: name (text, the span of days), long (bool, open for so long that it stands out),
    value (int). No texts.
    """
    colours = look.colours
    colour = (
        alt.when("datum.long").then(alt.value(colours.failing)).otherwise(alt.value(colours.plain))
    )
    return bars(look, y=names("name", look), colour=colour).transform_calculate(
        tip=tip("name", "value")
    )


def _share(look: Look, lowest: float) -> alt.Y:
    return (
        alt.Y("share:Q", title=None)
        .scale(domain=[lowest, 1], nice=False)
        .axis(format=".0%", tickCount=4, domain=False)
    )


def _latest(line: alt.Chart, *series: str) -> alt.Chart:
    """Return the last point of each line that has a value."""
    return (
        line.transform_filter("isValid(datum.share)")
        .transform_window(
            from_end="row_number()",
            sort=[alt.SortField("month", order="descending")],
            groupby=list(series),
        )
        .transform_filter("datum.from_end === 1")
    )


def _spread(latest: alt.Chart) -> alt.Chart:
    """Return the positions of the labels of last values: at their points, or lower to avoid
    another label."""
    highest_first: list[alt.SortField | dict[str, str]] = [
        alt.SortField("share", order="descending")
    ]
    return (
        latest.transform_window(rank="row_number()", sort=highest_first)
        .transform_calculate(free=f"datum.share + datum.rank * {LABEL_GAP}")
        .transform_window(pushed="min(free)", sort=highest_first, frame=[None, 0])
        .transform_calculate(label_at=f"datum.pushed - datum.rank * {LABEL_GAP}")
    )
