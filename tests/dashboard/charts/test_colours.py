"""Colours of charts: status, silence, shares, contrast on either ground."""

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import dashboard
from dashboard.charts import (
    Look,
    palette,
    spec,
    status_colours,
)
from dashboard.charts.share_steps import step_words
from dashboard.charts.status_colours import Tone
from dashboard.elements.board import style
from dashboard.status import PUBLIC_TONES
from tests.dashboard.charts.drawn import built, layers, parts
from tests.dashboard.charts.samples import SAMPLES
from tests.dashboard.contrast import contrast
from tests.dashboard.sights import FAR_ENOUGH, SIGHTS, apart, colourful


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("name", "code"),
    [("status_by_type", "未整改"), ("submission", "未报"), ("disposal_progress", "逾期")],
)
def test_what_is_wanting_stands_out_more_than_what_is_fine(name, code, dark):
    look = Look(dark=dark)
    fill = built(name, look)["layer"][0]["encoding"]["color"]["scale"]
    colours = dict(zip(fill["domain"], fill["range"], strict=True))
    ground, done = look.colours.ground, fill["domain"][0]
    bad, fine = (colours[word] for word in (next(each for each in colours if code in each), done))
    assert contrast(bad, ground) > contrast(fine, ground) + (1.5 if dark else 2)
    assert colourful(bad) > 2 * colourful(fine)


def test_a_blind_spot_is_seen_on_either_ground():
    sample = SAMPLES["content_heat"]
    for look in (Look(), Look(dark=True)):
        drawn = spec(sample.chart, sample.texts, look, **sample.options)
        fill = drawn["layer"][0]["encoding"]["color"]["scale"]
        colours = dict(zip(fill["domain"], fill["range"], strict=True))
        blind, fresh = (colours[sample.texts[each]] for each in ("NONE", "NORMAL"))
        assert contrast(blind, look.colours.ground) >= 3
        assert contrast(fresh, look.colours.ground) < contrast(blind, look.colours.ground)


def test_what_was_never_checked_is_grey_as_silence_is():
    sample = SAMPLES["content_heat"]
    for look in (Look(), Look(dark=True)):
        drawn = spec(sample.chart, sample.texts, look, **sample.options)
        fill = drawn["layer"][0]["encoding"]["color"]["scale"]
        colours = dict(zip(fill["domain"], fill["range"], strict=True))
        assert colours[sample.texts["NEVER"]] == look.tones[status_colours.Tone.SILENT].fill


@pytest.mark.parametrize("dark", [False, True])
def test_a_normal_check_is_nearly_the_ground_beside_a_problem_and_one_that_is_missing(dark):
    look, texts = Look(dark=dark), SAMPLES["content_heat"].texts
    fill = built("content_heat", look)["layer"][0]["encoding"]["color"]["scale"]
    colours = dict(zip(fill["domain"], fill["range"], strict=True))
    ground = look.colours.panel
    assert contrast(colours[texts["NORMAL"]], ground) < 1.2
    assert colourful(colours[texts["NORMAL"]]) < colourful(colours[texts["NONE"]]) / 2
    for wanting in ("PROBLEM", "NONE"):
        assert contrast(colours[texts[wanting]], ground) > 3


def test_in_the_dark_the_quietest_cell_has_an_edge_that_is_seen():
    colours, quiet = palette.DARK, status_colours.COVERED_DARK[-1]
    assert contrast(colours.cell_edge, quiet) >= 1.7 < contrast(colours.cell_edge, colours.panel)
    for name in ("sector_element", "content_heat"):
        stroke = str(built(name, Look(dark=True))["layer"][0]["encoding"]["stroke"])
        assert colours.cell_edge in stroke
    assert f"--cell-edge: {colours.cell_edge}" in style()
    assert re.search(r"\.tile \{[^}]*var\(--cell-edge\)", style())


@pytest.mark.parametrize("sight", [each for each in SIGHTS if each != "grey"])
def test_in_the_dark_no_two_results_of_a_check_have_the_same_colour(sight):
    drawn = built("content_heat", Look(dark=True))
    colours = drawn["layer"][0]["encoding"]["color"]["scale"]["range"]
    for one, other in combinations([colour for colour in colours if colour.startswith("#")], 2):
        assert apart(one, other, sight) >= FAR_ENOUGH, (one, other)


@pytest.mark.parametrize(
    ("warm", "said"),
    [
        (False, ["<60%", "60–80%", "80–95%", "95–<100%", "100%"]),
        (True, [">40%", "20–40%", "5–20%", "<5%", "0%"]),
    ],
)
def test_a_scale_of_shares_breaks_where_it_matters(warm, said):
    assert step_words(warm=warm) == said


@pytest.mark.parametrize("dark", [False, True])
def test_lights_have_the_colours_they_are_called_by_and_silence_is_no_green(dark):
    colours = Look(dark=dark).colours
    scale = built("light_bar", Look(dark=dark))["layer"][0]["encoding"]["color"]["scale"]
    shown = dict(zip([word[2:] for word in scale["domain"]], scale["range"], strict=True))
    assert (shown["红"], shown["黄"]) == (colours.red, colours.yellow)
    assert (shown["未报"], shown["绿"]) == (colours.silence_edge, colours.done)


def test_a_range_that_missed_has_the_colour_of_failing():
    texts, points = SAMPLES["ranges"].texts, built("ranges")["layer"][1]
    scale = points["encoding"]["color"]["scale"]
    shown = dict(zip(scale["domain"], scale["range"], strict=True))
    colours = Look().colours
    assert shown == {texts["HELD"]: colours.done, texts["MISSED"]: colours.failing}


def test_silence_is_dashed_and_has_its_own_word():
    drawn = built("tile_map")
    fill = drawn["layer"][0]["encoding"]["color"]["scale"]
    assert (fill["domain"][-1], fill["range"][-1]) == ("尚无单位", palette.LIGHT.silence)
    assert any("strokeDash" in layer["mark"] for layer in drawn["layer"])


def framed(**options: Any) -> dict[str, str]:
    """By the condition under which a tile has a frame, the colour of the frame."""
    sample = SAMPLES["tile_map"]
    drawn = spec(sample.chart, sample.texts, **options)
    return {
        str(layer["transform"][-1]["filter"]): layer["mark"]["stroke"]
        for layer in layers(drawn)
        if layer["mark"]["type"] == "rect" and layer["mark"].get("strokeWidth", 0) >= 2
    }


def test_the_tile_where_one_is_has_a_frame():
    assert framed(here="02")['datum.code === "02"'] == palette.LIGHT.type


def test_low_shares_have_a_frame_where_a_limit_is_set():
    assert framed(below=0.2)["isValid(datum.share) && datum.share < 0.2"] == palette.LIGHT.failing
    assert framed()["false"] == palette.LIGHT.failing


def test_of_a_warm_share_much_is_the_colour_of_failing():
    sample = SAMPLES["tile_map"]
    fill = spec(sample.chart, sample.texts, warm=True)["layer"][0]["encoding"]["color"]["scale"]
    assert fill["domain"][:5] == [">40%", "20–40%", "5–20%", "<5%", "0%"]
    assert fill["range"][:5] == list(status_colours.COVERED)


def test_every_light_has_its_own_shape():
    assert len(set(palette.SHAPES.values())) == 4


@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_type_stands_out_on_its_ground(colours):
    assert contrast(colours.type, colours.ground) >= 7
    assert contrast(colours.faint, colours.ground) >= 4.5


@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_type_can_be_read_on_every_fill(colours):
    fills = (
        *colours.overdue,
        *colours.grades,
        colours.done,
        colours.ongoing,
        colours.failing,
        colours.silence,
        colours.checked,
    )
    for fill in fills:
        assert contrast(fill, palette.type_on(fill)) >= 4.5, fill


@pytest.mark.parametrize("dark", [False, True])
def test_a_public_status_has_one_colour_in_every_chart_and_pill(dark):
    look = Look(dark=dark)
    for name in ("status_by_type", "timeline"):
        texts = SAMPLES[name].texts
        scales = [
            dict(zip(part["domain"], part["range"], strict=True))
            for layer in layers(built(name, look))
            if layer["mark"]["type"] != "text"
            for part in parts(layer)
            if "domain" in part and "range" in part
        ]
        for status, tone in PUBLIC_TONES.items():
            if status is not None:
                fills = {scale[word] for scale in scales for word in scale if texts[status] in word}
                assert fills == {look.tones[tone].fill}


def test_the_longest_overdue_stands_out_most():
    against_ground = [contrast(fill, palette.LIGHT.ground) for fill in palette.LIGHT.overdue]
    assert against_ground == sorted(against_ground)
    # In the dark, where a yellow is lighter than a red, by its colour.
    strengths = [colourful(fill) for fill in palette.DARK.overdue]
    assert strengths == sorted(strengths)


@pytest.mark.parametrize("dark", [False, True])
def test_numbers_of_units_are_red_where_they_count_what_is_late(dark):
    sample, look = SAMPLES["ranked_numbers"], Look(dark=dark)
    for late, fill in ((True, look.colours.red), (False, look.colours.plain)):
        drawn = spec(sample.chart, sample.texts, look, late=late)
        assert drawn["layer"][0]["encoding"]["color"]["value"] == fill


@pytest.mark.parametrize("dark", [False, True])
def test_reports_that_are_missing_are_red_late_ones_amber_and_those_due_today_neither(dark):
    look = Look(dark=dark)
    texts = {**SAMPLES["submission"].texts, "DUE_TODAY": "今天到期"}
    scale = spec(SAMPLES["submission"].chart, texts, look)["layer"][0]["encoding"]["color"]["scale"]
    fills = dict(zip(scale["domain"], scale["range"], strict=True))
    assert {code: fills[word] for code, word in texts.items() if word in fills} == {
        "ON_TIME": look.tones[Tone.GOOD].fill,
        "LATE": look.tones[Tone.WARN].fill,
        "DUE_TODAY": look.tones[Tone.ONGOING].fill,
        "MISSING": look.tones[Tone.BAD].fill,
    }


def test_the_line_of_the_briefing_has_the_plain_colour_and_its_target_that_of_failing():
    drawn = built("trend", Look(large=False))
    colours = [
        value
        for layer in layers(drawn)
        for part in parts(layer)
        for value in part.values()
        if value in (palette.LIGHT.plain, palette.LIGHT.failing)
    ]
    assert set(colours) == {palette.LIGHT.plain, palette.LIGHT.failing}


def test_the_ground_behind_names_of_tasks_is_that_of_their_panel():
    css = (Path(dashboard.__file__).parent / "page.css").read_text(encoding="utf-8")
    for dark, panel in ((False, palette.LIGHT.panel), (True, palette.DARK.panel)):
        halos = {
            part["stroke"]
            for part in parts(built("gantt", Look(dark=dark)))
            if part.get("strokeJoin") == "round"
        }
        assert halos == {panel}
    assert f"background-color: light-dark({palette.LIGHT.panel}, {palette.DARK.panel});" in css


@pytest.mark.parametrize("dark", [False, True])
def test_bands_of_points_are_seen_on_their_panel_and_in_the_legend(dark):
    look = Look(dark=dark)
    (colour,) = (
        layer["encoding"]["color"]
        for layer in layers(built("point_bands", look))
        if layer["encoding"].get("color", {}).get("legend")
    )
    assert contrast(colour["legend"]["symbolStrokeColor"], look.colours.panel) >= 3
    if dark:
        assert min(contrast(fill, look.colours.panel) for fill in colour["scale"]["range"]) > 1.5


def test_the_year_before_has_the_mark_of_its_legend():
    coloured = [
        each
        for each in layers(built("indicators"))
        if each["encoding"].get("color", {}).get("legend")
    ]
    assert {each["encoding"]["color"]["legend"]["symbolType"] for each in coloured} == {"circle"}
    assert {each["mark"]["type"] for each in coloured} == {"point"}


def test_every_passing_grade_is_seen_on_its_panel_in_the_dark():
    grades = palette.DARK.grades
    seen = [contrast(each, palette.DARK.panel) for each in grades]
    assert min(seen) >= 1.45
    # The best is the quietest.
    assert seen == sorted(seen)


@pytest.mark.parametrize("dark", [False, True])
def test_money_is_the_warmer_the_longer_it_is_idle_and_what_is_not_idle_is_quiet(dark):
    colours = Look(dark=dark).colours
    drawn = built("idle_by_age", Look(dark=dark))["layer"][0]["encoding"]["color"]["scale"]
    shades = dict(zip(drawn["domain"], drawn["range"], strict=True))
    assert [shades[place] for place in range(4)] == [colours.pale, *colours.overdue[1:]]
