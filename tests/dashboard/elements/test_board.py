"""The board's assets are there, write nothing as HTML, and take their colours from one place."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from dashboard.charts.status_colours import ON_DARK, ON_LIGHT, Tone
from dashboard.elements import (
    bars,
    board,
    figure,
    lights,
    matters,
    sections,
    table,
    tile_map,
    trend,
)
from dashboard.i18n import _
from dashboard.status import Status

ROOT = Path(__file__).parents[3]
ASSETS = sorted(board.FOLDER.glob("*.js")) + sorted(board.FOLDER.glob("*.css"))
FACES = {path.stem for path in board.FOLDER.glob("*.py")} - {"__init__"}


def test_every_asset_belongs_to_a_face_and_is_packaged():
    known = FACES | {"overview"}
    assert {path.stem for path in ASSETS} <= known
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    patterns = packaged["tool"]["setuptools"]["package-data"]["dashboard"]
    assert all(f"elements/*{path.suffix}" in patterns for path in ASSETS)


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: path.name)
def test_assets_write_no_html_and_ask_nothing_of_other_machines(path):
    text = path.read_text("utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", text)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|@import|url\(", text)


def test_styles_name_no_colour_of_a_status_themselves():
    named = {shade.fill.lower() for shade in (*ON_LIGHT.values(), *ON_DARK.values())}
    for path in board.FOLDER.glob("*.css"):
        assert not named & set(re.findall(r"#[0-9a-f]{6}", path.read_text("utf-8").lower()))


def test_every_tone_has_its_colours_on_both_grounds():
    style = board.style()
    for tone in Tone:
        assert f".board .{tone} {{ --fill: {ON_LIGHT[tone].fill}" in style
        assert f".board.dark .{tone} {{ --fill: {ON_DARK[tone].fill}" in style


def test_every_kind_of_part_has_a_script_that_draws_it():
    red = Status(Tone.BAD, "red")
    parts = [
        figure.figure("a", "1"),
        figure.figures([]),
        lights.lights([]),
        matters.matters([matters.matter(red, "what", "rule")]),
        matters.note("n"),
        matters.subhead("s"),
        matters.sentence([matters.piece("p", Tone.BAD)]),
        tile_map.tile_map([]),
        tile_map.legend([]),
        bars.bars([]),
        trend.trend([0.5], [], spoken=""),
        table.table([], [table.row([red, "x", ("1", Tone.BAD)])]),
        sections.sections([section("a", [])]),
    ]
    drawn = set(re.findall(r"KINDS\.(\w+) = ", board.script()))
    assert {part["kind"] for part in parts} == drawn
    json.dumps(parts)


def section(name, stands, shown=False):
    return sections.section(name, stands, "1", board.way("tasks", tab=name), shown=shown)


def test_a_section_has_the_light_of_what_is_worst_in_it_and_without_anything_none():
    stands = [sections.said("3 late", Tone.BAD), sections.said("2 behind", Tone.WARN)]
    lights = [section("a", stands), section("b", stands[1:]), section("c", [])]
    assert [(each["tone"], each["sign"]) for each in lights] == [
        ("bad", "●"),
        ("warn", "▲"),
        ("silent", "○"),
    ]
    assert stands == lights[0]["stands"]


def test_tiles_between_two_places_take_half_a_step():
    def at(column):
        return tile_map.tile("x", row=0, column=column, text="", lights=[])

    drawn = tile_map.tile_map([at(1), at(1.5), at(3)])
    assert [each["column"] for each in drawn["tiles"]] == [0, 1, 4]
    assert drawn["halves"] == 6


def test_the_axis_of_a_trend_begins_below_everything_it_shows():
    drawn = trend.trend([0.91, None, 0.95], [], spoken="", target=(0.82, "82%"))
    assert 0 < drawn["lowest"] < 0.82
    assert trend.trend([0.0, 0.5], [], spoken="")["lowest"] == 0


def test_a_change_for_the_worse_that_is_not_grave_says_so_in_a_word_and_a_quiet_colour() -> None:
    slight = figure.changed("▼ 1.0 pp", "against May", False, grave=False)
    assert slight["text"] == "▼ 1.0 pp 略差"
    assert slight["tone"] == figure.SLIGHT
    grave = figure.changed("▼ 5.0 pp", "against May", False)
    assert (grave["text"], grave["tone"], grave["worth"]) == (
        "▼ 5.0 pp",
        "bad",
        _("for the worse"),
    )
