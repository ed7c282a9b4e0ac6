"""Charts as PNG pictures for documents, from the same specs and rows as on screen."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import vl_convert

from dashboard.charts.palette import DARK, LIGHT
from dashboard.charts.specs import Spec

FONT = "Noto Sans SC"
FONT_PACKAGE = "pylopdf_fonts_zh_cn"
PADDING = {"left": 16, "top": 16, "right": 28, "bottom": 16}
"""More on the right: the renderer takes figures at the end of bars for narrower than they are."""
FONT_FILE = "NotoSansSC-Regular.otf"


class FontsMissing(RuntimeError):
    """Raised if the font package is missing: pictures would silently be drawn without any text."""


def png(
    spec: Spec,
    rows: Iterable[Mapping[str, object]],
    width: int,
    height: int | None = None,
    scale: float = 2,
    *,
    dark: bool = False,
) -> bytes:
    """Return a PNG of `scale` times `width` pixels; without `height` the chart's own height is
    used.

    Raises FontsMissing if the font package is not installed.
    """
    register_fonts()
    return vl_convert.vegalite_to_png(
        complete_spec(spec, rows, width, height, dark=dark), scale=scale
    )


def complete_spec(
    spec: Spec,
    rows: Iterable[Mapping[str, object]],
    width: int,
    height: int | None = None,
    *,
    dark: bool = False,
) -> dict[str, Any]:
    """Return the dictionary of a picture: the spec with its rows, size and theme."""
    drawn = {**spec, "data": _inline(rows), "width": width, "padding": PADDING}
    drawn["config"] = _merged(_theme(dark), spec.get("config", {}))
    # On screen a chart shows the ground that it stands on; a picture brings its own.
    drawn["background"] = (DARK if dark else LIGHT).ground
    if height is not None:
        drawn |= {"height": height, "autosize": {"type": "fit", "contains": "padding"}}
    return drawn


@cache
def register_fonts() -> None:
    """Register the packaged Chinese fonts with the renderer; needed only once."""
    for folder in font_folders():
        vl_convert.register_font_directory(folder)


def font_folders() -> list[str]:
    """Return the folders of the packaged Chinese fonts; raises FontsMissing if there are none."""
    package = find_spec(FONT_PACKAGE)
    folders = list(package.submodule_search_locations or ()) if package else []
    if not any((Path(folder) / FONT_FILE).is_file() for folder in folders):
        raise FontsMissing(
            f"{FONT_FILE} not found: install the package pylopdf-fonts-zh-cn, "
            "which brings the font that charts in documents are set in."
        )
    return folders


def _inline(rows: Iterable[Mapping[str, object]]) -> dict[str, Any]:
    """Return rows as inline data; dates get a time of day, as Vega would read them as UTC
    without one."""
    listed = [dict(row) for row in rows]
    dates = {name for row in listed for name, value in row.items() if isinstance(value, date)}
    for row in listed:
        for name in dates:
            if isinstance(value := row.get(name), date):
                row[name] = f"{value:%Y-%m-%d}T00:00:00"
    return {"values": listed, "format": {"parse": dict.fromkeys(dates, "date")}}


def _theme(dark: bool) -> dict[str, Any]:
    """Return the configuration that on screen is the browser's theme."""
    colours = DARK if dark else LIGHT
    words = {"labelColor": colours.type, "titleColor": colours.faint, "titleFontWeight": "normal"}
    return {
        "font": FONT,
        "axis": {
            **words,
            "gridColor": colours.pale,
            "gridOpacity": 0.6,
            "tickColor": colours.pale,
            "domainColor": colours.pale,
        },
        "legend": words,
    }


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return both dictionaries merged recursively; values of `other` take precedence."""
    return one | {
        name: one.get(name, {}) | value if isinstance(value, dict) else value
        for name, value in other.items()
    }
