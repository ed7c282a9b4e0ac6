"""The charts of a briefing as pictures, drawn beside the work and not in its way."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from dashboard.briefing import rendering
from dashboard.briefing.blocks import Chart
from dashboard.charts import picture, spec
from dashboard.charts.specs import ON_DESK

PIXELS, SCALE = 620, 3
"""How wide charts are drawn, and how many dots there are to a pixel: 300 dots to the inch."""
Pictures = Iterator[bytes]


class PicturesFailedError(Exception):
    """The charts could not be drawn."""


@contextmanager
def drawing(charts: Sequence[Chart]) -> Iterator[Pictures]:
    """The pictures of `charts`, one after another; they are being drawn while others are written.

    Raises `picture.FontsMissing` at once, and `PicturesFailedError` when one does not come.
    """
    fonts = picture.font_folders()
    asked = {"fonts": fonts, "scale": SCALE, "charts": [_whole(chart) for chart in charts]}
    process = subprocess.Popen(
        # Isolated: nothing from the folder it is started in, nor from the environment.
        [sys.executable, "-I", rendering.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdin and process.stdout
        try:
            json.dump(asked, process.stdin)
            process.stdin.close()
        except BrokenPipeError as error:
            raise PicturesFailedError from error
        yield _pictures(process.stdout, len(charts))
    finally:
        process.kill()
        process.wait()


def _whole(chart: Chart) -> dict[str, object]:
    drawn = spec(chart.drawing, dict(chart.texts), ON_DESK, **dict(chart.options))
    return picture.whole(drawn, chart.rows, PIXELS)


def _pictures(lines: Iterator[str], wanted: int) -> Pictures:
    for _number in range(wanted):
        line = next(lines, "")
        if not line:
            raise PicturesFailedError
        yield base64.b64decode(line)
