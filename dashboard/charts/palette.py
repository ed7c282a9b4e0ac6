"""The colours with a meaning, for a light and a dark background; theme colours are not here.

Adjacent colours can be told apart without telling red from green, and every colour is used together
with a word or a shape.
"""

from dataclasses import dataclass

INK = "#091B2E"
"""Text on a pale fill, on light and dark pages."""
PAPER = "#FFFFFF"
"""Text on a strong fill, on light and dark pages."""

SHAPES = {"RED": "●", "YELLOW": "▲", "GREY": "○", "GREEN": "■"}
"""The sign of each light, so that it can be read without its colour."""


@dataclass(frozen=True)
class Palette:
    """The colours for one background, as #RRGGBB."""

    type: str
    """Text beside a mark."""
    faint: str
    """Secondary text and rules."""
    chosen: str
    """The outline of what was clicked."""
    ground: str
    """The background of a chart; also the line between adjacent fills."""
    panel: str
    """The background of a panel of a page; behind letters it holds a line off."""
    plain: str
    """A quantity that is neither good nor bad."""
    pale: str
    """The part of a whole that has not happened yet."""
    done: str
    """Rectified, on time, completed."""
    ongoing: str
    """In progress, not due."""
    failing: str
    """Unrectified, missing, late, the weakest."""
    overdue: tuple[str, str, str, str]
    """Overdue bands, shortest to longest: ever more saturated, the longest the red of `red`."""
    grades: tuple[str, str, str, str]
    """Passing grades, best first; the best has the quietest colour."""
    cell_edge: str
    """The line around cells and tiles: the ground, or in the dark a line by which quiet ones are
    seen."""
    checked: str
    """A normal check of the last year: nearly the ground, so that gaps stand out beside it."""
    silence: str
    """No data: neither good nor bad."""
    silence_edge: str
    red: str
    """The red light, a red warning."""
    yellow: str
    """The yellow light, a yellow warning."""
    series: tuple[str, ...]
    """Lines of equal rank, which also differ in their dashes."""


LIGHT = Palette(
    type=INK,
    faint="#5B6B7B",
    chosen="#D95F02",
    ground="#FFFFFF",
    panel="#FFFFFF",
    plain="#2171B5",
    pale="#C9DDEE",
    done="#2F7D5B",
    ongoing="#62A8D8",
    failing="#D95F02",
    overdue=("#F7B27A", "#EE8A3C", "#D95F02", "#B42318"),
    grades=("#E7F0F8", "#CFE0EF", "#A6CBE6", "#62A8D8"),
    cell_edge="#FFFFFF",
    checked="#F4F8FB",
    silence="#E4E7EB",
    silence_edge="#6B7785",
    red="#B42318",
    yellow="#C27C0E",
    series=("#083E7E", "#D95F02", "#2F7D5B", "#62A8D8", "#7A5195", "#5B6B7B"),
)
DARK = Palette(
    type="#F0F4F8",
    faint="#9FB0C2",
    chosen="#FFB454",
    ground="#0B1B2B",
    panel="#13293D",
    plain="#62A8D8",
    pale="#2B4763",
    done="#31825F",
    ongoing="#5B92C4",
    failing="#EE8A3C",
    overdue=("#C9A75B", "#D08B45", "#C96B20", "#D9363E"),
    grades=("#26465F", "#305A7C", "#3F72A2", "#63A0D8"),
    cell_edge="#3C566E",
    checked="#15283B",
    silence="#434D58",
    silence_edge="#9FB0C2",
    red="#D9363E",
    yellow="#E8AE48",
    series=("#8CC4EE", "#EE8A3C", "#4CAF82", "#F0F4F8", "#B79AD6", "#9FB0C2"),
)


def type_on(fill: str) -> str:
    """Return INK or PAPER, whichever has more contrast on `fill`."""
    light = _luminance(fill) + 0.05
    return PAPER if (_luminance(PAPER) + 0.05) / light > light / (_luminance(INK) + 0.05) else INK


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour as defined in WCAG 2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
