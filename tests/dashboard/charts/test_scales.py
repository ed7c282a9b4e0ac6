"""Scales of charts: order, range, targets, days, whole numbers."""

import re

import pytest

from dashboard.charts import (
    spec,
)
from dashboard.charts.look import TYPE, Look
from dashboard.charts.parts import legend_on_top
from dashboard.charts.specs import BESIDE_LEGEND_ON_WALL, LEGEND_ROOM
from dashboard.wall.layout import HALF
from tests.dashboard.charts.drawn import axis, built, layers, parts
from tests.dashboard.charts.samples import SAMPLES


@pytest.mark.parametrize(
    ("name", "by", "order"),
    [
        ("blind_spots", "value", "descending"),
        ("warnings_by_rule", "value", "descending"),
        ("dates_honestly", "hidden", "descending"),
        ("dimensions", "share", "ascending"),
    ],
)
def test_the_worst_stands_on_top(name, by, order):
    sort = axis(name, "y")["sort"]
    assert (sort["field"], sort.get("order", "ascending")) == (by, order)


def test_lights_stand_worst_first():
    assert axis("light_bar", "y")["sort"] == ["● 红", "▲ 黄", "○ 未报", "■ 绿"]


@pytest.mark.parametrize(
    ("name", "channel"), [("trend", "y"), ("trends", "y"), ("dimensions", "x")]
)
def test_a_share_is_drawn_on_its_whole_range(name, channel):
    assert axis(name, channel)["scale"]["domain"] == [0, 1]


def test_a_trend_that_begins_above_zero_has_no_area():
    sample = SAMPLES["trend"]
    drawn = spec(sample.chart, sample.texts, lowest=0.5)
    assert "area" not in {layer["mark"]["type"] for layer in drawn["layer"]}
    (domain,) = {
        tuple(part["domain"]) for part in parts(drawn) if "domain" in part and part["domain"]
    }
    assert domain == (0.5, 1)


@pytest.mark.parametrize("name", ["trend", "trends"])
def test_a_target_is_a_dashed_line_with_its_value(name):
    rules = [each for each in layers(built(name)) if each["mark"]["type"] == "rule"]
    assert ["strokeDash" in each["mark"] for each in rules] == [True]
    (told,) = {
        step["calculate"]
        for each in layers(built(name))
        for step in each.get("transform", ())
        if step.get("as") == "goal"
    }
    assert told.startswith('"目标" + ')


def test_lines_and_areas_are_clipped():
    for name in ("trend", "trends"):
        for layer in layers(built(name)):
            if layer["mark"]["type"] in ("line", "area"):
                assert layer["mark"]["clip"]


def test_counts_have_no_half_steps():
    assert axis("dates_honestly", "x")["axis"]["tickMinStep"] == 1


@pytest.mark.parametrize("name", ["status_by_type", "submission", "disposal_progress"])
def test_divided_bars_with_their_figures_have_an_axis_on_the_wall_only(name):
    sample = SAMPLES[name]
    on_wall = spec(sample.chart, sample.texts, Look(large=True))
    steps = {part["tickMinStep"] for part in parts(on_wall) if "tickMinStep" in part}
    assert steps == {1}
    assert axis(name, "x")["axis"] is None


def test_as_many_entries_of_a_legend_stand_in_a_row_as_fit():
    names = ["尚未到期", "到期未报", "按期报送", "逾期报送", "不适用"]
    columns = legend_on_top(names)["columns"].to_dict()["expr"]
    together, wide, narrow, _wide, widest = re.findall(r"\d+", columns)
    assert columns == (
        f"{LEGEND_ROOM} >= {together} ? {wide}"
        f" : max({narrow}, min({wide}, floor({LEGEND_ROOM} / {widest})))"
    )
    assert int(wide) == len(names) > int(narrow)
    # Entries of different widths take less room in one row than as many of the widest.
    assert int(together) < len(names) * int(widest)


def test_a_legend_in_english_stands_in_one_row_where_there_is_room_for_its_words():
    names = ["Late", "Behind schedule", "On schedule", "Done"]
    columns = legend_on_top(names)["columns"].to_dict()["expr"]
    together = int(re.findall(r"\d+", columns)[0])
    # About 6.5 pixels a sign of 12 pixels, and the symbol before each.
    assert together < 320


@pytest.mark.parametrize(
    "names",
    [
        ["In time", "In late", "Due today, not in", "Missing"],
        ["5A", "4A", "3A", "2A", "1A", "0A", "Unrated"],
        ["Excellent", "Good", "Fair", "Pass", "Fail"],
    ],
)
def test_on_the_wall_a_legend_in_english_stands_in_one_row_back_from_the_right_end(names):
    large = Look(large=True)
    columns = legend_on_top(names)["columns"].to_dict()["expr"]
    together = int(re.findall(r"\d+", columns)[0])
    assert together <= (HALF.width - BESIDE_LEGEND_ON_WALL) * TYPE / large.px(TYPE)
    assert large.config["legend"]["layout"] == {"anchor": "end"}


@pytest.mark.parametrize("name", ["trend", "trends", "gantt", "timeline"])
def test_days_are_written_the_same_in_every_locale(name):
    formats = {
        part["format"] for part in parts(built(name)) if "labelFlush" in part and "format" in part
    }
    assert "%y-%m" in formats


def test_on_the_wall_both_lines_of_a_tile_take_their_size_from_its_height():
    sample = SAMPLES["tile_map"]
    drawn = spec(sample.chart, sample.texts, Look(large=True), rows=5)
    sizes = [
        layer["mark"]["fontSize"]["expr"]
        for layer in drawn["layer"]
        if layer["mark"].get("type") == "text"
    ]
    parts_of_row = [float(each.partition("height / 5 * ")[2].rstrip(")")) for each in sizes]
    assert len(parts_of_row) == 2
    # A tile has nine tenths of its row; a line of Chinese or of numbers is no higher than its size.
    assert sum(parts_of_row) <= 0.9
