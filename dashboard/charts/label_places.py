"""Where labels beside the dots of a chart find room, at several widths of the chart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Side = Literal["right", "left"]
ROOMS = (0, 400, 700, 1000, 1300)
"""The widths at which labels are placed, in pixels of `LEGEND_ROOM`."""
BESIDE = 60
"""The pixels by which the drawing is wider than `LEGEND_ROOM`, less what the axis takes."""
LEAST = 240
"""The width of the drawing on the narrowest phone."""
HEIGHT, LINE, APART, DOT = 340, 18, 15, 9
"""Pixels: of the drawing, of a line of text, between dot and label, and half of a dot."""


@dataclass(frozen=True, slots=True)
class Place:
    """The side of its dot on which a label stands, and the least LEGEND_ROOM at which it does."""

    side: Side
    room: int


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def places(
    dots: Mapping[str, tuple[date | None, float]], labels: Mapping[str, int], *, mark: date
) -> dict[str, Place]:
    """Return the places of `labels` (their widths in pixels by code, the most important first).

    `dots` are all dots by code, each with its day and its height from 0; `mark` is the day of a
    vertical rule. A label stands where it meets no dot, no other label and not the rule. The first
    always stands somewhere; others without room are left out. What fits a narrow drawing also fits
    a wider one.
    """
    days = [day.toordinal() for day, _height in dots.values() if day] + [mark.toordinal()]
    first, span = min(days), max(max(days) - min(days), 1)
    highest = max([1.0, *(height for _day, height in dots.values())])
    at = {
        code: ((day.toordinal() - first) / span, 1 - height / highest)
        for code, (day, height) in dots.items()
        if day
    }
    found: dict[str, Place] = {}
    for room in ROOMS:
        width = max(room + BESIDE, LEAST)
        rule = (mark.toordinal() - first) / span * width
        taken = [_Box(rule - 2, rule + 2, 0, HEIGHT)]
        taken += [_dot(x * width, y * HEIGHT) for x, y in at.values()]
        taken += [_label(at[code], labels[code], each.side, width) for code, each in found.items()]
        for number, (code, length) in enumerate(labels.items()):
            if code in found or code not in at:
                continue
            free = next(_free(at[code], length, width, taken), None)
            if free is None and number == 0:
                free = "right" if at[code][0] <= 0.5 else "left"
            if free:
                found[code] = Place(free, room)
                taken.append(_label(at[code], length, free, width))
    return found


def _free(dot: tuple[float, float], length: int, width: int, taken: list[_Box]) -> Iterator[Side]:
    sides: tuple[Side, ...] = ("right", "left")
    for side in sides:
        box = _label(dot, length, side, width)
        inside = box.left >= 0 and box.right <= width
        if inside and not any(box.meets(other) for other in taken):
            yield side


def _dot(x: float, y: float) -> _Box:
    return _Box(x - DOT, x + DOT, y - DOT, y + DOT)


def _label(dot: tuple[float, float], length: int, side: Side, width: int) -> _Box:
    x, y = dot[0] * width, dot[1] * HEIGHT
    left = x + APART if side == "right" else x - APART - length
    return _Box(left, left + length, y - LINE / 2, y + LINE / 2)
