"""Charts of the district's own work: key tasks."""

import altair as alt

from dashboard.charts.bars import figure
from dashboard.charts.look import Look
from dashboard.charts.parts import (
    TIP,
    base,
    day,
    days,
    layered,
    legend_on_top,
    name_and_text,
    names,
    names_above,
    tip,
    word_colours,
    words,
)
from dashboard.charts.specs import Texts
from dashboard.charts.status_colours import Tone

TONES = {
    "LATE": Tone.BAD,
    "BEHIND": Tone.WARN,
    "ONGOING": Tone.ONGOING,
    "DONE": Tone.GOOD,
    "NOT_BEGUN": Tone.SILENT,
}
"""The tone of each state of a task."""
GAP = 0.4
"""The opacity of what a task lacks up to its plan."""


def gantt(texts: Texts, look: Look) -> alt.LayerChart:
    """Tasks from start to due date, filled by progress, with a rule at the day of the figures.

    What a task that is late or behind lacks up to its plan is pale in the colour of its state.
    Columns: name (text), starts_on, due_on (dates), share (0 to 1, done), planned (0 to 1, done if
    on schedule), before (0 to 1 or null, done on the day of comparison, drawn as a tick), text (as
    "60%"), state (LATE, BEHIND, ONGOING,
    NOT_BEGUN, DONE), as_of (date, the same in every row). Texts: the five states, `as_of`.
    """
    colours = look.colours
    fills = {code: look.tones[tone].fill for code, tone in TONES.items() if code != "NOT_BEGUN"}
    # A task on schedule asks for nothing.
    fills["ONGOING"] = colours.grades[2]
    states = (*fills, "NOT_BEGUN")
    y = alt.Y("name:N", title=None, axis=None).sort(None).scale(padding=0)
    span = days("starts_on", look).scale(nice=False)
    low, high = look.px(9), look.px(10)
    both = base().encode(y=y, x=span)
    # Room for the label above the rule.
    above = {**legend_on_top([texts[state] for state in fills]), "offset": look.px(22)}
    colour = word_colours(texts, fills).legend(**above)
    today = base().encode(x=alt.X("min(as_of):T", title=None))
    return (
        layered(
            today.mark_rule(color=colours.type, strokeDash=[4, 3]),
            # From the plan on, so that what is lacking up to it keeps the colour of its state.
            both.mark_bar(color=colours.grades[1], height=high, yOffset=low).encode(
                x=alt.X("ahead_from:T"), x2=alt.X2("due_on"), tooltip=TIP
            ),
            both.transform_filter("datum.state === 'LATE' || datum.state === 'BEHIND'")
            .mark_bar(height=high, yOffset=low, opacity=GAP)
            .encode(x=alt.X("filled_to:T"), x2=alt.X2("planned_to"), color=colour, tooltip=TIP),
            both.transform_filter("datum.state !== 'NOT_BEGUN'")
            .mark_bar(height=high, yOffset=low, cornerRadius=2)
            .encode(x2=alt.X2("filled_to"), color=colour, tooltip=TIP),
            base()
            .transform_filter("isValid(datum.before)")
            .mark_tick(
                color=colours.type,
                thickness=2,
                size=look.px(16),
                orient="vertical",
                yOffset=low,
            )
            .encode(y=y, x=alt.X("reached_before:T", title=None)),
            *names_above(y, look),
            today.mark_text(baseline="bottom", dy=-look.px(4), color=colours.type).encode(
                y=alt.value(0), text=alt.value(texts["as_of"])
            ),
        )
        .transform_calculate(
            filled_to=_reached("share"),
            planned_to=_reached("planned"),
            ahead_from="datum.state === 'LATE' || datum.state === 'BEHIND'"
            f" ? {_reached('planned')} : {_reached('share')}",
            reached_before=_reached("before"),
            labelled=name_and_text(),
        )
        .transform_calculate(word=words(texts, "state", states))
        .transform_calculate(tip=tip("name", "word", "text", day("starts_on"), day("due_on")))
        .properties(height=alt.Step(look.px(52)))
    )


def _reached(share: str) -> str:
    """Vega expression: the day up to which a bar is filled."""
    return f"time(datum.starts_on) + (time(datum.due_on) - time(datum.starts_on)) * datum.{share}"


def task_progress(texts: Texts, look: Look) -> alt.LayerChart:
    """The progress of each task in percent as a bar in the colour of its state.

    What a task that is late or behind lacks up to its plan is pale in that colour; a tick is where
    it would stand if it kept step with its time. Columns: name, value and planned (0 to 100), text
    (the value as written), state (LATE, BEHIND, ONGOING, NOT_BEGUN, DONE). Texts: the five states.
    """
    fills = {code: look.tones[tone].fill for code, tone in TONES.items()}
    colour = word_colours(texts, fills)
    y = names("name", look)
    both = base().encode(y=y, tooltip=TIP)
    along = alt.X("value:Q", title=None).scale(domain=[0, 100], nice=False).axis(None)
    return (
        layered(
            both.transform_filter("datum.state === 'LATE' || datum.state === 'BEHIND'")
            .mark_bar(opacity=GAP)
            .encode(x=along, x2=alt.X2("planned"), color=colour),
            both.mark_bar(cornerRadiusEnd=2).encode(x=along, color=colour),
            both.mark_tick(color=look.colours.type, thickness=2, orient="vertical").encode(
                x=alt.X("planned:Q", title=None)
            ),
            figure(base().encode(y=y, x=alt.X("end:Q", title=None)), look, alt.Text("text:N")),
        )
        .transform_calculate(
            word=words(texts, "state", fills), end="max(datum.value, datum.planned)"
        )
        .transform_calculate(tip=tip("name", "word", "text"))
        .properties(height=alt.Step(look.px(24)))
    )
