"""Charts as the dictionaries they become, and what stands in these."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from dashboard.charts import (
    Look,
    Spec,
    spec,
)
from tests.dashboard.charts.samples import SAMPLES


def built(name: str, look: Look | None = None) -> Spec:
    sample = SAMPLES[name]
    return spec(sample.chart, sample.texts, look or Look(), **sample.options)


def layers(of: Spec) -> Sequence[Spec]:
    return of.get("layer", [of])


def parts(of: Any) -> Iterator[Mapping[str, Any]]:
    """Every dictionary inside."""
    if isinstance(of, dict):
        yield of
    for part in of.values() if isinstance(of, dict) else of if isinstance(of, list) else ():
        yield from parts(part)


def axis(name: str, channel: str) -> Mapping[str, Any]:
    return next(
        found
        for layer in layers(built(name))
        if (found := layer["encoding"].get(channel, {})).get("field")
    )


every_chart = pytest.mark.parametrize("name", SAMPLES)
