"""The bar of lights: the number of units in each, and its change."""

from collections.abc import Sequence

from dashboard.elements.board import Part, status
from dashboard.status import Status


def light(shown: Status, count: int, change: Part, onward: Part) -> Part:
    """A light: its number of units, their change (`figure.changed`), and the link to the units."""
    return {
        "status": status(shown),
        "count": count,
        "change": change,
        "way": onward,
    }


def lights(shown: Sequence[Part]) -> Part:
    """The bar of lights, in the given order."""
    return {"kind": "lights", "lights": list(shown)}
