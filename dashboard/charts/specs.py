"""Charts as Vega-Lite dictionaries without data, built once: one costs as much as a whole page."""

from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any

import altair as alt

from dashboard.charts.look import Look

Spec = dict[str, Any]
"""A Vega-Lite dictionary without data. It is shared: read it, never change it."""
Texts = Mapping[str, str]
"""Translated texts by name; upper-case names are the codes in the rows."""
Chart = Callable[..., alt.Chart | alt.LayerChart]
"""A function of this package: `(texts, look, **options)`."""

CHOICE = "choice"
"""The name of the selection in charts that can be clicked."""
ON_DESK = Look()
FIT = {"type": "fit-x", "contains": "padding"}
"""The width is that of the place; the height is for the marks, and legends and axes come on top."""


def spec(chart: Chart, texts: Texts, look: Look = ON_DESK, **options: Hashable) -> Spec:
    """What `chart` makes of these texts; the rows come in where it is drawn.

    A language is its texts, so no language needs to be named here.
    """
    return _built(chart, tuple(texts.items()), look, tuple(options.items()))


@cache
def _built(
    chart: Chart,
    texts: tuple[tuple[str, str], ...],
    look: Look,
    options: tuple[tuple[str, Hashable], ...],
) -> Spec:
    built = chart(dict(texts), look, **dict(options)).to_dict()
    return {**_without_data(built), "autosize": FIT, "config": look.config}


def _without_data(part: Spec) -> Spec:
    return {
        name: [_without_data(layer) for layer in value] if name == "layer" else value
        for name, value in part.items()
        if name not in ("data", "datasets")
    }
