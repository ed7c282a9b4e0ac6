"""Charts of major funds: how far money gets, and where it lies idle."""

import altair as alt

from dashboard.charts.look import Look
from dashboard.charts.parts import TIP, bars, base, figure, layered, names, tip, word_colours, words
from dashboard.charts.specs import Texts


def funnel(texts: Texts, look: Look) -> alt.LayerChart:
    """Approved, disbursed and spent, three bars a kind of fund.

    Columns: name (text, the kind), stage (APPROVED, DISBURSED, SPENT), value (number, any one
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
    """Idle money by how long it has lain, the longest darkest.

    Columns: name (text, the span of days, shortest first), place (int, 0 to 3), value (number),
    text (the amount as written). No texts.
    """
    colour = (
        alt.Color("place:O")
        .scale(domain=[0, 1, 2, 3], range=list(look.colours.overdue))
        .legend(None)
    )
    return bars(look, y=names("name", look), text="text:N", colour=colour).transform_calculate(
        tip=tip("name", "text")
    )
