"""The chart of the district's tasks."""

import altair as alt

from dashboard.charts.look import Look
from dashboard.charts.parts import (
    TIP,
    base,
    day,
    days,
    layered,
    legend_on_top,
    tip,
    word_colours,
    words,
)
from dashboard.charts.specs import Texts


def gantt(texts: Texts, look: Look) -> alt.LayerChart:
    """Tasks from start to due, filled as far as they are done, with a rule at the day looked at.

    Columns: name (text), starts_on, due_on (dates), share (0 to 1, done), text (as "60%"),
    late (bool), as_of (date, the same in every row). Texts: LATE, ONGOING, DONE, `as_of`.
    """
    colours = look.colours
    fills = {"LATE": colours.failing, "ONGOING": colours.ongoing, "DONE": colours.done}
    y = alt.Y("name:N", title=None, axis=None).sort(None).scale(padding=0)
    span = days("starts_on", look).scale(nice=False)
    low, high = look.px(9), look.px(10)
    both = base().encode(y=y, x=span)
    # Room for the word over the rule.
    above = {**legend_on_top([texts[state] for state in fills]), "offset": look.px(22)}
    colour = word_colours(texts, fills).legend(**above)
    today = base().encode(x=alt.X("min(as_of):T", title=None))
    return (
        layered(
            today.mark_rule(color=colours.type, strokeDash=[4, 3]),
            both.mark_bar(color=colours.pale, height=high, yOffset=low, cornerRadius=2).encode(
                x2=alt.X2("due_on"), tooltip=TIP
            ),
            both.mark_bar(height=high, yOffset=low, cornerRadius=2).encode(
                x2=alt.X2("filled_to"), color=colour, tooltip=TIP
            ),
            both.mark_text(
                align="left", dy=-look.px(7), color=colours.type, limit=alt.ExprRef("width")
            ).encode(x=alt.value(0), text=alt.Text("labelled:N")),
            today.mark_text(baseline="bottom", dy=-look.px(4), color=colours.type).encode(
                y=alt.value(0), text=alt.value(texts["as_of"])
            ),
        )
        .transform_calculate(
            state="datum.share >= 1 ? 'DONE' : datum.late ? 'LATE' : 'ONGOING'",
            filled_to="time(datum.starts_on)"
            " + (time(datum.due_on) - time(datum.starts_on)) * datum.share",
            labelled="datum.name + '  ' + datum.text",
        )
        .transform_calculate(word=words(texts, "state", fills))
        .transform_calculate(tip=tip("name", "word", "text", day("starts_on"), day("due_on")))
        .properties(height=alt.Step(look.px(40)))
    )
