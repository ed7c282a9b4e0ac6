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

    `act` says what is to be decided, `by` the pieces of what is to be done next, by whom and until
    when, `units` which units it concerns if they are several, `note` (a `note`) what was done about
    it before, `mark` what it asks for, in a frame beside what it is. One that is `kept` stays where
    there is no room for all; a `title` above it says what it is there for, as it then is not the
    next in order. A `brief` one has its status and its days in the line of what it is.
    """
    return {
        "status": status(shown),
        "whose": whose,
        "what": what,
        "mark": mark,
        "rule": rule,
        "act": act,
        "by": list(by),
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

    A `change` (`figure.changed`) follows the text in its own colour. What is said `aside` explains
    the other pieces: it stands in small type and is never left out.
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
    """A piece of a sentence that says of whom the others are; it is strong without a colour."""
    return {**piece(text, None, onward), "tone": "strong"}


def sentence(pieces: Sequence[Part], more: str = "") -> Part:
    """Pieces side by side, as one sentence.

    With `more` the browser shows the first few, and counts the others for "{n}" in `more`, which
    shows them when clicked.
    """
    return {"kind": "sentence", "pieces": list(pieces), "more": more}
