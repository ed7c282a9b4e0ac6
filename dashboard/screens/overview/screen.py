"""The overview on one screen: what is red, what changed, what needs a decision."""

from dashboard.elements import board, matters
from dashboard.elements.board import Region
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.overview import blocks, places, rectified, summary, to_decide, worst_units
from dashboard.screens.overview.rectified import TILES
from dashboard.widgets import asked, trust
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look


@still
def overview(view: View) -> None:
    """Draw all regions of the overview as one board that fills the screen, or, if the address asks
    for them, all matters to be decided."""
    if asked.choice(to_decide.LISTED, {"all": ""}):
        board.board("matters-board", _all_matters(view), layout="sides", look=look())
    else:
        board.board("overview-board", _regions(view), layout="overview", look=look(), fill=True)


def _all_matters(view: View) -> tuple[Region, ...]:
    back = matters.piece(_("‹ Overview"), onward=board.way("overview"), aside=True)
    everything = to_decide.to_decide(view, most=to_decide.ALL, least=to_decide.ALL)
    return (
        summary.sentence(view, last=(back,)),
        everything,
        blocks.lights(view),
        worst_units.worst_units(view),
    )


def _regions(view: View) -> tuple[Region, ...]:
    return (
        summary.sentence(view, last=trust.partly_entered(view, (*blocks.BLOCKS, *TILES))),
        blocks.lights(view),
        *blocks.blocks(view),
        to_decide.to_decide(view),
        rectified.headline(view),
        places.places(view),
        rectified.audit(view),
        rectified.rectification(view),
        worst_units.worst_units(view),
    )
