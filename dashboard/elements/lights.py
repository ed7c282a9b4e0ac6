"""The bar of lights: how many units stand in each, and how that changed."""

from collections.abc import Sequence

from dashboard.elements.board import Part, status
from dashboard.status import Status


def light(shown: Status, count: int, change: str, tone: str, onward: Part) -> Part:
    """One light: how many units, the change in words and its tone, the way to the units."""
    return {
        "status": status(shown),
        "count": count,
        "change": {"text": change, "tone": tone},
        "way": onward,
    }


def lights(shown: Sequence[Part]) -> Part:
    """The bar, in the order given."""
    return {"kind": "lights", "lights": list(shown)}
