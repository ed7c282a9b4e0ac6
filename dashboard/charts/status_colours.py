"""The colours of a status, for a light and a dark background; a status also has a shape and a word.

Bad statuses have strong colours, good ones quiet colours. Fills differ in lightness, so that they
can be told apart without colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """The meaning of a status for the reader, worst first."""

    BAD = "bad"
    WARN = "warn"
    SILENT = "silent"
    ONGOING = "ongoing"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Shade:
    """The colours of one tone on one background, each as #RRGGBB."""

    fill: str
    on_fill: str
    """Text and shapes on the fill."""
    type: str
    """Text and shapes on the background itself."""


SHAPES: Mapping[Tone, str] = {
    Tone.BAD: "●",
    Tone.WARN: "▲",
    Tone.SILENT: "○",
    Tone.ONGOING: "◆",
    Tone.GOOD: "■",
}
"""The sign of each tone, so that it can be read without its colour."""

ON_LIGHT: Mapping[Tone, Shade] = {
    Tone.BAD: Shade("#B42318", "#FFFFFF", "#A61B12"),
    Tone.WARN: Shade("#F4AE45", "#091B2E", "#8A4B00"),
    Tone.SILENT: Shade("#9AA5B0", "#091B2E", "#46525F"),
    Tone.ONGOING: Shade("#4C8BC4", "#091B2E", "#1B5E97"),
    Tone.GOOD: Shade("#CFE8DA", "#091B2E", "#26664A"),
}
ON_DARK: Mapping[Tone, Shade] = {
    Tone.BAD: Shade("#D9363E", "#FFFFFF", "#F9756C"),
    Tone.WARN: Shade("#E8AE48", "#091B2E", "#F7C469"),
    Tone.SILENT: Shade("#55636F", "#FFFFFF", "#B8C4D0"),
    Tone.ONGOING: Shade("#5B92C4", "#091B2E", "#A6CBE6"),
    Tone.GOOD: Shade("#225543", "#D7F0E3", "#8FD3B3"),
}
OF_FINDINGS: Mapping[str, Tone] = {
    "RECTIFIED": Tone.GOOD,
    "IN_PROGRESS": Tone.ONGOING,
    "UNRECTIFIED": Tone.BAD,
}
"""The tone of each public status of a finding, in the order of a stacked bar."""
COVERED = ("#B42318", "#D9661F", "#EDA566", "#CFE0EF", "#E7F0F8")
"""Fills for shares below 60%, 80%, 95%, 100%, and for 100%, from strong to quiet.

The worst is the red of a bad status on either background, and the most colourful.
"""
COVERED_DARK = ("#D9363E", "#C96B20", "#BE964C", "#2C567A", "#1A3046")
BREAKS = (0.60, 0.80, 0.95, 1.0)
"""The shares from which the next colour of COVERED is used."""


def step_of(share: float) -> int:
    """Return the index in COVERED of a share from 0 to 1."""
    return sum(share >= limit for limit in BREAKS)
