"""A figure as a tile: its value, both sides, its change, and its line over time."""

from collections.abc import Sequence

from dashboard.change_words import briefly
from dashboard.charts.status_colours import Tone
from dashboard.elements.board import Part
from dashboard.i18n import _
from data.figures.changes import Reason

SLIGHT = "slight"
"""The tone of a change for the worse that is not grave."""


def changed(
    text: str,
    against: str,
    good: bool | None,
    *,
    grave: bool = True,
    reason: Reason | None = None,
) -> Part:
    """A change as its mark, what it is compared with, and whether it is for the better; `text` is
    the mark without its word, and `reason` why a change is neither.

    `good` None is neither. The colour says only whether it is for the better: red for the worse,
    whatever the figure counts; the same in words is read out and shown on hovering. A change for
    the worse that is not `grave` has a quiet colour, and the word that says so.
    """
    part = {"text": briefly(text, good, grave=grave, reason=reason), "against": against}
    if good is None:
        return {**part, "tone": "", "worth": ""}
    if good:
        return {**part, "tone": str(Tone.GOOD), "worth": _("for the better")}
    return {**part, "tone": str(Tone.BAD) if grave else SLIGHT, "worth": _("for the worse")}


def beside(name: str, value: str, onward: Part | None = None, tone: str = "") -> Part:
    """A figure in the second line of a tile."""
    return {"name": name, "value": value, "way": onward, "tone": tone}


def figure(
    title: str,
    value: str,
    *,
    says: str = "",
    of: str = "",
    change: Part | None = None,
    line: Sequence[float | None] = (),
    second: Sequence[Part] = (),
    onward: Part | None = None,
    definition: str = "",
    tone: str = "",
    of_tone: str = "",
    sign: str = "",
    note: str = "",
    brief: str = "",
    apart: str = "",
) -> Part:
    """A figure; `tone` colours its value, "unknown" marks an unknown one, `of_tone` colours `of`.

    `sign` is a word that follows the title; `definition` is shown on hovering; `note` is a sentence
    below the value, which a small screen leaves out of a row of tiles unless it is said in a few
    words: in `brief` below the value, in `apart`, which sets the figure apart from others, beside
    its name.
    """
    return {
        "kind": "figure",
        "title": title,
        "says": says,
        "value": value,
        "of": of,
        "change": change,
        "line": list(line) or None,
        "second": list(second),
        "way": onward,
        "definition": definition,
        "tone": tone,
        "of_tone": of_tone,
        "sign": sign,
        "note": note,
        "brief": brief,
        "apart": apart,
    }


def figures(shown: Sequence[Part]) -> Part:
    """Several figures side by side in a card."""
    return {"kind": "figures", "figures": list(shown)}
