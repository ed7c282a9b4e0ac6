"""Charts of major funds: how far the money has come, when it moves, and where it lies idle."""

import altair as alt

from dashboard.charts.bars import bars, figure
from dashboard.charts.look import Look
from dashboard.charts.parts import (
    NO_LIMIT,
    TIP,
    base,
    choice,
    layered,
    legend_on_top,
    name_and_text,
    names,
    names_above,
    outlined,
    tip,
    word_colours,
    words,
)
from dashboard.charts.specs import Texts
from dashboard.charts.status_colours import Tone

PROJECTS = "projects"


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
    """Money not yet spent by how long ago it was disbursed; the oldest is darkest, and what is not
    idle yet quiet.

    Columns: name (text, the span of days, the longest first), place (int, 0 to 3, the index of the
    span, 0 for money that is not idle), value (number), text (the amount as written). No texts.
    """
    colours = look.colours
    colour = (
        alt.Color("place:O")
        .scale(domain=[0, 1, 2, 3], range=[colours.pale, *colours.overdue[1:]])
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
    """The share of its money that each project has spent, one bar per project below its name, in
    the colour of its state, with a line at 100%, which the bars of those beyond it cross.

    Columns: code (of the row), name (text), value (0 or more: the share by which the project is
    judged), text (the share and the planned completion as written), state (BEYOND, PAST,
    ONGOING, SPENT). Texts: those of the four states that occur, `whole` (above the line). Selects
    by `code`.
    """
    colours = look.colours
    # What is not due yet, and what is spent, asks for nothing.
    fills = {
        "BEYOND": colours.red,
        "PAST": colours.failing,
        "ONGOING": colours.grades[2],
        "SPENT": look.tones[Tone.GOOD].fill,
    }
    occurring = {state: fill for state, fill in fills.items() if state in texts}
    y = alt.Y("name:N", title=None, axis=None).sort(None).scale(padding=0)
    # Room for the words above the line.
    above = {**legend_on_top([texts[state] for state in occurring]), "offset": look.px(22)}
    chosen = choice()
    # One for all rows, not one a row above each other.
    at_whole = (
        base().transform_aggregate(rows="count()").encode(x=alt.XDatum(1, title=None).axis(None))
    )
    return (
        layered(
            base()
            .mark_bar(height=look.px(9), yOffset=look.px(8), cornerRadiusEnd=2)
            .encode(
                y=y,
                x=alt.X("value:Q", title=None).scale(zero=True, nice=False).axis(None),
                color=word_colours(texts, occurring).legend(**above),
                tooltip=TIP,
                **outlined(chosen, look),
            )
            .properties(name=PROJECTS)
            .add_params(chosen),
            at_whole.mark_rule(color=colours.type, strokeDash=[4, 3]),
            *names_above(y, look),
            at_whole.mark_text(
                baseline="bottom", align="right", dy=-look.px(4), color=colours.type
            ).encode(y=alt.value(0), text=alt.value(texts["whole"])),
        )
        .transform_calculate(word=words(texts, "state", occurring), labelled=name_and_text())
        .transform_calculate(tip=tip("name", "word", "text"))
        .properties(height=alt.Step(look.px(36)))
    )
