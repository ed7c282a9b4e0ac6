"""Holds for every chart: types, tooltips, texts, a way by code, a sample."""

import inspect

import pytest

from dashboard.charts import (
    CHOICE,
    Look,
)
from dashboard.charts.specs import clickable_spec
from tests.dashboard.charts.drawn import built, every_chart, layers, parts
from tests.dashboard.charts.samples import CHART_MODULES, SAMPLES


def test_every_chart_of_the_package_has_a_sample():
    charts = {
        name
        for module in CHART_MODULES
        for name, made in vars(module).items()
        if inspect.isfunction(made)
        and made.__module__ == module.__name__
        and list(inspect.signature(made).parameters)[:2] == ["texts", "look"]
    }
    assert charts == set(SAMPLES)


@every_chart
def test_spec_holds_no_data(name):
    assert not [part for part in parts(built(name)) if part.keys() & {"data", "datasets"}]


@every_chart
def test_every_field_has_its_type(name):
    secondary = {"x2", "y2"}  # These take the type of their first.
    for layer in layers(built(name)):
        for channel, encoding in layer["encoding"].items():
            if channel not in secondary and "field" in encoding:
                assert "type" in encoding, (channel, encoding)


@every_chart
def test_docstring_names_every_column_of_the_sample(name):
    described = inspect.getdoc(SAMPLES[name].chart) or ""
    columns = {column for row in SAMPLES[name].rows for column in row}
    assert {column for column in columns if column not in described} == set()


@every_chart
def test_no_label_is_cut_but_by_the_end_of_its_column(name):
    for part in parts(built(name)):
        if "ticks" in part and "labelPadding" in part:
            assert part["labelLimit"] in (0, {"expr": "bandwidth('x')"})


@every_chart
def test_tooltips_show_no_column_names(name):
    for layer in layers(built(name)):
        assert layer["encoding"].get("tooltip", {"field": "tip"})["field"] == "tip"


@every_chart
def test_a_row_is_said_as_its_tooltip_and_marks_that_only_repeat_are_silent(name):
    said = [layer for layer in layers(built(name)) if layer["mark"].get("aria", True)]
    assert said
    for layer in said:
        assert layer["encoding"]["description"] == layer["encoding"]["tooltip"]
        assert layer["mark"]["type"] not in ("text", "rule", "line", "area")
    whole = [each for each in said if "filter" not in str(each.get("transform"))]
    assert len(said) == 1 or not whole


@every_chart
def test_a_chart_that_leads_on_is_chosen_from_by_code_and_shows_a_hand(name):
    sample = SAMPLES[name]
    drawn = clickable_spec(sample.chart, sample.texts, Look(), **sample.options)
    (param,) = (each for each in drawn["params"] if "select" in each)
    assert (param["name"], param["select"]["fields"]) == (CHOICE, ["code"])
    named = {layer.get("name") for layer in layers(drawn)}
    assert set(param.get("views", ())) <= named
    assert drawn["config"]["mark"]["cursor"] == "pointer"
    assert "mark" not in built(name)["config"]


@every_chart
def test_the_same_question_is_answered_by_the_same_spec(name):
    assert built(name) is built(name)


@pytest.mark.parametrize(
    "name",
    [
        "tile_map",
        "sector_element",
        "content_heat",
        "blind_spots",
        "duty_matrix",
        "post_matrix",
        "timeline",
        "light_bar",
        "completion",
    ],
)
def test_a_click_chooses_by_code(name):
    (param,) = (each for each in built(name)["params"] if "select" in each)
    assert param["name"] == CHOICE
    assert param["select"]["fields"] == ["code"]


def test_the_bars_of_projects_have_a_line_at_the_whole_and_can_be_chosen():
    drawn = built("completion")
    bar, line, *_names, says = drawn["layer"]
    assert (line["mark"]["type"], line["encoding"]["x"]["datum"]) == ("rule", 1)
    assert says["encoding"]["text"]["value"] == "资金全额100%"
    (choice,) = (each for each in drawn["params"] if "select" in each)
    assert choice["views"] == [bar["name"]]
