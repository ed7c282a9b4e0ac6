"""The sections of a page: tiles that say how each of them stands, and the one in the address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board
from dashboard.elements import sections as elements
from dashboard.elements.board import Part
from dashboard.elements.room import room_by_screen
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets import asked, sentence, tiles, trust
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look

HEIGHT, ON_A_PHONE = 50, 36
"""The least height in pixels of a row of sections, and of each on a phone, where they stand one
below the other."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a page: its title, its figure, and how it is drawn.

    `says` is the short word for the figure, shown before its value. `wanting` returns what is
    wanting in the section (`sections.said`), the worst first; `well` is said if nothing is.
    """

    title: str
    figure: str
    says: str
    wanting: Callable[[View], Iterable[Part]]
    well: str
    draw: Callable[[View], None]


def draw(
    view: View,
    page: str,
    listed: Mapping[str, Section],
    *,
    together: Callable[[View], None] | None = None,
) -> None:
    """Draw the tiles of the sections `listed` by code, and below them the section in the address.

    Without one in the address it is `together`, which draws what all of them are about, else the
    first.
    """
    titles = {code: section.title for code, section in listed.items()}
    first = "" if together else next(iter(listed))
    chosen = asked.choice(asked.TAB, titles) or first
    _tiles(view, page, tuple(listed.items()), chosen, first)
    if chosen:
        listed[chosen].draw(view)
    elif together:
        together(view)
    _entered(view, page, tuple(section.figure for section in listed.values()))


@still
def _entered(view: View, page: str, figures: tuple[str, ...]) -> None:
    """Draw which ledgers behind `figures` some units only have entered."""
    sentence.draw(trust.partly_entered(view, figures), f"{page}-entered")


@still
def _tiles(
    view: View, page: str, listed: tuple[tuple[str, Section], ...], chosen: str, first: str
) -> None:
    parts = [
        _tile(view, page, code, section, shown=code == chosen, first=first)
        for code, section in listed
    ]
    # What the changes in the tiles are counted against is said once for all of them.
    against = [tiles.said_against(view)] if any(each["change"] for each in parts) else []
    line = sentence.LINE if against else 0
    key = f"{page}-sections"
    with room_by_screen(HEIGHT + line, HEIGHT + line, ON_A_PHONE * len(parts) + line, key):
        shown = board.region(
            "sections",
            elements.sections(parts),
            *([sentence.of(against)] if against else ()),
            name=_("Sections"),
            plain=True,
        )
        board.board(key, [shown], layout="stack", look=look())


def _tile(view: View, page: str, code: str, section: Section, *, shown: bool, first: str) -> Part:
    figure, now = reads.figure(section.figure), reads.figures_of(view.scope)[section.figure]
    known = now.known and now.numerator is not None
    change = tiles.change_of(view, section.figure)
    # The tile of the section that is shown leads back to what all of them are about.
    tab = None if code == first or (shown and not first) else code
    return elements.section(
        section.title,
        _stands(view, section),
        formats.text(now) if now.known else now.text,
        board.way(page, tab=tab),
        says=section.says,
        shown=shown,
        change=change,
        to_list=board.list_way(section.figure) if known else None,
        definition="\n\n".join([_(figure.name), tiles.definition(figure)]),
    )


def _stands(view: View, section: Section) -> list[Part]:
    """Return what is wanting in a section, that nothing is, or that nothing is known."""
    now = reads.figures_of(view.scope)[section.figure]
    if not now.known:
        unreported = reads.is_unreported(view.scope)
        words = formats.NOT_REPORTED if unreported else formats.NOT_ENTERED
        return [elements.said(_(words), Tone.SILENT)]
    if wanting := list(section.wanting(view)):
        return wanting
    # A share of nothing has no value: nothing is wanting there, nor is anything well.
    return [elements.said(section.well, Tone.GOOD)] if now.exact is not None else []
