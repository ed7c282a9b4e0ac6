"""A share over time with its target."""

from collections.abc import Sequence

from dashboard.charts.axis_start import STEP, axis_start
from dashboard.elements.board import Part


def trend(
    points: Sequence[float | None],
    days: Sequence[str],
    *,
    spoken: str,
    target: tuple[float, str] | None = None,
) -> Part:
    """`points` from 0 to 1 at equal steps; `days` are written below, `spoken` is for screen
    readers.

    The axis starts at least ten percent below the lowest point, so that a fall is visible.
    """
    shown = [point for point in points if point is not None] + ([target[0]] if target else [])
    lowest = axis_start(shown)
    lines = round((1 - lowest) / STEP)
    every = 1 if lines <= 3 else 2 if lines <= 6 else 5
    marks = [round(1 - step * STEP, 1) for step in range(0, lines + 1, every)]
    return {
        "kind": "trend",
        "points": list(points),
        "days": list(days),
        "said": spoken,
        "lowest": lowest,
        "marks": [{"share": mark, "text": f"{mark:.0%}"} for mark in marks],
        "target": {"share": target[0], "text": target[1]} if target else None,
    }
