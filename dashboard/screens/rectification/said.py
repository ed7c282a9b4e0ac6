"""The sentence above the state of rectification: what is overdue, since when, how far from the
target."""

from collections.abc import Iterator

from dashboard import formats, reads
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import listing_said
from dashboard.screens.overview import summary
from dashboard.widgets import course, sentence, tiles, trust

OF_FINDINGS = ("required", "overdue", "due_rect_rate")
"""Figures of the page; all of them are read from the ledger of findings."""


def say(view: View) -> None:
    """Draw the sentence, each piece a link to what it counts; nothing if nothing is known."""
    sentence.draw(_pieces(view), "rectification-say")


def _pieces(view: View) -> Iterator[Part]:
    readings = reads.figures_of(view.scope)
    overdue, rate = readings["overdue"], readings["due_rect_rate"]
    text = _("overdue findings {n}", n=formats.text(overdue))
    yield from summary.counted(view, "overdue", text)
    yield from summary.longest(view)
    if overdue.known:
        yield from listing_said.most_at(view, reads.figure("overdue"))
    yield from summary.counted(view, "due_rect_rate", _("due rate {n}", n=formats.text(rate)))
    if rate.exact is not None and (aim := course.piece_of_target(view, rate)):
        yield aim
    if overdue.known or rate.known:
        yield tiles.said_against(view)
    if trust.is_said_once(view, OF_FINDINGS):
        yield from trust.partly_entered(view, OF_FINDINGS)
