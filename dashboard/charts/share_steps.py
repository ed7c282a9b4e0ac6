"""The steps of a share: their words, their fills, and text that is readable on them.

A function described as a Vega expression returns its source text.
"""

import altair as alt

from dashboard.charts.look import Look
from dashboard.charts.palette import type_on
from dashboard.charts.parts import NO_LIMIT, legend_on_top, literal
from dashboard.charts.status_colours import BREAKS


def step_words(*, warm: bool = False) -> list[str]:
    """Return the names of the steps of a share as in the legend, the worst first.

    With `warm`, a higher share is worse: the limits are counted from the other end.
    """
    low, middle, high = (round(100 * (1 - limit if warm else limit)) for limit in BREAKS[:3])
    if warm:
        return [f">{low}%", f"{middle}–{low}%", f"{high}–{middle}%", f"<{high}%", "0%"]
    return [f"<{low}%", f"{low}–{middle}%", f"{middle}–{high}%", f"{high}–<100%", "100%"]


def step_of(field: str, unknown: str, *, warm: bool = False) -> str:
    """Vega expression: the name of the step that the share in `field` belongs to, or `unknown`."""
    share = f"(1 - datum.{field})" if warm else f"datum.{field}"
    # The small addend keeps a share such as 3/5 from falling below its limit by rounding.
    at = " + ".join(f"({share} + 1e-9 >= {limit})" for limit in BREAKS)
    return f"isValid(datum.{field}) ? {literal(step_words(warm=warm))}[{at}] : {literal(unknown)}"


def step_fills(look: Look, unknown: str, title: str | None, *, warm: bool = False) -> alt.Color:
    """Return the fill encoding of the column `step`, unknown last; on a wall without legend, for
    lack of room."""
    steps = [*step_words(warm=warm), unknown]
    fill = alt.Color("step:N", title=title).scale(
        domain=steps, range=[*look.covered, look.colours.silence]
    )
    if look.large:
        return fill.legend(None)
    return fill.legend(**legend_on_top(steps, edge=look.colours.silence_edge), titleLimit=NO_LIMIT)


def on_step(look: Look, unknown: str, *, warm: bool = False) -> alt.Color:
    """Return the colour encoding of text that is readable on the fill of the column `step`."""
    return (
        alt.Color("step:N")
        .scale(
            domain=[*step_words(warm=warm), unknown],
            range=[*map(type_on, look.covered), type_on(look.colours.silence)],
        )
        .legend(None)
    )
