"""Charts of the six mechanisms: who reviewed whom, how ratings move, which warnings stand open."""

import altair as alt

from dashboard.charts.look import Look
from dashboard.charts.palette import type_on
from dashboard.charts.parts import (
    TIP,
    base,
    cells,
    layered,
    names,
    stacked,
    tip,
    word_colours,
    words,
)
from dashboard.charts.specs import Texts


def review_matrix(texts: Texts, look: Look, *, upright: int = 0) -> alt.LayerChart:
    """Who reviews whom in a round and how far it is; no cell where nobody is to.

    Columns: reviewer (text), reviewed (text), state (DONE, DUE, LATE), text (as shown in a
    tooltip, the day or the delay). Texts: the three states. `upright` is how many
    signs the longest name has where names are Chinese.
    """
    colours = look.colours
    fills = {"DONE": colours.done, "DUE": colours.pale, "LATE": colours.failing}
    ground, filled = cells(
        look, x="reviewed", y="reviewer", upright=upright, colours=word_colours(texts, fills)
    )
    type_colours = {state: type_on(fill) for state, fill in fills.items()}
    return layered(
        filled,
        ground.mark_text(fontWeight="bold").encode(
            text=alt.Text("sign:N"), color=word_colours(texts, type_colours, legend=False)
        ),
        own_colours=True,
    ).transform_calculate(
        word=words(texts, "state", fills),
        tip=tip("reviewer", "reviewed", "word", "text"),
        sign="{DONE: '✓', DUE: '○', LATE: '!'}[datum.state]",
    )


def rating_moves(texts: Texts, look: Look) -> alt.LayerChart:
    """How many units held each grade, a bar a year; unrated is silence, not the lowest grade.

    Columns: year (text), grade ("5A" to "0A", UNRATED), value (int). Texts: the seven grades,
    `units` (axis).
    """
    colours = look.colours
    fills = {
        **dict(zip(("5A", "4A", "3A", "2A"), colours.grades, strict=True)),
        "1A": colours.overdue[0],
        "0A": colours.overdue[3],
        "UNRATED": colours.silence,
    }
    y = names("year", look)
    return stacked(texts, look, fills, y=y, state="grade", title=texts["units"])


def warnings_by_rule(texts: Texts, look: Look) -> alt.LayerChart:
    """Open warnings by rule, the most on top, the long name of the rule over its bar.

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
