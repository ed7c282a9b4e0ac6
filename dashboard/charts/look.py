"""The look of a chart: dark or light background, and the size of its text."""

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
"""Text size in pixels on a desk or a phone."""
FONT = "Source Sans, Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
"""The same fonts as in .streamlit/config.toml."""
LARGE = 7 / 3
"""The scale of a wall, read from five metres: text of 28 pixels on a screen 1920 wide."""


@dataclass(frozen=True)
class Look:
    """The background (`dark` or light) and the size of text (`large` on the wall screen)."""

    dark: bool = False
    large: bool = False

    @property
    def colours(self) -> Palette:
        """The palette for this background."""
        return DARK if self.dark else LIGHT

    @property
    def tones(self) -> Mapping[Tone, Shade]:
        """The colours of each status: strong for bad ones, quiet for good ones."""
        return ON_DARK if self.dark else ON_LIGHT

    @property
    def covered(self) -> tuple[str, ...]:
        """The fills for the steps of a share, the worst step first; the limits are in BREAKS."""
        return COVERED_DARK if self.dark else COVERED

    def px(self, pixels: float) -> int:
        """Return a length in pixels, given for a desk, scaled to this look."""
        return round(pixels * (LARGE if self.large else 1))

    @property
    def config(self) -> dict[str, Any]:
        """The Vega-Lite configuration that must not be left to the browser's theme."""
        size = self.px(TYPE)
        if self.large:
            return self._whole(size)
        # The theme's grey has too little contrast.
        words = {
            # Vega describes axes in English only; each row is described by its tooltip.
            "aria": False,
            "labelColor": self.colours.faint,
            "titleColor": self.colours.faint,
            "labelFontSize": size,
            "titleFontSize": size,
        }
        return {
            "background": "transparent",
            "view": {"stroke": None},
            "axis": words,
            "legend": {**words, "offset": self.px(8)},
            "text": {"fontSize": size},
        }

    def _whole(self, size: int) -> dict[str, Any]:
        """Return the whole configuration for a wall, where the browser's theme is not used.

        The theme would scale text to the screen, as the stylesheet already does.
        """
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
                # It goes back from the right end, as names of rows leave little room beside them.
                "layout": {"anchor": "end"},
            },
            "text": {"fontSize": size, "color": colours.type},
        }
