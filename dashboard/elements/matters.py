"""A list of matters, a line of text with a way on, and a sentence made of pieces."""

from collections.abc import Sequence

from dashboard.charts.status_colours import SHAPES, Tone
from dashboard.elements.board import Part, status
from dashboard.status import Status


def matter(
    shown: Status,
    what: str,
    rule: str,
    *,
    whose: str = "",
    days: tuple[str, Tone] | None = None,
    onward: Part | None = None,
) -> Part:
    """One matter: its status, whose it is and what, why it is listed, where it leads."""
    return {
        "status": status(shown),
        "whose": whose,
        "what": what,
        "rule": rule,
        "days": {"text": days[0], "tone": str(days[1])} if days else None,
        "way": onward,
    }


def matters(listed: Sequence[Part], fits: int = 0) -> Part:
    """The matters in their order; with `fits` as many as there is room for, but at least those."""
    return {"kind": "matters", "matters": list(listed), "fits": fits}


def note(text: str, onward: Part | None = None) -> Part:
    """A line in small type, or a way on."""
    return {"kind": "note", "text": text, "way": onward}


def piece(text: str, tone: Tone | None = None, onward: Part | None = None) -> Part:
    """A piece of a sentence; with a tone it carries its colour and sign."""
    return {
        "text": text,
        "tone": str(tone) if tone else "",
        "sign": SHAPES[tone] if tone else "",
        "way": onward,
    }


def sentence(pieces: Sequence[Part]) -> Part:
    """Pieces side by side."""
    return {"kind": "sentence", "pieces": list(pieces)}
