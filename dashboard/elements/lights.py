"""The bar of lights: the number of units in each, and its change."""

from collections.abc import Sequence

from dashboard.elements.board import Part, status
from dashboard.status import Status


def light(shown: Status, count: int, change: Part | None, onward: Part) -> Part:
    """A light, or another status: how many stand in it, their change (`figure.changed`) if it is
    known, and the link to them."""
    return {
        "status": status(shown),
        "count": count,
        "change": change,
        "way": onward,
    }


def lights(shown: Sequence[Part], beside: Sequence[Part] = (), *, counted: bool = False) -> Part:
    """The bar of lights, in the given order; `beside` (`figure.beside`) follows their words, which
    say the number again if they are `counted`."""
    return {
        "kind": "lights",
        "lights": list(shown),
        "beside": list(beside),
        "counted": counted,
    }
