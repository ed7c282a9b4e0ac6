"""The sentence above the disposals: how many are late, which the longest, and where the most."""

from collections.abc import Iterator

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import listing_said
from dashboard.screens.overview import summary
from dashboard.widgets import ways
from dashboard.widgets.place import look
from data.money import disposals
from data.money.disposals import DisposalFilter
from models.disposal import DisposalState


def say(view: View) -> None:
    """Draw the sentence, each piece a link to what it counts; nothing if nothing is known."""
    if pieces := list(_pieces(view)):
        said = board.region("say", matters.sentence(pieces), name=_("In one sentence"), plain=True)
        board.board("disposals-say", [said], layout="stack", look=look())


def _pieces(view: View) -> Iterator[Part]:
    late = reads.figures_of(view.scope)["disposals_late"]
    yield from summary.counted(view, "disposals_late", _("late disposals {n}", n=late.text))
    wanted = DisposalFilter(state=str(DisposalState.LATE))
    for longest in reads.ask(disposals.lines, view.scope, wanted, 1):
        text = _("longest {days} days: {unit}", days=longest.days, unit=longest.name)
        yield matters.piece(text, Tone.BAD, ways.unit_way(longest.unit))
    yield from listing_said.most_at(view, reads.figure("disposals_late"))
