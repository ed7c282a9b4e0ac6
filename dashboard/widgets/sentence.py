"""The sentence above the figures of a page: what is red, what changed, each piece a link."""

from collections.abc import Iterable

from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part, Region
from dashboard.i18n import _
from dashboard.widgets.place import look


def draw(pieces: Iterable[Part], key: str) -> None:
    """Draw `pieces` (`matters.piece`) as one sentence, in an element of this key; nothing without
    any."""
    if shown := list(pieces):
        board.board(key, [region(shown)], layout="stack", look=look())


def region(pieces: Iterable[Part]) -> Region:
    """Return the region of a board with `pieces` as one sentence (`of`), over both columns."""
    named = _("In one sentence")
    return board.region("say", of(pieces), name=named, plain=True, place="over")


def of(pieces: Iterable[Part]) -> Part:
    """Return `pieces` as one sentence: the gravest first, what is said aside last.

    The browser shows the first few of them, and how many others there are.
    """
    in_order = sorted(pieces, key=_gravity)
    return matters.sentence(in_order, _("{n} more ›", n="{n}"))


def _gravity(piece: Part) -> int:
    """Return the place of a piece in a sentence: what is red, what is yellow or became worse, the
    rest as it was said, what is said aside."""
    worse = piece["change"] is not None and piece["change"]["tone"] == Tone.BAD
    if piece["aside"]:
        return 3
    if piece["tone"] == Tone.BAD:
        return 0
    return 1 if piece["tone"] == Tone.WARN or worse else 2
