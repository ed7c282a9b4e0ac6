"""Bars, whole or in segments, each a link to the rows it counts."""

from collections.abc import Mapping, Sequence

from dashboard.elements.board import Part


def segment(value: int, colour: str, word: str, onward: Part | None) -> Part:
    """A segment of a bar; `colour` is "plain", a tone, or "band0" to "band3"."""
    return {"value": value, "text": str(value), "colour": colour, "word": word, "way": onward}


def bar(name: str, segments: Sequence[Part], total: str = "") -> Part:
    """A bar; `total` is written after it."""
    return {"name": name, "segments": list(segments), "total": total}


def bars(rows: Sequence[Part]) -> Part:
    """Bars on a common scale that starts at zero."""
    return {"kind": "bars", "rows": list(rows)}


def key(colours: Mapping[str, str]) -> Part:
    """The legend: the meaning of each colour of segments."""
    entries = [{"colour": f"segment {colour}", "text": word} for word, colour in colours.items()]
    return {"kind": "legend", "entries": entries}
