"""Draw the charts of a briefing in a second process, while the rest of the document is written."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Self

from dashboard.charts import picture, spec
from dashboard.charts.specs import ON_DESK
from dashboard.documents.briefing import rendering
from dashboard.documents.briefing.blocks import Chart

PIXELS, SCALE = 620, 3
"""The width of charts in pixels, and the dots for each pixel, which give 300 dots an inch."""
Pictures = Iterator[bytes]


class PicturesFailedError(Exception):
    """The charts could not be drawn."""


class Renderer:
    """A process that draws charts; it starts to load at once, and the `with` block ends it.

    Raises `picture.FontsMissing` when made, if there are no fonts.
    """

    def __init__(self) -> None:
        process = subprocess.Popen(
            # `-I` isolates it from modules in the current folder and from environment variables.
            [sys.executable, "-I", rendering.__file__, *picture.font_folders()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdin and process.stdout
        self._process, self._asked, self._drawn = process, process.stdin, process.stdout

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._asked, self._drawn):
            # The process may have ended before everything was sent.
            with suppress(BrokenPipeError):
                pipe.close()

    def draw(self, charts: Sequence[Chart]) -> Pictures:
        """The pictures of `charts` as PNG, drawn one by one in the background; can be called once.

        Raises `PicturesFailedError`, at once or from the iterator, if the process fails.
        """
        asked = {"scale": SCALE, "charts": [_whole(chart) for chart in charts]}
        try:
            self._asked.write(json.dumps(asked))
            self._asked.close()
        except BrokenPipeError as error:
            raise PicturesFailedError from error
        return _pictures(self._drawn, len(charts))


def _whole(chart: Chart) -> dict[str, object]:
    drawn = spec(chart.drawing, dict(chart.texts), ON_DESK, **dict(chart.options))
    return picture.complete_spec(drawn, chart.rows, PIXELS)


def _pictures(lines: Iterator[str], wanted: int) -> Pictures:
    for _number in range(wanted):
        line = next(lines, "")
        if not line:
            raise PicturesFailedError
        yield base64.b64decode(line)
