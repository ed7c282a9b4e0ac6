"""Charts of the six mechanisms: cross reviews, ratings, guidance, assessments and warnings."""

from typing import Any

import altair as alt

from dashboard.charts.bars import figure, stacked, tone_fills
from dashboard.charts.look import Look
from dashboard.charts.palette import type_on
from dashboard.charts.parts import (
    NO_LIMIT,
    TIP,
    base,
    layered,
    literal,
    names,
    names_on_two_lines,
    tip,
    word_colours,
    words,
)
from dashboard.charts.specs import Texts
from dashboard.charts.status_colours import Tone


def review_rounds(texts: Texts, look: Look) -> alt.LayerChart:
    """Cross reviews by state, one bar per round.

    Columns: code (of the round), name (text, the same), state (DONE, DUE, LATE), word (text, the
    state in words), value (int). Texts: the three states, `reviews` (axis). Selects a round by
    `code`.
    """
    fills = tone_fills(look, {"DONE": Tone.GOOD, "DUE": Tone.ONGOING, "LATE": Tone.BAD})
    y = names("name", look)
    return stacked(texts, look, fills, y=y, state="state", title=texts["reviews"])


def rating_moves(texts: Texts, look: Look) -> alt.LayerChart:
    """The number of units with each grade, one bar per year; unrated is shown apart from the lowest
    grade.

    Columns: year (text), grade ("5A" to "0A", UNRATED), value (int). Texts: the seven grades,
    `units` (axis).
    """
    colours = look.colours
    fills = {
        **dict(zip(("5A", "4A", "3A", "2A"), colours.grades, strict=True)),
        "1A": look.tones[Tone.WARN].fill,
        "0A": look.tones[Tone.BAD].fill,
        "UNRATED": colours.silence,
    }
    y = names("year", look)
    return stacked(texts, look, fills, y=y, state="grade", title=texts["units"])


def rating_matrix(texts: Texts, look: Look) -> alt.LayerChart:
    """The number of units that moved from one grade (rows) to another (columns).

    Columns: before, now (text, the grades), before_place, now_place (int, the positions of the
    grades), way (UP, SAME, DOWN, NEW), value (int). Texts: the four ways, `before`, `now` (axes).
    """
    colours = look.colours
    fills = {
        "UP": look.tones[Tone.GOOD].fill,
        "SAME": colours.pale,
        "DOWN": look.tones[Tone.BAD].fill,
        "NEW": colours.silence,
    }
    on_fill = {way: type_on(fill) for way, fill in fills.items()}
    both = base().encode(
        x=alt.X("now:N", title=texts["now"])
        .sort(field="now_place", op="min")
        .axis(
            orient="top",
            labelAngle=0,
            labelLimit=NO_LIMIT,
            ticks=False,
            domain=False,
            labelPadding=look.px(4),
        ),
        y=names("before", look)
        .title(texts["before"])
        .sort(field="before_place", op="min")
        .scale(padding=0),
        tooltip=TIP,
    )
    return (
        layered(
            both.mark_rect(stroke=colours.ground, strokeWidth=1.5).encode(
                color=word_colours(texts, fills, edge=colours.silence_edge)
            ),
            both.mark_text(fontWeight="bold").encode(
                text=alt.Text("written:N"), color=word_colours(texts, on_fill, legend=False)
            ),
            own_colours=True,
        )
        .transform_calculate(
            word=words(texts, "way", fills),
            written="{UP: '↑ ', SAME: '', DOWN: '↓ ', NEW: '+ '}[datum.way] + datum.value",
        )
        .transform_calculate(tip=tip("before", "'→ ' + datum.now", "word", "value"))
        .properties(height=alt.Step(look.px(30)))
    )


def guidance_forms(texts: Texts, look: Look) -> alt.LayerChart:
    """The number of guidance visits, one bar per form, divided by who guided.

    Columns: name (text, the form), by (DEPARTMENT, AUDIT_BUREAU), value (int). Texts: the two
    guiding bodies, `times` (axis).
    """
    fills = {"DEPARTMENT": look.colours.plain, "AUDIT_BUREAU": look.colours.pale}
    y = names("name", look)
    return stacked(texts, look, fills, y=y, state="by", title=texts["times"])


BANDS = ("FAIL", "PASS", "FAIR", "GOOD", "EXCELLENT")
"""The bands of points, the lowest first."""
BEHIND = 50
"""Where a change begins behind the end of an axis at which its share is written, in pixels."""
TWO_LINES = 32
"""The height of a row whose name may be broken into two lines."""


def indicators(
    texts: Texts,
    look: Look,
    *,
    bands: tuple[str, ...] = BANDS,
    ends: tuple[float, float] = (0, 1),
    line: float = 0,
) -> alt.LayerChart:
    """Mean points by indicator as a share of full points: a dot in the colour of its band, joined
    to a smaller one for the year before; weakest on top.

    The axis runs between `ends`, with a rule at the share `line`, which is labelled; a row below it
    has a line to it with `short`. The legend has only `bands` and, if `texts` has it, `before`.
    Columns: name (text), share, before (0 to 1 or null), text (as "81.2%"), short (text, how much
    is missing to the line, "" above it), change (in percentage points, or null), changed (text, the
    same with its sign), band (as in `point_bands`). Texts: the bands with their year, `before` (the
    year), `line`.
    """
    fills = {band: fill for band, fill in _dot_fills(look).items() if band in bands}
    if "before" in texts:
        fills["before"] = look.colours.type
    colour = word_colours(texts, fills, symbol="circle")
    y = names_on_two_lines("name", look).sort(field="share", op="min")

    def along(field: str) -> alt.X:
        return (
            alt.X(f"{field}:Q", title=None)
            .scale(domain=list(ends), nice=False)
            .axis(format=".0%", tickCount=5, domain=False)
        )

    both = base().encode(y=y, tooltip=TIP)
    valid, short = "isValid(datum.before)", look.tones[Tone.BAD].type
    return (
        layered(
            base().mark_rule(color=look.colours.type, strokeDash=[4, 3]).encode(x=along("line")),
            base()
            .transform_filter(valid)
            .mark_rule(strokeWidth=look.px(5), color=look.colours.pale)
            .encode(y=y, x=along("before"), x2=alt.X2("share")),
            base()
            .transform_filter("datum.share < datum.line")
            .mark_rule(strokeWidth=look.px(3))
            .encode(y=y, x=along("share"), x2=alt.X2("line"), color=alt.value(short)),
            both.transform_filter(valid)
            .transform_calculate(word=literal(texts.get("before", "")))
            .mark_point(filled=True, opacity=1, size=look.px(60))
            .encode(x=along("before"), color=colour),
            both.mark_point(filled=True, opacity=1, size=look.px(130)).encode(
                x=along("share"), color=colour
            ),
            base()
            .transform_filter("datum.share < datum.line")
            .mark_text(
                align="right", fontWeight="bold", dx=-look.px(3), dy=-look.px(10), color=short
            )
            .encode(y=y, x=along("line"), text=alt.Text("short:N")),
            base()
            .transform_aggregate(line="max(line)")
            .mark_text(align="left", baseline="bottom", dx=look.px(4), color=look.colours.type)
            .encode(x=along("line"), y=alt.value(0), text=alt.value(texts.get("line", ""))),
            figure(both, look, alt.Text("text:N")).encode(x=along("end")),
            both.mark_text(align="left", dx=look.px(BEHIND)).encode(
                x=along("end"), text=alt.Text("changed:N"), color=_better(look)
            ),
        )
        .transform_calculate(
            end=str(ends[1]),
            line=str(line),
            word=words(texts, "band", bands),
        )
        .transform_calculate(tip=tip("name", "word", "text", "short", "changed"))
        .properties(height=alt.Step(look.px(TWO_LINES)))
    )


def _better(look: Look) -> Any:
    """Return the colour of a change that is good where it is a rise: a fall is red."""
    good, bad = (look.tones[each].type for each in (Tone.GOOD, Tone.BAD))
    return alt.condition("datum.change < 0", alt.value(bad), alt.value(good))


def point_bands(texts: Texts, look: Look, *, bands: tuple[str, ...] = BANDS) -> alt.LayerChart:
    """The number of units in each of `bands` of points, the lowest first, one bar per indicator.

    Columns: name (text, the indicator), band (EXCELLENT, GOOD, FAIR, PASS, FAIL), value (int).
    Texts: the five bands, `units` (axis).
    """
    fills = {band: fill for band, fill in _band_fills(look).items() if band in bands}
    y = names_on_two_lines("name", look)
    drawn = stacked(
        texts,
        look,
        fills,
        y=y,
        state="band",
        title=texts["units"],
        edge=look.colours.silence_edge,
    )
    return drawn.properties(height=alt.Step(look.px(TWO_LINES)))


def _dot_fills(look: Look) -> dict[str, str]:
    """Return the colours of dots on the ground by band; the pale ones of bars would not be seen."""
    tones = look.tones
    low = dict.fromkeys(("PASS", "FAIR"), tones[Tone.WARN].fill)
    high = {"GOOD": look.colours.plain, "EXCELLENT": tones[Tone.GOOD].type}
    return {"FAIL": tones[Tone.BAD].fill, **low, **high}


def _band_fills(look: Look) -> dict[str, str]:
    """Return the fills of bars by band; the quietest of a dark ground would not be seen there."""
    *low, good, excellent = look.covered
    high = (look.tones[Tone.ONGOING].fill, good) if look.dark else (good, excellent)
    return dict(zip(BANDS, (*low, *high), strict=True))


def warnings_by_rule(texts: Texts, look: Look) -> alt.LayerChart:
    """Open warnings by rule, the most on top; the rule's long name stands above its bar.

    Columns: rule (text), level (RED, YELLOW), value (int). Texts: the two levels.
    """
    colours = look.colours
    fills = {"RED": colours.red, "YELLOW": colours.yellow}
    y = (
        alt.Y("rule:N", title=None, axis=None)
        .sort(field="value", op="max", order="descending")
        .scale(padding=0)
    )
    both = base().encode(
        y=y,
        x=alt.X("value:Q", title=None).axis(None),
        tooltip=TIP,
    )
    low = look.px(8)
    return (
        layered(
            both.mark_bar(cornerRadiusEnd=2, height=look.px(10), yOffset=low).encode(
                color=word_colours(texts, fills)
            ),
            both.mark_text(
                align="left",
                baseline="middle",
                dy=-look.px(7),
                color=colours.type,
                limit=alt.ExprRef("width"),
            ).encode(x=alt.value(0), text=alt.Text("rule:N")),
            both.mark_text(
                align="left", dx=5, dy=low, fontWeight="bold", color=colours.type
            ).encode(text=alt.Text("value:Q", format="d")),
        )
        .transform_calculate(word=words(texts, "level", fills))
        .transform_calculate(tip=tip("rule", "word", "value"))
        .properties(height=alt.Step(look.px(40)))
    )
