"""The sections of a page as tiles in a row: the state of each, and the link to it."""

from collections.abc import Sequence

from dashboard.charts.status_colours import SHAPES, Tone
from dashboard.elements.board import Part


def said(text: str, tone: Tone, change: Part | None = None) -> Part:
    """A statement about a section, in the colour of its tone and followed by a `change`
    (`figure.changed`)."""
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
    """A section with the statements about it, `stands` (`said`, the worst first), and the value of
    its figure, which `says` names in a short word where there is room.

    `onward` leads to the section, `to_list` from the value to the rows behind it; `shown` marks the
    section that the page shows. `change` (`figure.changed`) is that of the figure, and `definition`
    its definition, shown on hovering.
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
