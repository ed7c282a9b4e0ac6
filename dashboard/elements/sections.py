"""The sections of a page as tiles in a row: how each of them stands, and the way to it."""

from collections.abc import Sequence

from dashboard.charts.status_colours import SHAPES, Tone
from dashboard.elements.board import Part


def said(text: str, tone: Tone, change: Part | None = None) -> Part:
    """What stands in a section, in the colour of its tone; a `change` (`figure.changed`) follows
    it."""
    return {"text": text, "tone": str(tone), "change": change}


def section(
    name: str,
    stands: Sequence[Part],
    value: str,
    onward: Part,
    *,
    shown: bool,
    says: str = "",
    change: Part | None = None,
    to_list: Part | None = None,
    definition: str = "",
) -> Part:
    """A section with what `stands` in it (`said`, the worst first) and the value of its figure,
    for which `says` is a short word where there is room.

    `onward` leads to the section, `to_list` from the value to the rows behind it; `shown` marks the
    section that the page shows. `change` (`figure.changed`) is that of the figure, of which
    `definition` is shown on hovering.
    """
    tone = Tone(stands[0]["tone"]) if stands else Tone.SILENT
    return {
        "name": name,
        "tone": str(tone),
        "sign": SHAPES[tone],
        "stands": list(stands),
        "says": says,
        "value": value,
        "way": onward,
        "shown": shown,
        "change": change,
        "to_list": to_list,
        "definition": definition,
    }


def sections(listed: Sequence[Part]) -> Part:
    """The sections side by side; on a phone below one another."""
    return {"kind": "sections", "sections": list(listed)}
