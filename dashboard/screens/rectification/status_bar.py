"""The findings to be rectified as one bar: what is unrectified, in progress, rectified."""

from collections.abc import Mapping

from dashboard import formats, reads
from dashboard.elements import board
from dashboard.elements import lights as bar
from dashboard.elements.board import Part
from dashboard.elements.figure import beside
from dashboard.elements.room import room
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import due_words
from dashboard.status import PUBLIC_TONES, Status
from dashboard.widgets import tiles
from dashboard.widgets.place import look
from data.findings.due_open import due_open
from models.rectification import PublicStatus

FIGURES: Mapping[PublicStatus, str] = {
    PublicStatus.UNRECTIFIED: "unrectified",
    PublicStatus.IN_PROGRESS: "in_progress",
    PublicStatus.RECTIFIED: "rectified",
}
"""The figure of each status, in the order of the bar."""
PARTS = ("under_review", "suspended")
"""Figures of findings that are counted as in progress."""
HEIGHT = 80
"""The least height of the card in pixels."""


def draw(view: View, whole: Part) -> None:
    """Draw `whole`, the tile of all findings, beside the bar of their statuses; without entries
    the tile alone."""
    parts = [whole]
    if reads.figures_of(view.scope)["required"].known:
        more = [*_due(view), *(_part(view, each) for each in PARTS)]
        parts.append(bar.lights(_statuses(view), more, counted=True))
    shown = board.region("statuses-card", *parts, name=_("Findings by public status"))
    with room(HEIGHT, "rectification-statuses"):
        board.board("rectification-statuses", [shown], layout="stack", look=look())


def _statuses(view: View) -> list[Part]:
    readings = reads.figures_of(view.scope)
    return [
        bar.light(
            Status(PUBLIC_TONES[status], name(status.label)),
            int(readings[figure].numerator or 0),
            tiles.change_of(view, figure),
            board.list_way(figure),
        )
        for status, figure in FIGURES.items()
    ]


def _part(view: View, figure: str) -> Part:
    reading = reads.figures_of(view.scope)[figure]
    return beside(_(reading.figure.name), formats.text(reading), board.list_way(figure))


def _due(view: View) -> list[Part]:
    """Return how many findings are due and not closed, which the due rate lacks, as a sum of why
    they are not; empty if none is."""
    found = reads.ask(due_open, view.scope)
    value = _("{n} ({parts})", n=found.findings, parts=due_words.parts(found))
    return [beside(_("Due, not closed"), value)] if found.findings else []
