"""The chart of one unit's history."""

import altair as alt

from dashboard.charts.bars import tone_fills
from dashboard.charts.look import Look
from dashboard.charts.parts import (
    TIP,
    base,
    choice,
    day,
    days,
    layered,
    literal,
    outlined,
    tip,
    word_colours,
    words,
)
from dashboard.charts.specs import Texts
from dashboard.charts.status_colours import OF_FINDINGS

EVENTS = "events"


def timeline(texts: Texts, look: Look) -> alt.LayerChart:
    """The events of a unit, one lane per ledger, and its findings, one lane each, from issue to
    closure.

    Columns: code (text, of the row), lane (text), starts_on (date), ends_on (date; null for an
    event of one day; the day of the figures for what is still open), due_on (date or null, drawn as
    a tick), state (EVENT, RECTIFIED, IN_PROGRESS, UNRECTIFIED), text (for the tooltip). Texts: the
    states that the legend names, `due` (tooltip). Selects by `code`.
    """
    chosen = choice()
    colours = look.colours
    # Not blue: what is in progress is.
    fills = {"EVENT": colours.type, **tone_fills(look, OF_FINDINGS)}
    fills = {state: fill for state, fill in fills.items() if state in texts}
    due = f"(isValid(datum.due_on) ? {literal(texts['due'] + ' ')} + {day('due_on')} : '')"
    # Lanes are named above their marks: beside them, on a phone, no room is left for the marks.
    lane = alt.Y("lane:N", title=None, axis=None).sort(None).scale(padding=0)
    low = look.px(9)
    both = base().encode(
        y=lane,
        x=days("starts_on", look, grid=True),
        color=word_colours(texts, fills),
        **outlined(chosen, look),
        tooltip=TIP,
    )
    return (
        layered(
            # This layer has all rows, so that the lanes keep their order.
            base().mark_rule(color=colours.pale, yOffset=low).encode(y=lane),
            both.transform_filter("isValid(datum.ends_on)")
            .mark_bar(height=look.px(10), yOffset=low, cornerRadius=3)
            .encode(x2=alt.X2("ends_on"))
            .properties(name=EVENTS)
            .add_params(chosen),
            both.transform_filter("!isValid(datum.ends_on)").mark_point(
                filled=True, opacity=1, shape="diamond", size=look.px(60), yOffset=low
            ),
            base()
            .transform_filter("isValid(datum.due_on)")
            .mark_tick(color=colours.type, thickness=2, height=look.px(14), yOffset=low)
            .encode(y=lane, x=alt.X("due_on:T", title=None)),
            # One name a lane, however many marks it has.
            base()
            .transform_window(number="row_number()", groupby=["lane"])
            .transform_filter("datum.number === 1")
            .mark_text(align="left", dy=-look.px(7), color=colours.type, limit=alt.ExprRef("width"))
            .encode(y=lane, x=alt.value(0), text=alt.Text("lane:N")),
        )
        .transform_calculate(word=words(texts, "state", fills))
        .transform_calculate(tip=tip("lane", "text", "word", day("starts_on"), due))
        .properties(height=alt.Step(look.px(36)))
    )
