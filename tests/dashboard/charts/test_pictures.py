"""Charts as pictures, for documents."""

import struct
from datetime import date

import pytest

from dashboard.charts import (
    picture,
    spec,
)
from tests.dashboard.charts.drawn import built, every_chart
from tests.dashboard.charts.samples import SAMPLES


@every_chart
def test_spec_and_rows_make_a_picture(name):
    drawn = picture.png(built(name), SAMPLES[name].rows, width=390, scale=1)
    assert png_size(drawn)[0] <= 400
    assert len(drawn) > 3000


def png_size(image: bytes) -> tuple[int, int]:
    assert image.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def test_a_picture_shows_chinese():
    """Signs without a glyph are left out, so other words would make the same picture."""
    sample = SAMPLES["bands"]
    said = {band: "逾期" for band in sample.texts}
    other = {band: "整改" for band in sample.texts}
    assert picture.png(spec(sample.chart, said), sample.rows, 300) != picture.png(
        spec(sample.chart, other), sample.rows, 300
    )


def test_a_day_is_handed_over_as_a_day_of_the_place_it_is_drawn_in():
    assert picture._inline([{"on": date(2026, 6, 30)}, {"on": None}]) == {
        "values": [{"on": "2026-06-30T00:00:00"}, {"on": None}],
        "format": {"parse": {"on": "date"}},
    }


def test_missing_fonts_are_said_and_not_drawn_around(monkeypatch):
    monkeypatch.setattr(picture, "FONT_PACKAGE", "no_such_fonts")
    picture.register_fonts.cache_clear()
    with pytest.raises(picture.FontsMissing, match="pylopdf-fonts-zh-cn"):
        picture.png(built("bands"), SAMPLES["bands"].rows, 300)


@pytest.fixture(autouse=True)
def fonts_registered_anew():
    yield
    picture.register_fonts.cache_clear()
