"""The chart of clearing and revitalising."""

import altair as alt

from dashboard.charts.look import Look
from dashboard.charts.parts import names, stacked
from dashboard.charts.specs import Texts


def disposal_progress(texts: Texts, look: Look) -> alt.LayerChart:
    """What was found, by how far it is cleared, a bar a kind.

    Columns: name (text, the kind), state (DONE, ONGOING, LATE), value (int).
    Texts: the three states, `disposals` (axis).
    """
    colours = look.colours
    fills = {"DONE": colours.done, "ONGOING": colours.ongoing, "LATE": colours.failing}
    y = names("name", look)
    return stacked(texts, look, fills, y=y, state="state", title=texts["disposals"])
