"""A board: all regions of a page, or a row of figures, as one element of Streamlit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from dashboard import address, going
from dashboard.charts.look import Look
from dashboard.charts.palette import DARK, LIGHT, Palette, type_on
from dashboard.charts.status_colours import (
    COVERED,
    COVERED_DARK,
    ON_DARK,
    ON_LIGHT,
    Shade,
    Tone,
)
from dashboard.i18n import _
from dashboard.navigation import ALL_PAGES
from dashboard.status import Status

Part = Mapping[str, Any]
"""The data that the script of a part draws; values must be valid in JSON."""
Region = Mapping[str, Any]
Layout = Literal["overview", "row", "stack", "sides"]
Place = Literal["over", "main", "beside"]
FOLDER = Path(__file__).parent
KINDS = ("figure", "lights", "matters", "tile_map", "bars", "trend", "table", "sections")
"""The kinds of parts; each has a script and a style of its name in this folder."""


def way(page: str, **asked: str | None) -> Part:
    """A link to a page: a click stays in this session; the address can be opened in a new tab."""
    return {
        "to": page,
        "asked": {name: value for name, value in asked.items() if value is not None},
        "href": address.to(page, **asked),
    }


def list_way(figure: str, bucket: str = "", node: str | None = None) -> Part:
    """A link to the list behind a figure."""
    if node:
        return way("list", figure=figure, bucket=bucket or None, node=node)
    return way("list", figure=figure, bucket=bucket or None)


def of_day(given: Any, day: date) -> Any:
    """Regions or parts with each link asking for `day`: what they lead to is counted to it too."""
    if isinstance(given, Mapping):
        if given.keys() == {"to", "asked", "href"}:
            return way(given["to"], **{**given["asked"], "as_of": day.isoformat()})
        return {name: of_day(value, day) for name, value in given.items()}
    if isinstance(given, list | tuple):
        return [of_day(each, day) for each in given]
    return given


def left_out(beyond: int, onward: Part, text: str = "") -> Part:
    """What is said of a list of which `beyond` entries are not sent, with the link to all.

    The browser adds those that it has no room for, and writes the sum for "{n}" in `text`.
    """
    return {"beyond": beyond, "text": text or _("{n} more ›", n="{n}"), "way": onward}


def status(shown: Status) -> Part:
    """The data of a status pill: tone, shape, word, and whether it has no fill."""
    return {
        "tone": str(shown.tone),
        "sign": shown.sign,
        "word": shown.word,
        **({"quiet": True} if shown.quiet else {}),
    }


def region(
    area: str,
    *parts: Part,
    title: str = "",
    says: str = "",
    name: str = "",
    onward: Part | None = None,
    plain: bool = False,
    place: Place = "beside",
) -> Region:
    """A card with `parts` below one another; `area` is its place in the layout.

    `name` names a region without `title` for screen readers; `onward` is the link of the title.
    In the layout "sides" it stands at `place`: over both columns, in the wide one, or beside it.
    """
    return {
        "area": area,
        "title": title,
        "says": says,
        "name": name,
        "way": onward,
        "plain": plain,
        "place": place,
        "parts": list(parts),
    }


def board(
    key: str, regions: Sequence[Region], *, layout: Layout, look: Look, fill: bool = False
) -> None:
    """Mount `regions` as one element; with `fill` they take the height left on a wide screen."""
    _component()(
        key=key,
        data={"layout": layout, "dark": look.dark, "fill": fill, "regions": list(regions)},
        on_go_change=lambda: go(key),
    )


def go(key: str) -> None:
    """Follow the link of the last click in the element `key`."""
    chosen = st.session_state[key].get("go")
    # The value comes from the browser, so unknown pages are ignored.
    if isinstance(chosen, dict) and any(page.name == chosen.get("to") for page in ALL_PAGES):
        asked = chosen.get("asked") or {}
        going.go(str(chosen["to"]), **{str(name): str(value) for name, value in asked.items()})


@lru_cache(maxsize=1)
def _component() -> Any:
    return st.components.v2.component("gridlight_board", js=script(), css=style("overview"))


def script(kinds: Sequence[str] = KINDS) -> str:
    """The scripts of the board and of `kinds` of parts, as one module."""
    return "\n".join(_text(f"{name}.js") for name in ("board", *kinds))


def style(*more: str, kinds: Sequence[str] = KINDS) -> str:
    """The styles of the board, of `kinds` of parts and `more`, with all colours."""
    return "\n".join((*_colours(), *(_text(f"{name}.css") for name in ("board", *kinds, *more))))


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _colours() -> Iterator[str]:
    for where, shades, palette, covered in (
        (".board", ON_LIGHT, LIGHT, COVERED),
        (".board.dark", ON_DARK, DARK, COVERED_DARK),
    ):
        yield f"{where} {{ {' '.join(_variables(shades, palette))} }}"
        for tone, shade in shades.items():
            yield (
                f"{where} .{tone} {{ --fill: {shade.fill}; --on-fill: {shade.on_fill};"
                f" --on-ground: {shade.type}; }}"
            )
        for name, fill in _fills(shades, palette):
            yield f"{where} .segment.{name} {{ background: {fill}; color: {type_on(fill)}; }}"
        for step, fill in enumerate(covered):
            yield f"{where} .step{step} {{ background: {fill}; color: {type_on(fill)}; }}"


def _variables(shades: Mapping[Tone, Shade], palette: Palette) -> Iterator[str]:
    yield f"--line: {palette.plain}; --goal: {palette.failing}; --cell-edge: {palette.cell_edge};"
    for tone, shade in shades.items():
        yield f"--{tone}-type: {shade.type}; --{tone}-fill: {shade.fill};"
        yield f"--{tone}-on: {shade.on_fill};"


def _fills(shades: Mapping[Tone, Shade], palette: Palette) -> Iterator[tuple[str, str]]:
    yield "plain", palette.plain
    for place, fill in enumerate(palette.overdue):
        yield f"band{place}", fill
    for tone in (Tone.BAD, Tone.ONGOING, Tone.GOOD):
        yield str(tone), shades[tone].fill
