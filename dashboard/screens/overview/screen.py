"""The overview on one screen: what is red, what changed, what needs a decision."""

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.overview import blocks, places, rectified, summary, to_decide, worst_units
from dashboard.screens.overview.rectified import TILES
from dashboard.widgets import trust
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look
from data.coverage import entries


@still
def overview(view: View) -> None:
    """Draw all regions of the overview as one board that fills the screen."""
    board.board("overview-board", _regions(view), layout="overview", look=look(), fill=True)


def _partly_entered(view: View) -> tuple[Part, ...]:
    """Return how many of the ledgers behind the tiles only some units have entered, with the link
    to who has; empty if there is none."""
    shown = {entries.source_of(reads.figure(each)): each for each in (*blocks.BLOCKS, *TILES)}
    found = [trust.of_figure(view, each) for ledger, each in shown.items() if ledger]
    n = sum(bool(trust.word(each)) for each in found)
    if not n:
        return ()
    text = _("ledgers entered by some units only {n}", n=n)
    return (matters.piece(text, Tone.SILENT, board.way("data", tab="entered")),)


def _regions(view: View) -> tuple[Region, ...]:
    return (
        summary.sentence(view, last=_partly_entered(view)),
        blocks.lights(view),
        *blocks.blocks(view),
        to_decide.to_decide(view),
        rectified.headline(view),
        places.places(view),
        rectified.audit(view),
        rectified.rectification(view),
        worst_units.worst_units(view),
    )
