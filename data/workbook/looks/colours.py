"""The colours of rows, which offices often use to mark a row's state."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from colorsys import hls_to_rgb, rgb_to_hls, rgb_to_hsv

from data.workbook.archive.container import Container, UnreadableError
from data.workbook.archive.structure import walk

CELL = re.compile(rb"<(?:[^\s<>/:]+:)?c\b([^<>]*[^<>/])>")
ROW = re.compile(rb"\br\s*=\s*[\"'][A-Za-z]+([0-9]{1,7})[\"']")
STYLE = re.compile(rb"\bs\s*=\s*[\"']([0-9]+)[\"']")
RGB = re.compile("(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
HUES = ((15, "红"), (42, "橙"), (70, "黄"), (170, "绿"), (255, "蓝"), (320, "紫"), (361, "红"))
"""By the hue in degrees below which a colour has this name, from red through the circle."""
PALE = 0.07
"""The saturation below which a colour is none: white, grey and black. The palest green of the usual
theme, light by 80 %, has 0.09."""
DARK = 0.12
"""The brightness below which a colour is black."""
INDEXED = {
    2: "红", 3: "绿", 4: "蓝", 5: "黄", 10: "红", 11: "绿", 12: "蓝", 13: "黄", 17: "绿",
    18: "蓝", 30: "蓝", 42: "绿", 43: "黄", 44: "蓝", 50: "绿", 51: "黄", 52: "橙", 53: "橙",
    57: "绿", 60: "红",
}  # fmt: skip
"""The names of the colours of the old palette that have one."""
THEME = "xl/theme/theme1.xml"
OF_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
"""The colours of a theme in the order in which cells number them."""
USUAL_THEME = dict(
    zip(
        OF_THEME,
        (
            "FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000",
            "5B9BD5", "70AD47",
        ),
        strict=True,
    )
)  # fmt: skip
"""The theme that holds where a workbook brings none."""


def colour_name(rgb: str) -> str:
    """The common name of a colour in one Chinese character; empty for white, grey and black."""
    found = RGB.fullmatch(rgb)
    if found is None:
        return ""
    red, green, blue = (int(found[1][at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, value = rgb_to_hsv(red, green, blue)
    if saturation < PALE or value < DARK:
        return ""
    return next(name for below, name in HUES if hue * 360 < below)


def style_colours(container: Container, styles: str) -> dict[str, str]:
    """The colour name of each style, by its number: of the fill, else of the font."""
    if styles.lower() not in container.parts:
        return {}
    theme = _theme(container)
    colours: dict[str, list[str]] = {"font": [], "fill": []}
    in_list = {"font": False, "fill": False}
    found: list[tuple[int, int]] = []

    def style(name: str, attributes: Mapping[str, str], within: tuple[str, ...]) -> None:
        if name in colours:
            in_list[name] = within == (f"{name}s",)
            colours[name] += [""] * in_list[name]
        elif name == "fgColor" and in_list["fill"] and within == ("patternFill",):
            colours["fill"][-1] = _name(attributes, theme)
        elif name == "color" and in_list["font"] and within == ("font",):
            colours["font"][-1] = _name(attributes, theme)
        elif name == "xf" and within == ("cellXfs",):
            found.append((_number(attributes, "fillId"), _number(attributes, "fontId")))

    walk(container.whole(styles), style)
    names = (
        (str(at), _at(colours["fill"], fill) or _at(colours["font"], font))
        for at, (fill, font) in enumerate(found)
    )
    return {number: name for number, name in names if name}


def row_colours(chunks: Iterable[bytes], by_style: Mapping[str, str]) -> dict[int, str]:
    """The colour of each row's filled cells, by row number; rows with several colours or none
    are left out."""
    if not by_style:
        return {}
    wanted = {number.encode(): name for number, name in by_style.items()}
    found: dict[int, Counter[str]] = {}
    rest = b""
    for chunk in (*chunks, b"<"):
        rest += chunk
        cut = rest.rfind(b"<")
        for attributes in CELL.findall(rest[:cut]):
            style, row = STYLE.search(attributes), ROW.search(attributes)
            if style and row and style[1] in wanted:
                found.setdefault(int(row[1]), Counter())[wanted[style[1]]] += 1
        rest = rest[cut:]
    return {row: next(iter(names)) for row, names in found.items() if len(names) == 1}


def _theme(container: Container) -> dict[str, str]:
    """The colours of the workbook's theme as RRGGBB, by their names in the theme."""
    found: dict[str, str] = {}

    def element(name: str, attributes: Mapping[str, str], within: tuple[str, ...]) -> None:
        rgb = attributes.get("val" if name == "srgbClr" else "lastClr", "")
        if within and within[0] in OF_THEME and RGB.fullmatch(rgb):
            found.setdefault(within[0], rgb[-6:])

    if THEME in container.parts:
        try:
            walk(container.whole(THEME), element)
        except UnreadableError:
            # A theme only colours; the workbook is readable without it.
            return dict(USUAL_THEME)
    return USUAL_THEME | found


def _name(attributes: Mapping[str, str], theme: Mapping[str, str]) -> str:
    if rgb := attributes.get("rgb"):
        return colour_name(rgb)
    number = attributes.get("theme", "")
    if number.isdecimal():
        known = int(number) < len(OF_THEME)
        return colour_name(_tinted(theme[OF_THEME[int(number)]], attributes)) if known else ""
    indexed = attributes.get("indexed", "")
    return INDEXED.get(int(indexed), "") if indexed.isdecimal() else ""


def _tinted(rgb: str, attributes: Mapping[str, str]) -> str:
    """`rgb` made lighter (tint above 0) or darker, as spreadsheets do."""
    try:
        tint = float(attributes.get("tint", "0"))
    except ValueError:
        return rgb
    if not -1 <= tint <= 1:
        return rgb
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in hls_to_rgb(hue, light, saturation))


def _number(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "0")
    return int(text) if text.isdecimal() else 0


def _at(names: list[str], at: int) -> str:
    return names[at] if at < len(names) else ""
