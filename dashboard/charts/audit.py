"""Charts of audit work."""

import altair as alt

from dashboard.charts.bars import bars
from dashboard.charts.look import Look
from dashboard.charts.parts import names, tip
from dashboard.charts.specs import Texts


def by_source(texts: Texts, look: Look) -> alt.LayerChart:
    """Findings by kind of audit, in the order of the rows.

    Columns: name (text, the kind of audit), value (int). No texts.
    """
    return bars(
        look, y=names("name", look), colour=alt.value(look.colours.plain)
    ).transform_calculate(tip=tip("name", "value"))
