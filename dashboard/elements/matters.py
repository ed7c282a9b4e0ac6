"""A list of matters, a line of text with a link, a heading, and a sentence made of pieces."""

from collections.abc import Sequence

from dashboard.charts.status_colours import SHAPES, Tone
from dashboard.elements.board import Part, status
from dashboard.status import Status


def matter(
    shown: Status,
    what: str,
    rule: str,
    *,
    act: str = "",
    by: Sequence[str] = (),
    past: tuple[int, Tone] | None = None,
    units: str = "",
    note: Part | None = None,
    whose: str = "",
    mark: str = "",
    days: tuple[str, Tone] | None = None,
    onward: Part | None = None,
    kept: bool = False,
    title: str = "",
    brief: bool = False,
) -> Part:
    """A matter: its status, whom it concerns, what it is, why it is listed, and its link.

    `what` it is follows its status; `whose` names the unit that it concerns, `units` several of
    them; `rule` says why it is listed, `act` what is to be decided, `by` what is to be done next,
    by whom and until when, in pieces, of which the one at the place `past` names a limit that is
    past and has the colour and shape of its tone. `note` (a `note`) says what was done about it
    before, `mark`, in a frame, what it asks for, `days` for how long it has been late. One that is
    `kept` is shown even where others are left out for lack of room, with a `title` above it. A
    `brief` one has its status and days on the line of `what`.
    """
    return {
        "status": status(shown),
        "whose": whose,
        "what": what,
        "mark": mark,
        "rule": rule,
        "act": act,
        "by": list(by),
        "past": {"at": past[0], "tone": str(past[1]), "sign": SHAPES[past[1]]} if past else None,
        "units": units,
        "note": note,
        "days": {"text": days[0], "tone": str(days[1])} if days else None,
        "way": onward,
        "kept": kept,
        "title": title,
        "brief": brief,
    }


def matters(listed: Sequence[Part], fits: int = 0, rest: Part | None = None) -> Part:
    """The matters in order; with `fits`, only as many as there is room for, but at least `fits`.

    `rest` (a `board.left_out`) says how many are not shown.
    """
    return {"kind": "matters", "matters": list(listed), "fits": fits, "rest": rest}


def note(text: str, onward: Part | None = None) -> Part:
    """A line in small type, which may be a link."""
    return {"kind": "note", "text": text, "way": onward}


def subhead(text: str, says: str = "") -> Part:
    """The heading of a part within a card; `says` explains it in small type."""
    return {"kind": "subhead", "text": text, "says": says}


def piece(
    text: str,
    tone: Tone | None = None,
    onward: Part | None = None,
    change: Part | None = None,
    aside: bool = False,
) -> Part:
    """A piece of a sentence; with a tone it has the tone's colour and shape.

    A `change` (`figure.changed`) follows the text in its own colour. A piece that is `aside`
    explains the others, in small type; it is never left out.
    """
    return {
        "text": text,
        "tone": str(tone) if tone else "strong" if change else "",
        "sign": SHAPES[tone] if tone else "",
        "way": onward,
        "change": change,
        "aside": aside,
    }


def named(text: str, onward: Part | None = None) -> Part:
    """A piece that names the subject of a sentence, in bold and without a colour."""
    return {**piece(text, None, onward), "tone": "strong"}


def sentence(pieces: Sequence[Part], more: str = "") -> Part:
    """Pieces side by side, as one sentence.

    With `more` the browser shows the first few, and counts the others for "{n}" in `more`, which
    shows them when clicked.
    """
    return {"kind": "sentence", "pieces": list(pieces), "more": more}
