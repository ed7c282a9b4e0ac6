"""The sentence above the figures of a page: what is red, what changed, each piece a link."""

import unicodedata
from collections.abc import Iterable, Sequence

from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part, Region
from dashboard.elements.room import room_by_screen
from dashboard.i18n import _
from dashboard.widgets.place import look

TYPE, SMALL_TYPE = 16, 13
"""Sizes in pixels of the type of a piece, and of one that is aside."""
LATIN = 0.53
"""The width of a Latin letter in the height of its type; a Chinese character is as wide as high."""
BETWEEN = 16
"""The pixels between two pieces on a line."""
LINE, NEXT_LINE = 25, 21
"""The height in pixels of a line, and of each further one of a piece of several lines."""
WIDE, DESK, PHONE = 1872, 1318, 364
"""The widths in pixels of a sentence on a wide desk, on a small one and on a phone."""
SHOWN, SHOWN_ON_A_PHONE = 5, 4
"""The number of pieces shown at first, besides those aside (elements/matters.js)."""


def draw(pieces: Iterable[Part], key: str, *, as_given: bool = False) -> None:
    """Draw `pieces` (`matters.piece`) as one sentence, in an element of this key; nothing without
    any. Room is reserved for its lines, so that what is below does not move when it is drawn.

    With `as_given` they keep their order, and all of them are shown."""
    if not (shown := list(pieces)):
        return
    whole = matters.sentence(shown) if as_given else of(shown)
    heights = (
        least_height(whole["pieces"], WIDE, SHOWN),
        least_height(whole["pieces"], DESK, SHOWN),
        least_height(whole["pieces"], PHONE, SHOWN_ON_A_PHONE),
    )
    with room_by_screen(*heights, key):
        board.board(key, [_region(whole)], layout="stack", look=look())


def region(pieces: Iterable[Part]) -> Region:
    """Return the region of a board with `pieces` as one sentence (`of`), over both columns."""
    return _region(of(pieces))


def _region(whole: Part) -> Region:
    named = _("In one sentence")
    return board.region("say", whole, name=named, plain=True, place="over")


def of(pieces: Iterable[Part]) -> Part:
    """Return `pieces` as one sentence: its subject (`matters.named`), then the gravest pieces, then
    the others, those aside last.

    The browser shows the first few of them, and the number of the others.
    """
    in_order = sorted(pieces, key=_gravity)
    return matters.sentence(in_order, _("{n} more ›", n="{n}"))


def _gravity(piece: Part) -> int:
    """Return the rank of a piece: the subject of the sentence (-1), red ones, yellow ones and
    changes for the worse, other ones, those aside (3)."""
    worse = piece["change"] is not None and piece["change"]["tone"] == Tone.BAD
    if piece["aside"]:
        return 3
    if piece["tone"] == "strong" and piece["change"] is None:
        return -1
    if piece["tone"] == Tone.BAD:
        return 0
    return 1 if piece["tone"] == Tone.WARN or worse else 2


def least_height(pieces: Sequence[Part], width: float, most: int) -> int:
    """Return the height in pixels that `pieces` take in lines of `width` pixels, if the browser
    shows the first `most` of those that are not said aside."""
    aside = [each for each in pieces if each["aside"]]
    said = [each for each in pieces if not each["aside"]]
    widths = [_width_of(each) for each in said[:most]]
    if more := len(said[most:]):
        widths.append(_width_of(matters.piece(_("{n} more ›", n=more))))
    height, taken = 0, width
    for each in (*widths, *map(_width_of, aside)):
        if taken + BETWEEN + each > width:
            further = int(each // width)
            height += LINE + NEXT_LINE * further
            taken = each
        else:
            taken += BETWEEN + each
    return height


def _width_of(piece: Part) -> float:
    """Return about how many pixels a piece is wide, at least."""
    change = piece["change"]["text"] if piece["change"] else ""
    signs = f"{piece['sign']} {piece['text']}" if piece["sign"] else piece["text"]
    return (SMALL_TYPE if piece["aside"] else TYPE) * _ems(signs) + SMALL_TYPE * _ems(change)


def _ems(text: str) -> float:
    return sum(1 if unicodedata.east_asian_width(sign) in "WF" else LATIN for sign in text)
