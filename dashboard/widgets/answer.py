"""The sentence that answers the question of a page: what is wanting, else that nothing is, and
what is not known."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets import sentence, tiles, trust
from dashboard.widgets.silence import is_silent


@dataclass(frozen=True, slots=True)
class Aspect:
    """What the sentence says of a figure.

    `wanting` returns the pieces on what is wanting, each a link to its rows; `well` is the text if
    there are none.
    """

    figure: str
    wanting: Callable[[View], Iterable[Part]]
    well: str


def draw(view: View, key: str, aspects: Sequence[Aspect], figures: Sequence[str]) -> None:
    """Draw the sentence of `aspects`; `figures` are those of the page whose ledgers units enter,
    and a grey piece says which ledgers some units only have entered."""
    sentence.draw(_pieces(view, aspects, figures), key)


def _pieces(view: View, aspects: Sequence[Aspect], figures: Sequence[str]) -> Iterator[Part]:
    """Yield what is wanting; only if nothing is, that nothing is, in green; then in grey what is
    not known, and against what changes on the page are counted."""
    readings = reads.figures_of(view.scope)
    known = [each for each in aspects if readings[each.figure].known]
    wanting = [piece for each in known for piece in each.wanting(view)]
    yield from wanting
    of_units = [each for each in aspects if not reads.figure(each.figure).district]
    no_unit = bool(of_units) and is_silent(view)
    if not wanting:
        for each in known:
            # A share of nothing has no value, and nothing is well where there is no unit.
            if readings[each.figure].exact is not None and not (no_unit and each in of_units):
                yield matters.piece(each.well, Tone.GOOD)
        if no_unit:
            yield matters.piece(_("no unit is in the grid"), Tone.SILENT)
            return
    if unknown := [_(reads.figure(each.figure).name) for each in aspects if each not in known]:
        yield matters.piece(_unknown(view, _(", ").join(unknown)), Tone.SILENT)
    if known:
        yield tiles.said_against(view)
    if trust.is_said_once(view, figures):
        yield from trust.partly_entered(view, figures)


def _unknown(view: View, figures: str) -> str:
    if reads.is_unreported(view.scope):
        return _("nothing has come in: {figures}", figures=figures)
    return _("not entered: {figures}", figures=figures)
