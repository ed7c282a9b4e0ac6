"""The sentence above the figures of a page: what is red, what changed, each piece a link."""

from collections.abc import Iterable

from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.i18n import _
from dashboard.widgets.place import look


def draw(pieces: Iterable[Part], key: str) -> None:
    """Draw `pieces` (`matters.piece`) as one sentence, in an element of this key; nothing without
    any."""
    if shown := list(pieces):
        said = board.region("say", matters.sentence(shown), name=_("In one sentence"), plain=True)
        board.board(key, [said], layout="stack", look=look())
