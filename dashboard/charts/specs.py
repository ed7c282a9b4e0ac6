"""Charts as Vega-Lite dictionaries without data, cached, since building one takes as long as a
page."""

from collections.abc import Callable, Collection, Hashable, Mapping
from functools import cache
from typing import Any

import altair as alt

from dashboard.charts.look import TYPE, Look

Spec = dict[str, Any]
"""A Vega-Lite dictionary without data. It is shared: read it, never change it."""
Texts = Mapping[str, str]
"""Translated texts by name; upper-case names are the codes in the rows."""
Chart = Callable[..., alt.Chart | alt.LayerChart]
"""A chart function of this package, called as `(texts, look, **options)`."""

CHOICE = "choice"
"""The name of the selection in charts that can be clicked."""
CHOSEN = "chosen"
"""The name given to the clickable view in charts that do not name one themselves."""
LEGEND_ROOM = "legend_room"
"""The parameter of every chart that holds the pixels in which a legend may stand in one row."""
BESIDE_LEGEND = 100
"""Pixels on the left of a legend, for the names of the rows."""
BESIDE_LEGEND_ON_WALL = 20
"""On a wall a legend ends with the chart and goes back above the names, as `Look.config` has it."""
SOLID = ("bar", "rect", "point")
ON_DESK = Look()
PADDING = {"left": 2, "top": 4, "right": 5, "bottom": 4}
"""Pixels around a chart; Streamlit would leave 20 below it."""
FIT = {"type": "fit-x", "contains": "padding"}
"""Fit the width to the container; the height is that of the marks, without legends and axes."""


def clickable_spec(chart: Chart, texts: Texts, look: Look = ON_DESK, **options: Hashable) -> Spec:
    """Return the `spec` of a chart with links: a click selects rows by `code`, and the cursor is
    a hand."""
    return _clickable(chart, tuple(texts.items()), look, tuple(options.items()))


def spec(chart: Chart, texts: Texts, look: Look = ON_DESK, **options: Hashable) -> Spec:
    """Return the cached Vega-Lite dictionary of `chart` for these texts, without rows.

    The texts are part of the cache key, so that each language has its own entry.
    """
    return _built(chart, tuple(texts.items()), look, tuple(options.items()))


def least_height(drawn: Spec, rows: Collection[Mapping[str, object]]) -> float:
    """Return the height in pixels of the chart's marks for these rows, without legends and axes."""
    height = drawn.get("height", 0)
    if not isinstance(height, Mapping):
        return float(height) if isinstance(height, int | float) else 0
    fields = {
        field
        for layer in drawn.get("layer", [drawn])
        if (field := layer.get("encoding", {}).get("y", {}).get("field"))
    }
    lines = max((len({row.get(field) for row in rows}) for field in fields), default=0)
    return float(height["step"]) * lines


@cache
def _built(
    chart: Chart,
    texts: tuple[tuple[str, str], ...],
    look: Look,
    options: tuple[tuple[str, Hashable], ...],
) -> Spec:
    built = chart(dict(texts), look, **dict(options)).to_dict()
    drawn = _said_once(_without_data(built))
    return {
        **drawn,
        "params": [*drawn.get("params", ()), _legend_room(look)],
        "autosize": FIT,
        "padding": PADDING,
        "config": look.config,
    }


def _legend_room(look: Look) -> Spec:
    """Return the parameter LEGEND_ROOM; on a wall in the pixels of a page, as text is larger."""
    if look.large:
        room = f"max(0, containerSize()[0] - {BESIDE_LEGEND_ON_WALL}) / {look.px(TYPE) / TYPE:.4f}"
        return {"name": LEGEND_ROOM, "expr": room}
    # The width of the drawing itself changes with its axes, after a legend has its place.
    return {"name": LEGEND_ROOM, "expr": f"containerSize()[0] - {BESIDE_LEGEND}"}


@cache
def _clickable(
    chart: Chart,
    texts: tuple[tuple[str, str], ...],
    look: Look,
    options: tuple[tuple[str, Hashable], ...],
) -> Spec:
    built = _built(chart, texts, look, options)
    return _choosing({**built, "config": {**built["config"], "mark": {"cursor": "pointer"}}})


def _choosing(drawn: Spec) -> Spec:
    """Return the spec with a selection by `code` on its first solid marks, unless the chart has
    one.

    A click on any layer counts, as the layers form a single view for the selection.
    """
    others = drawn.get("params", [])
    if any(param.get("name") == CHOICE for param in others):
        return drawn
    select: Spec = {"name": CHOICE, "select": {"type": "point", "fields": ["code"]}}
    if "layer" not in drawn:
        return {**drawn, "params": [*others, select]}
    layers = list(drawn["layer"])
    at = next(place for place, each in enumerate(layers) if each["mark"]["type"] in SOLID)
    layers[at] = {**layers[at], "name": CHOSEN}
    return {**drawn, "layer": layers, "params": [*others, {**select, "views": [CHOSEN]}]}


def _without_data(part: Spec) -> Spec:
    return {
        name: [_without_data(layer) for layer in value] if name == "layer" else value
        for name, value in part.items()
        if name not in ("data", "datasets")
    }


def _said_once(drawn: Spec) -> Spec:
    """Return the spec with one layer that describes each row to screen readers by its tooltip.

    All other layers are hidden from screen readers. By default Vega would describe every mark, and
    repeat a row for each text on it.
    """
    if "layer" not in drawn:
        return _saying_tooltips(drawn)
    layers = drawn["layer"]
    spoken = [each for each in layers if "tooltip" in each["encoding"] and not _is_type(each)]
    # A layer of only some rows repeats them if another layer has all rows.
    speaking = [each for each in spoken if not _filtered(each)][:1] or spoken
    return {
        **drawn,
        "layer": [
            _saying_tooltips(each)
            if any(each is one for one in speaking)
            else {**each, "mark": {**each["mark"], "aria": False}}
            for each in layers
        ],
    }


def _saying_tooltips(drawn: Spec) -> Spec:
    encoding = drawn["encoding"]
    return {**drawn, "encoding": {**encoding, "description": encoding["tooltip"]}}


def _is_type(layer: Spec) -> bool:
    return bool(layer["mark"]["type"] == "text")


def _filtered(layer: Spec) -> bool:
    return any("filter" in step for step in layer.get("transform", ()))
