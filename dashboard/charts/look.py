"""Where a chart is looked at: the ground it lies on and the size of its type."""

from dataclasses import dataclass
from typing import Any

from dashboard.charts.palette import DARK, LIGHT, Palette

TYPE = 12
"""Pixels, on a desk or a phone."""
LARGE = 7 / 3
"""A wall screen is read from five metres: type of 28 pixels where it is 1920 wide."""


@dataclass(frozen=True)
class Look:
    """`dark` ground or light; `large` for the meeting screen."""

    dark: bool = False
    large: bool = False

    @property
    def colours(self) -> Palette:
        """What the colours are on this ground."""
        return DARK if self.dark else LIGHT

    def px(self, pixels: float) -> int:
        """A length or size of type meant for a desk, as it must be here."""
        return round(pixels * (LARGE if self.large else 1))

    @property
    def config(self) -> dict[str, Any]:
        """The part of the Vega-Lite configuration that the browser's theme must not decide."""
        size = self.px(TYPE)
        return {
            "view": {"stroke": None},
            "axis": {"labelFontSize": size, "titleFontSize": size},
            "legend": {
                "labelFontSize": size,
                "titleFontSize": size,
                "offset": self.px(8),
            },
            "text": {"fontSize": size},
        }
