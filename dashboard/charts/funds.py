"""Charts of major funds: how far the money has come, when it moves, and where it lies idle."""

import altair as alt

from dashboard.charts import label_places
from dashboard.charts.bars import bars, figure
from dashboard.charts.look import Look
from dashboard.charts.parts import (
    NO_LIMIT,
    TIP,
    base,
    choice,
    day,
    days,
    layered,
    legend_on_top,
    literal,
    names,
    outlined,
    tip,
    word_colours,
    words,
)
from dashboard.charts.specs import LEGEND_ROOM, Texts

PROJECTS = "projects"
LABEL = 300
"""Pixels beyond which the label of a project is cut."""


def funnel(texts: Texts, look: Look) -> alt.LayerChart:
    """Money approved, disbursed and spent, three bars per kind of fund.

    Columns: name (text, the kind), stage (APPROVED, DISBURSED, SPENT), value (number, in any one
    unit of money), text (the amount as written). Texts: the three stages.
    """
    colours = look.colours
    fills = {"APPROVED": colours.pale, "DISBURSED": colours.ongoing, "SPENT": colours.done}
    both = base().encode(
        y=names("name", look).scale(paddingInner=0.3),
        yOffset=alt.YOffset("word:N").sort([texts[stage] for stage in fills]),
        x=alt.X("value:Q", title=None).axis(None),
        tooltip=TIP,
    )
    return (
        layered(
            both.mark_bar(cornerRadiusEnd=2).encode(color=word_colours(texts, fills)),
            figure(both, look, alt.Text("text:N")),
        )
        .transform_calculate(word=words(texts, "stage", fills))
        .transform_calculate(tip=tip("name", "word", "text"))
        .properties(height=alt.Step(look.px(18)))
    )


def idle_by_age(texts: Texts, look: Look) -> alt.LayerChart:
    """Money not yet spent by how long ago it was disbursed; the oldest is darkest.

    Columns: name (text, the span of days, shortest first), place (int, 0 to 3, the index of the
    span), value (number), text (the amount as written). No texts.
    """
    colour = (
        alt.Color("place:O")
        .scale(domain=[0, 1, 2, 3], range=list(look.colours.overdue))
        .legend(None)
    )
    return bars(look, y=names("name", look), text="text:N", colour=colour).transform_calculate(
        tip=tip("name", "text")
    )


def monthly(texts: Texts, look: Look) -> alt.LayerChart:
    """Money disbursed and spent by month, two bars per month.

    Columns: month (text, as "26-06", in order), stage (DISBURSED, SPENT), value (number, in any one
    unit of money), text (the amount as written). Texts: the two stages, `money` (axis).
    """
    colours = look.colours
    fills = {"DISBURSED": colours.ongoing, "SPENT": colours.done}
    both = base().encode(
        x=alt.X("month:N", title=None)
        .sort(None)
        .scale(paddingInner=0.2)
        .axis(
            labelAngle=0,
            labelLimit=NO_LIMIT,
            labelOverlap="greedy",
            ticks=False,
            labelPadding=look.px(6),
        ),
        xOffset=alt.XOffset("word:N").sort([texts[stage] for stage in fills]),
        y=alt.Y("value:Q", title=texts["money"]).axis(tickCount=4, domain=False),
        tooltip=TIP,
    )
    return (
        layered(both.mark_bar(cornerRadiusEnd=1).encode(color=word_colours(texts, fills)))
        .transform_calculate(word=words(texts, "stage", fills))
        .transform_calculate(tip=tip("month", "word", "text"))
        .properties(height=look.px(260))
    )


def completion(texts: Texts, look: Look) -> alt.LayerChart:
    """Projects by planned completion and by the share of the approved money that is spent.

    Columns: code (of the row), name (text), label (text beside the point, or null), side and room
    (see `label_places.Place`; null without label), finish_on (date), share (0 or more: spent out of
    approved), text (the share as written), state (BEYOND, PAST, ONGOING, SPENT), amount (number,
    the approved money, drawn as size), as_of (date, the same in every row). Texts: the four states,
    `share` (axis), `finish` (tooltip), `as_of`. Selects by `code`.
    """
    chosen = choice()
    colours = look.colours
    fills = {
        "BEYOND": colours.red,
        "PAST": colours.failing,
        "ONGOING": colours.ongoing,
        "SPENT": colours.done,
    }
    state_words = [texts[state] for state in fills]
    # Room for the day's label above its rule.
    above = {**legend_on_top(state_words, symbol=None), "offset": look.px(22)}
    finish = literal(texts["finish"] + " ")
    today = base().encode(x=alt.X("min(as_of):T", title=None))
    return (
        layered(
            today.mark_rule(color=colours.type, strokeDash=[4, 3]),
            today.mark_text(baseline="bottom", dy=-look.px(4), color=colours.type).encode(
                y=alt.value(0), text=alt.value(texts["as_of"])
            ),
            base().mark_rule(color=colours.pale).encode(y=alt.datum(1, type="quantitative")),
            base()
            .mark_point(filled=True, opacity=0.85)
            .encode(
                x=days("finish_on", look),
                y=alt.Y("share:Q", title=texts["share"])
                .scale(domainMin=0, nice=True)
                .axis(format=".0%", tickCount=5, domain=False),
                color=word_colours(texts, fills).legend(**above),
                shape=alt.Shape("word:N", title=None)
                .scale(domain=state_words, range=["triangle-up", "diamond", "circle", "square"])
                .legend(**above),
                size=alt.Size("amount:Q")
                .scale(range=[look.px(50), look.px(500)], zero=True)
                .legend(None),
                **outlined(chosen, look),
                tooltip=TIP,
            )
            .properties(name=PROJECTS)
            .add_params(chosen),
            # Other projects are named in the tooltip and in the table below.
            _labels("right", texts, look),
            _labels("left", texts, look),
        )
        .transform_calculate(word=words(texts, "state", fills))
        .transform_calculate(tip=tip("name", "word", "text", f"{finish} + {day('finish_on')}"))
        .properties(height=look.px(label_places.HEIGHT))
    )


def _labels(side: label_places.Side, texts: Texts, look: Look) -> alt.Chart:
    """Return the labels on one side of their points, as far as they have room."""
    right = side == "right"
    apart = look.px(label_places.APART)
    shown: alt.Chart = (
        base()
        .transform_filter(f"datum.side === {literal(side)} && datum.room <= max(0, {LEGEND_ROOM})")
        .mark_text(
            align="left" if right else "right",
            dx=apart if right else -apart,
            color=look.colours.type,
            limit=look.px(LABEL),
        )
        .encode(
            x=days("finish_on", look),
            y=alt.Y("share:Q", title=texts["share"]),
            text=alt.Text("label:N"),
        )
    )
    return shown
