"""The sentence above coverage: lights, what is lacking or has problems, what nobody checked."""

from collections.abc import Iterator

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.overview import summary
from dashboard.widgets import tiles, trust

FIGURES = ("grid_coverage", "content_coverage", "content_problems")
"""The figures on the page whose ledgers units enter."""


def pieces(view: View) -> Iterator[Part]:
    """Yield the pieces, each a link to what it counts; what is not known or 0 has none."""
    readings = reads.figures_of(view.scope)
    grid, problems = readings["grid_coverage"], readings["content_problems"]
    contents = readings["content_coverage"]
    yield from summary.lights(view)
    if grid.known and grid.short:
        text = _("units without all elements {n}", n=grid.short)
        # Missing elements make a light yellow, never red.
        yield matters.piece(text, Tone.WARN, board.list_way("grid_coverage"))
    if problems.known and problems.numerator:
        text = _("checks with a problem {n}", n=problems.text)
        change = tiles.change_of(view, "content_problems")
        way = board.list_way("content_problems")
        yield matters.piece(text, Tone.BAD, way, change if change and change["tone"] else None)
    if contents.known and contents.short:
        text = _("checks not made within a year {n}", n=contents.short)
        yield matters.piece(text, Tone.WARN, board.way("coverage", tab="blind"))
    if any(reading.known for reading in (grid, problems, contents)):
        yield tiles.said_against(view)
    if trust.is_said_once(view, FIGURES):
        yield from trust.partly_entered(view, FIGURES)
