"""Bars, whole or cut into segments, each a way to the rows it counts."""

from collections.abc import Mapping, Sequence

from dashboard.elements.board import Part


def segment(value: int, colour: str, word: str, onward: Part | None) -> Part:
    """A part of a bar; `colour` is plain, a tone, or band0 to band3."""
    return {"value": value, "text": str(value), "colour": colour, "word": word, "way": onward}


def bar(name: str, segments: Sequence[Part], total: str = "") -> Part:
    """A bar; `total` is written behind it."""
    return {"name": name, "segments": list(segments), "total": total}


def bars(rows: Sequence[Part]) -> Part:
    """Bars on one scale from zero."""
    return {"kind": "bars", "rows": list(rows)}


def key(colours: Mapping[str, str]) -> Part:
    """What the colours of segments say, by word."""
    entries = [{"colour": f"segment {colour}", "text": word} for word, colour in colours.items()]
    return {"kind": "legend", "entries": entries}
