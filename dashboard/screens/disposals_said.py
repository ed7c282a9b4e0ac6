"""The sentence above the disposals: how many are late, which the longest, and where the most."""

from collections.abc import Iterator

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import listing_said
from dashboard.screens.overview import summary
from dashboard.widgets import sentence, tiles, trust, ways
from data.money import disposals
from data.money.disposals import DisposalFilter
from models.disposal import DisposalState

FIGURES = ("disposal_rate", "disposals_late", "posts_recovered", "assets_recovered")


def say(view: View) -> None:
    """Draw the sentence, each piece a link to what it counts; nothing if nothing is known."""
    sentence.draw(_pieces(view), "disposals-say")


def _pieces(view: View) -> Iterator[Part]:
    late = reads.figures_of(view.scope)["disposals_late"]
    yield from summary.counted(view, "disposals_late", _("late disposals {n}", n=late.text))
    wanted = DisposalFilter(state=str(DisposalState.LATE))
    for longest in reads.ask(disposals.lines, view.scope, wanted, 1):
        text = _("longest {days} days: {unit}", days=longest.days, unit=longest.name)
        yield matters.piece(text, Tone.BAD, ways.unit_way(longest.unit))
    yield from listing_said.most_at(view, reads.figure("disposals_late"))
    if late.known:
        yield tiles.said_against(view)
    if trust.is_said_once(view, FIGURES):
        yield from trust.partly_entered(view, FIGURES)
