"""A list as an element: sortable headings, rows as links, status pills; cards on a phone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

import streamlit as st

from dashboard.charts.status_colours import SHAPES, Tone
from dashboard.elements import board
from dashboard.elements.board import Part
from dashboard.elements.room import room
from dashboard.i18n import _
from dashboard.status import Status
from models.text import NOTHING


@dataclass(frozen=True, slots=True)
class Without:
    """A cell without a value, and the word that says why; it is sorted as an empty one."""

    word: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text of pieces, which is broken into lines between them or in the first; with a `tone` the
    last one has its colour and shape."""

    pieces: tuple[str, ...]
    tone: Tone | None = None

    @property
    def text(self) -> str:
        """The pieces with a dot between them."""
        return " · ".join(self.pieces)

    @property
    def cell(self) -> dict[str, object]:
        """The pieces as the browser draws them."""
        last = {"tone": str(self.tone), "sign": SHAPES[self.tone]} if self.tone else None
        return {"text": self.text, "pieces": list(self.pieces), "last": last, "tone": ""}


Cell = (
    str
    | int
    | float
    | Decimal
    | bool
    | date
    | Status
    | Without
    | Pieces
    | tuple[str | float, Tone | None]
) | None
"""A text, number, day or status, a text in pieces, or a text or number with a tone; None is
empty."""
CellKind = Literal["text", "number", "day", "code", "status"]
"""A day or a code is never broken into lines."""
Width = Literal["", "medium", "large"]
ROW, HEADINGS = 29, 33
"""Heights in pixels: of a row with one line, and of the headings with the frame of the list."""
PARTS = ("table", "lists")
"""The kinds of parts whose scripts and styles a list needs."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its heading, its type of cells, its decimal `places`, whether it has long texts.

    Numbers above 0 are written in the colour of `tone`. A `spare` column is left out where the
    rows would otherwise be broken into lines. `card` is how a card of a phone writes the value,
    "{n}" in it, as in "overdue by {n} days"; where columns have one, those without stand behind the
    button of the card. The numbers of a `signed` column are changes: ▲ or ▼ stands before each.
    """

    name: str
    kind: CellKind = "text"
    places: int | None = None
    after: str = ""
    width: Width = ""
    help: str = ""
    tone: Tone | None = None
    spare: bool = False
    card: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Sorting:
    """The sorting of a list shown page by page: its column, and the callback that changes it."""

    at: int | None
    down: bool
    on_sort: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Choosing:
    """Rows that can be chosen: the indices of those that are, and the callback that takes
    others."""

    chosen: Sequence[int]
    on_choose: Callable[[tuple[int, ...]], None]


def draw(
    headings: Sequence[Heading],
    rows: Sequence[Sequence[Cell]],
    *,
    key: str,
    says: str,
    dark: bool,
    first: int,
    onward: Sequence[Part | None] = (),
    on_pick: Callable[[int], None] | None = None,
    sorting: Sorting | None = None,
    choosing: Choosing | None = None,
) -> None:
    """Draw `rows` under `headings`; `says` is the name of the list for screen readers.

    A click on a row follows its link in `onward`, or calls `on_pick` with its index; with
    `choosing` it chooses the row. The first `first` rows are shown until the user asks for all.
    Without `sorting` the browser sorts all rows.
    """
    shown = part(
        headings,
        rows,
        says=says,
        first=first,
        onward=onward,
        picks=on_pick is not None,
        sorting=sorting,
        chosen=choosing.chosen if choosing else None,
    )
    region = board.region("listed", shown, name=says)
    events: dict[str, Callable[[], None]] = {"on_go_change": lambda: board.go(key)}
    if on_pick:
        events["on_pick_change"] = lambda: called(key, "pick", len(rows), on_pick)
    if sorting:
        on_sort = sorting.on_sort
        events["on_sort_change"] = lambda: called(key, "sort", len(headings), on_sort)
    if choosing:
        on_choose = choosing.on_choose
        events["on_choose_change"] = lambda: _chosen(key, len(rows), on_choose)
    leads = bool(on_pick or sorting or choosing or any(onward))
    with room(HEADINGS + ROW * min(len(rows), first), key, "cards-"):
        _component()(
            key=key,
            data={"layout": "stack", "dark": dark, "regions": [region]},
            **(events if leads else {}),
        )


def part(
    headings: Sequence[Heading],
    rows: Sequence[Sequence[Cell]],
    *,
    says: str,
    first: int,
    onward: Sequence[Part | None] = (),
    picks: bool = False,
    sorting: Sorting | None = None,
    chosen: Sequence[int] | None = None,
) -> Part:
    """What the script draws a list from; the arguments are those of `draw`.

    `chosen` has the indices of the chosen rows; with None rows cannot be chosen.
    """
    return {
        "kind": "list",
        "says": says,
        "columns": [_heading(each) for each in headings],
        "rows": [[_cell(cell) for cell in row] for row in rows],
        "ways": list(onward) or [None] * len(rows),
        "picks": picks,
        "lead": _lead(headings),
        "first": first,
        "more": _("Show all {n} rows", n=len(rows)),
        "rest": _("More"),
        "nothing": NOTHING,
        "chosen": None if chosen is None else list(chosen),
        "choose": _("Choose"),
        "every": _("Choose all rows"),
        "paged": sorting is not None,
        "sorted": (
            {"at": sorting.at, "down": sorting.down} if sorting and sorting.at is not None else None
        ),
    }


def called(key: str, event: str, length: int, call: Callable[[int], None]) -> None:
    """Call with the place that an event of the element of this key told, if there is such a row."""
    place = st.session_state[key].get(event)
    # The value comes from the browser, so it is checked.
    if isinstance(place, int) and 0 <= place < length:
        call(place)


def _chosen(key: str, length: int, call: Callable[[tuple[int, ...]], None]) -> None:
    """Call with the indices of the rows chosen in the element of this key, in their order."""
    places = st.session_state[key].get("choose")
    # The value comes from the browser, so it is checked.
    if isinstance(places, list):
        known = {place for place in places if isinstance(place, int) and 0 <= place < length}
        call(tuple(sorted(known)))


def _heading(heading: Heading) -> Mapping[str, Any]:
    return {
        "name": heading.name,
        "kind": heading.kind,
        "places": heading.places,
        "after": heading.after,
        "wide": heading.width,
        "help": heading.help,
        "tone": str(heading.tone or ""),
        "spare": heading.spare,
        "card": heading.card,
        "signed": heading.signed,
    }


def _cell(cell: Cell) -> object:
    match cell:
        case Status():
            return board.status(cell)
        case Without():
            return {"without": cell.word}
        case Pieces():
            return cell.cell
        case (text, tone):
            return {"text": text, "tone": str(tone) if tone else ""}
        case Decimal():
            return float(cell)
        case date():
            return cell.isoformat()
        case bool():
            return _("yes") if cell else _("no")
        case "":
            return None
    return cell


def _lead(headings: Sequence[Heading]) -> int:
    """The index of the column that carries the link: the first with text."""
    texts = [at for at, heading in enumerate(headings) if heading.kind == "text"]
    return (
        texts[0]
        if texts
        else next((at for at, heading in enumerate(headings) if heading.kind != "status"), 0)
    )


@lru_cache(maxsize=1)
def _component() -> Any:
    return st.components.v2.component(
        "gridlight_list", js=board.script(PARTS), css=board.style(kinds=PARTS)
    )
