"""Charts of the two responsible subjects: posts that are filled, duties that were done."""

import altair as alt

from dashboard.charts.cells import share_cells
from dashboard.charts.look import Look
from dashboard.charts.specs import Texts


def duty_matrix(texts: Texts, look: Look) -> alt.LayerChart:
    """The share of each duty that was done, one row per duty; the rows name the columns.

    Columns: code (text, of the duty), item (text), column (text: done, on time, or a sector), share
    (0 to 1, or null if none was due), text (the share as written). Texts: `share` (legend),
    `unknown` (null). Selects a duty by `code`.
    """
    return share_cells(texts, look, row="item", column="column")


def post_matrix(texts: Texts, look: Look) -> alt.LayerChart:
    """The share of units in which a post is filled, one row per post, one column per kind of unit.

    Columns: code (text, of the post), post, kind (text), share (0 to 1; null if the kind of unit
    need not fill the post), text (as "12/14", or "—"). Texts: `share` (legend), `unknown` (null).
    Selects a post by `code`.
    """
    return share_cells(texts, look, row="post", column="kind")
