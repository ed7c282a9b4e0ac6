"""The sentence above the list behind a figure: what is wanting, its parts, and where most is."""

from collections.abc import Iterator

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import course, headlines, sentence, tiles, ways
from data.figures.catalogue import Better, Figure, Quantity, Way
from data.figures.reading import Reading
from models.rules import extremes

PARTS = 6
"""The most parts of a figure that the sentence names."""


def say(view: View, figure: Figure, bucket: str) -> None:
    """Draw the sentence, each piece a link to what it counts; nothing if nothing can be said."""
    pieces = [*_short(view, figure, bucket), *_parts(view, figure, bucket)]
    if not bucket:
        pieces += most_at(view, figure)
    sentence.draw(pieces, "listing-say")


def wanting(figure: Figure, reading: Reading | None) -> int:
    """Return how many rows of a figure are at fault, or short of it; 0 if it counts no faults."""
    if reading is None or reading.numerator is None or figure.quantity is not Quantity.ROWS:
        return 0
    if figure.way is Way.SHARE and figure.better is Better.HIGHER:
        return reading.short
    if figure.way in (Way.SHARE, Way.COUNT) and counts_faults(figure):
        return int(reading.numerator)
    return 0


def counts_faults(figure: Figure) -> bool:
    """Return whether the fewer of what a figure counts, the better."""
    return figure.id in tiles.LATE or figure.by_due_date or figure.better is Better.LOWER


def _key(figure: Figure, bucket: str) -> str:
    return f"{figure.id}:{bucket}" if bucket else figure.id


def _short(view: View, figure: Figure, bucket: str) -> list[Part]:
    """Return how far a share is from its target; without a target, only that none is wanting.

    How many rows are short of it or at fault stands on the choice of lists below.
    """
    reading = reads.figures_of(view.scope).get(_key(figure, bucket))
    if figure.way is not Way.SHARE or reading is None or not reading.denominator:
        return []
    if aim := course.piece_of_target(view, reading):
        return [aim]
    counts_rows = figure.better is not Better.NEITHER and figure.quantity is Quantity.ROWS
    if not counts_rows or wanting(figure, reading):
        return []
    return [matters.piece(_("none falls short"), Tone.GOOD)]


def _parts(view: View, figure: Figure, bucket: str) -> Iterator[Part]:
    """Return the parts of a count of faults that have rows, each a link to them."""
    if bucket or figure.way is not Way.COUNT or not counts_faults(figure):
        return
    first = [part for part in figure.buckets if part.dimension == figure.buckets[0].dimension]
    if len(first) > PARTS:
        return
    readings = reads.figures_of(view.scope)
    for part in first:
        if number := wanting(figure, readings.get(_key(figure, part.id))):
            text = _("{part}: {n}", part=name(part.label), n=number)
            yield matters.piece(text, Tone.BAD, board.list_way(figure.id, part.id))


def most_at(view: View, figure: Figure) -> list[Part]:
    """Return the units with the most rows at fault; empty if all have as many, or one at most."""
    if view.scope.node.is_unit or figure.district:
        return []
    by_unit = {
        unit: wanting(figure, readings.get(figure.id))
        for unit, readings in reads.by_unit(view.scope, figure.id).items()
    }
    most = extremes.most({unit: number for unit, number in by_unit.items() if number})
    if most is None or most.all_alike or most.value < 2:
        return []
    called = reads.unit_names(most.keys)
    where = headlines.named([called.get(code, code) for code in most.keys])
    if len(most.keys) == 1:
        text = _("most at {unit} ({n})", unit=where, n=most.value)
        return [matters.piece(text, Tone.BAD, ways.unit_way(most.keys[0]))]
    return [matters.piece(_("most at {where} ({n} each)", where=where, n=most.value), Tone.BAD)]
