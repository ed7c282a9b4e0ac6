"""Where a chart is looked at: the ground it lies on and the size of its type."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.charts.palette import DARK, LIGHT, Palette
from dashboard.charts.status_colours import (
    COVERED,
    COVERED_DARK,
    ON_DARK,
    ON_LIGHT,
    Shade,
    Tone,
)

TYPE = 12
"""Pixels, on a desk or a phone."""
FONT = "Source Sans, Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
"""As .streamlit/config.toml names it."""
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

    @property
    def tones(self) -> Mapping[Tone, Shade]:
        """The colours of a status: what is wanting is strong, what is fine is quiet."""
        return ON_DARK if self.dark else ON_LIGHT

    @property
    def covered(self) -> tuple[str, ...]:
        """The fills of a share by how much is wanting, the most first; breaks as in BREAKS."""
        return COVERED_DARK if self.dark else COVERED

    def px(self, pixels: float) -> int:
        """A length or size of type meant for a desk, as it must be here."""
        return round(pixels * (LARGE if self.large else 1))

    @property
    def config(self) -> dict[str, Any]:
        """The part of the Vega-Lite configuration that the browser's theme must not decide."""
        size = self.px(TYPE)
        if self.large:
            return self._whole(size)
        # The theme's own grey is too pale to be read.
        words = {
            # Vega can say them in English only, and each row says its values.
            "aria": False,
            "labelColor": self.colours.faint,
            "titleColor": self.colours.faint,
            "labelFontSize": size,
            "titleFontSize": size,
        }
        return {
            "view": {"stroke": None},
            "axis": words,
            "legend": {**words, "offset": self.px(8)},
            "text": {"fontSize": size},
        }

    def _whole(self, size: int) -> dict[str, Any]:
        """On a wall the browser's theme decides nothing: its sizes follow the screen already."""
        colours = self.colours
        words = {
            "aria": False,
            "labelColor": colours.type,
            "titleColor": colours.type,
            "labelFontSize": size,
            "titleFontSize": size,
            "titleFontWeight": "normal",
        }
        return {
            "background": "transparent",
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                **words,
                "gridColor": colours.pale,
                "domainColor": colours.pale,
                "tickColor": colours.pale,
                "labelPadding": self.px(4),
                "titlePadding": self.px(4),
            },
            "legend": {
                **words,
                "symbolSize": self.px(10) ** 2,
                "columnPadding": self.px(10),
                "offset": self.px(8),
            },
            "text": {"fontSize": size, "color": colours.type},
        }
