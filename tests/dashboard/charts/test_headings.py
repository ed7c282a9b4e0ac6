"""Headings, labels and legends of charts: cut nowhere, large on the wall."""

import pytest

from dashboard.charts import (
    Look,
    spec,
)
from tests.dashboard.charts.drawn import axis, built, layers
from tests.dashboard.charts.samples import SAMPLES


@pytest.mark.parametrize("look", [Look(), Look(dark=True), Look(large=True)])
def test_axes_and_legends_are_not_said_in_english(look):
    config = built("bands", look)["config"]
    assert config["axis"]["aria"] is config["legend"]["aria"] is False


@pytest.mark.parametrize(
    "name", ["status_by_type", "submission", "disposal_progress", "grades_by_kind", "review_rounds"]
)
def test_a_part_too_narrow_for_its_figure_has_it_beside_the_bar(name):
    drawn = built(name)
    beside = [
        layer
        for layer in layers(drawn)
        if layer["encoding"].get("text", {}).get("field") == "beside"
    ]
    (steps,) = (layer["transform"] for layer in beside)
    assert "datum.word + ' ' + datum.value" in str(steps[0]["calculate"])


def test_below_a_chart_of_the_same_colours_there_is_no_legend():
    sample = SAMPLES["status_by_type"]
    for legend in (True, False):
        drawn = spec(sample.chart, sample.texts, legend=legend)
        assert bool(drawn["layer"][0]["encoding"]["color"]["legend"]) is legend


def test_headings_of_wide_columns_have_two_lines():
    label = axis("sector_element", "x")["axis"]["labelExpr"]
    assert label.startswith("split(")
    assert axis("sector_element", "x")["axis"]["labelPadding"] > 14


@pytest.mark.parametrize("upright", [0, 6])
def test_headings_are_left_out_where_columns_are_narrower_than_type(upright):
    sample = SAMPLES["content_heat"]
    drawn = spec(sample.chart, sample.texts, upright=upright)
    label = drawn["layer"][0]["encoding"]["x"]["axis"]["labelExpr"]
    assert label.startswith("bandwidth('x') >= 10 ?")
    assert label.endswith(": ''")


def test_content_items_stand_one_a_row_and_none_of_their_names_is_left_out():
    drawn = axis("content_heat", "y")
    assert drawn["field"] == "item"
    assert drawn["axis"]["labelOverlap"] is False


def test_only_a_check_of_more_than_a_year_ago_is_written_with_its_days_and_never_with_a_sign():
    """“!53” would be read as 153."""
    sample = SAMPLES["content_heat"]
    drawn = spec(sample.chart, sample.texts, **sample.options)
    (written,) = (each["calculate"] for each in drawn["transform"] if each.get("as") == "long")
    assert "datum.shown === 'NONE'" in written, "days over a year alone"
    assert written.endswith(" ? '' + datum.days : datum.short")


def test_lines_of_headings_are_cut_where_their_columns_end():
    assert axis("sector_element", "x")["axis"]["labelLimit"] == {"expr": "bandwidth('x')"}


@pytest.mark.parametrize("name", ["sector_element", "duty_matrix", "content_heat"])
def test_headings_stand_in_the_middle_of_their_columns(name):
    assert axis(name, "x")["axis"]["labelFlush"] is False


def test_the_meeting_screen_has_larger_type():
    large = built("bands", Look(large=True))
    assert (
        large["config"]["axis"]["labelFontSize"] > built("bands")["config"]["axis"]["labelFontSize"]
    )
    assert large["height"]["step"] > built("bands")["height"]["step"]


def test_a_legend_has_the_colours_of_the_bars_also_where_a_layer_is_pale():
    legend = next(
        layer["encoding"]["color"]["legend"]
        for layer in layers(built("gantt"))
        if layer["encoding"].get("color", {}).get("legend")
    )
    assert legend["symbolOpacity"] == 1


@pytest.mark.parametrize("name", ["indicators", "point_bands"])
def test_long_names_of_rows_take_two_lines_where_they_would_take_the_room_of_bars(name):
    label = axis(name, "y")["axis"]
    assert label["labelExpr"].startswith("split(")
    assert label["labelOffset"]["condition"]["value"] < 0


@pytest.mark.parametrize("name", ["gantt", "completion"])
def test_on_a_phone_the_state_of_a_row_stands_before_its_name(name):
    (named,) = (
        step["calculate"] for step in built(name)["transform"] if step.get("as") == "labelled"
    )
    narrow, wide = named.split(" ? ")[1].split(" : ")
    assert narrow.startswith("datum.text") and narrow.endswith("datum.name")
    assert wide.startswith("datum.name") and wide.endswith("datum.text")


def test_a_time_line_without_events_has_no_legend_of_them():
    sample = SAMPLES["timeline"]
    texts = {code: text for code, text in sample.texts.items() if code != "EVENT"}
    for shown, entries in ((sample.texts, 4), (texts, 3)):
        domain = spec(sample.chart, shown)["layer"][1]["encoding"]["color"]["scale"]["domain"]
        assert len(domain) == entries


def test_room_beside_divided_bars_is_kept_only_where_a_figure_stands_there():
    (rule,) = (layer for layer in layers(built("review_rounds")) if layer["mark"]["type"] == "rule")
    narrow, widest, room = rule["transform"]
    assert narrow["calculate"].endswith("? 1 : 1.35")
    assert widest["joinaggregate"][0]["op"] == "max"
    assert room["calculate"] == "datum.longest * datum.widest"


def test_a_legend_of_bands_has_only_those_that_occur():
    for name, bands in (("indicators", ("FAIR", "GOOD")), ("point_bands", ("FAIL", "GOOD"))):
        sample = SAMPLES[name]
        drawn = spec(sample.chart, sample.texts, bands=bands)
        domains = [
            layer["encoding"]["color"]["scale"]["domain"]
            for layer in layers(drawn)
            if layer["encoding"].get("color", {}).get("legend")
        ]
        shown = [sample.texts[band] for band in bands]
        assert domains and all(domain[:2] == shown for domain in domains)


@pytest.mark.parametrize("name", ["timeline", "trend"])
def test_two_names_of_months_never_touch(name):
    names = axis(name, "x")["axis"]
    assert names["labelOverlap"] is True
    assert names["labelSeparation"] >= 12
