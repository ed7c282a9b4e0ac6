"""The sentence above the six mechanisms: open warnings, late reviews, and whom no mechanism
reached."""

from collections.abc import Iterator

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.overview import summary
from dashboard.widgets import answer
from dashboard.widgets.answer import Aspect
from data.mechanisms import cross_reviews
from models.mechanism import ReviewState
from models.warning import Level

PAGE = "mechanisms"


def say(view: View, figures: tuple[str, ...]) -> None:
    """Draw the sentence above the tiles of `figures`."""
    aspects = (
        Aspect("warnings_open", _warnings, _("no warning is open")),
        Aspect("cross_review_completion", _reviews, _("no review is late")),
        Aspect("guidance_coverage", _guidance, _("every unit was guided in the last year")),
        Aspect("chief_auditor_rate", _chiefs, _("every chief auditor is in post")),
        Aspect("rating_3a", _ratings, _("every rated unit is at 3A or above")),
    )
    answer.draw(view, "mechanisms-say", aspects, figures)


def late_reviews(view: View) -> int:
    """Return how many reviews of all rounds are late."""
    rounds = reads.ask(cross_reviews.rounds, view.scope)
    return sum(each.states[ReviewState.LATE] for each in rounds)


def _warnings(view: View) -> list[Part]:
    """Return the open warnings with their change, and the red ones of them apart."""
    readings = reads.figures_of(view.scope)
    now, red = readings["warnings_open"], readings[f"warnings_open:{Level.RED}"]
    if not now.numerator:
        return []
    pieces = summary.counted(view, "warnings_open", _("open warnings {n}", n=formats.text(now)))
    if red.numerator:
        text = _("red warnings {n}", n=formats.text(red))
        way = board.list_way("warnings_open", Level.RED)
        pieces.append(matters.piece(text, Tone.BAD, way))
    return pieces


def _reviews(view: View) -> Iterator[Part]:
    for longest in reads.ask(cross_reviews.late, view.scope, 1):
        text = _(
            "late reviews, all rounds: {n}, the longest {days} days",
            n=late_reviews(view),
            days=(view.as_of - longest.due_on).days,
        )
        yield matters.piece(text, Tone.BAD, board.way(PAGE, tab="review"))


def _guidance(view: View) -> Iterator[Part]:
    if short := _short(view, "guidance_coverage"):
        text = _("units not guided in the last year {n}", n=short)
        yield matters.piece(text, Tone.BAD, board.way(PAGE, tab="guidance"))


def _chiefs(view: View) -> Iterator[Part]:
    if short := _short(view, "chief_auditor_rate"):
        text = _("posts of chief auditors vacant {n}", n=short)
        yield matters.piece(text, Tone.BAD, board.way(PAGE, tab="chiefs"))


def _ratings(view: View) -> Iterator[Part]:
    if short := _short(view, "rating_3a"):
        text = _("units rated below 3A {n}", n=short)
        yield matters.piece(text, Tone.WARN, board.way(PAGE, tab="rating"))


def _short(view: View, key: str) -> int:
    return reads.figures_of(view.scope)[key].short
