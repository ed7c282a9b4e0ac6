"""A status is read by contrast, told apart by those who see fewer colours, and has a shape."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from dashboard import status
from dashboard.charts.palette import DARK, LIGHT, type_on
from dashboard.charts.status_colours import (
    BREAKS,
    COVERED,
    COVERED_DARK,
    ON_DARK,
    ON_LIGHT,
    SHAPES,
    Tone,
    step_of,
)
from dashboard.status import (
    DECISION_TONES,
    DISPOSAL_TONES,
    LIGHT_TONES,
    TASK_TONES,
    of_finding,
    of_grade,
    of_limit,
    tone_of_limit,
)
from models.disposal import DisposalState
from models.rules.light import Light
from models.rules.rectification import DUE_SOON_DAYS
from models.work import DecisionState, TaskState

GROUNDS = {"light": (ON_LIGHT, ("#FFFFFF", "#F5F7FA")), "dark": (ON_DARK, ("#13293D", "#0B1B2B"))}
# Severe forms, on linear light: Machado, Oliveira and Fernandes, 2009.
SIGHTS = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}
FAR_ENOUGH = 7
"""Of CIE 1976 lightness and colour; one is about the least that is seen side by side."""

every_ground = pytest.mark.parametrize("ground", GROUNDS)


def linear(colour: str) -> list[float]:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(colour: str) -> float:
    return sum(
        part * channel
        for part, channel in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True)
    )


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, sight: str) -> tuple[float, float, float]:
    """The colour as L*, a*, b* of somebody with that sight."""
    light = linear(colour)
    r, g, b = (
        min(1.0, max(0.0, sum(part * channel for part, channel in zip(row, light, strict=True))))
        for row in SIGHTS[sight]
    )
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@every_ground
def test_type_can_be_read_on_fills_and_on_the_ground(ground):
    shades, grounds = GROUNDS[ground]
    for tone, shade in shades.items():
        assert contrast(shade.on_fill, shade.fill) >= 4.5, tone
        for each in grounds:
            assert contrast(shade.type, each) >= 4.5, (tone, each)


@every_ground
@pytest.mark.parametrize("sight", SIGHTS)
def test_no_two_tones_look_alike_to_any_sight(ground, sight):
    shades, _grounds = GROUNDS[ground]
    for one, other in combinations(Tone, 2):
        apart = zip(seen(shades[one].fill, sight), seen(shades[other].fill, sight), strict=True)
        assert sum((a - b) ** 2 for a, b in apart) ** 0.5 >= FAR_ENOUGH, (one, other)


def test_every_tone_has_a_shape_of_its_own():
    assert len(set(SHAPES.values())) == len(Tone) == len(SHAPES)


@pytest.mark.parametrize("colours", [COVERED, COVERED_DARK])
def test_the_more_is_wanting_the_stronger_the_colour(colours):
    ground = "#FFFFFF" if colours is COVERED else "#13293D"
    strengths = [contrast(colour, ground) for colour in colours]
    assert strengths == sorted(strengths, reverse=True)
    assert len(colours) == len(BREAKS) + 1


def saturation(colour: str) -> float:
    """The distance of the strongest from the weakest channel, from 0 for grey to 1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return max(channels) - min(channels)


@pytest.mark.parametrize("steps", [COVERED_DARK, DARK.overdue[::-1]], ids=["shares", "overdue"])
def test_in_the_dark_the_worst_is_the_most_saturated_and_the_red_of_what_is_bad(steps):
    assert steps[0] == ON_DARK[Tone.BAD].fill == DARK.red
    saturations = [saturation(each) for each in steps]
    assert saturations[0] > max(saturations[1:])
    assert all(contrast(steps[0], ground) >= 3 for ground in GROUNDS["dark"][1])


@pytest.mark.parametrize(
    "bands", [LIGHT.overdue, DARK.overdue, COVERED[:3], COVERED_DARK[:3]], ids=str
)
@pytest.mark.parametrize("sight", [each for each in SIGHTS if each != "grey"])
def test_neighbouring_steps_of_what_is_wanting_are_told_apart_by_any_sight(bands, sight):
    for one, other in pairwise(bands):
        apart = zip(seen(one, sight), seen(other, sight), strict=True)
        assert sum((a - b) ** 2 for a, b in apart) ** 0.5 >= FAR_ENOUGH, (one, other)


@pytest.mark.parametrize("sight", SIGHTS)
def test_in_the_dark_the_steps_of_what_is_nearly_or_all_there_are_told_apart(sight):
    nearly, complete = COVERED_DARK[-2:]
    apart = zip(seen(nearly, sight), seen(complete, sight), strict=True)
    assert sum((a - b) ** 2 for a, b in apart) ** 0.5 >= 2 * FAR_ENOUGH


@pytest.mark.parametrize("fill", [*COVERED_DARK[1:3], *DARK.overdue[:2]])
def test_in_the_dark_no_step_of_what_is_wanting_is_a_grey(fill):
    assert saturation(fill) >= 0.2
    red, _green, blue = (int(fill[at : at + 2], 16) for at in (1, 3, 5))
    assert blue <= 0.6 * red


def test_in_the_dark_every_band_of_what_is_overdue_is_seen_on_a_panel():
    assert all(contrast(band, GROUNDS["dark"][1][0]) >= 3 for band in DARK.overdue)


@pytest.mark.parametrize(
    ("share", "step"), [(0.59, 0), (0.6, 1), (0.8, 2), (0.949, 2), (0.95, 3), (0.999, 3), (1, 4)]
)
def test_a_share_changes_its_colour_where_it_matters(share, step):
    assert step_of(share) == step


@pytest.mark.parametrize("colour", [*COVERED, *COVERED_DARK])
def test_type_is_read_on_every_step(colour):
    assert contrast(colour, type_on(colour)) >= 4.5


def test_silence_is_never_good_and_what_is_late_is_always_bad():
    assert LIGHT_TONES == {
        Light.RED: Tone.BAD,
        Light.YELLOW: Tone.WARN,
        Light.GREY: Tone.SILENT,
        Light.GREEN: Tone.GOOD,
    }
    late = (TASK_TONES[TaskState.LATE], DISPOSAL_TONES[DisposalState.LATE])
    assert {*late, DECISION_TONES[DecisionState.OVERDUE]} == {Tone.BAD}
    assert of_finding(None).tone is Tone.SILENT
    assert of_grade("").tone is Tone.SILENT


@pytest.mark.parametrize(
    ("days_left", "tone"),
    [
        (-400, Tone.BAD),
        (-1, Tone.BAD),
        (0, Tone.WARN),
        (DUE_SOON_DAYS, Tone.WARN),
        (DUE_SOON_DAYS + 1, Tone.GOOD),
    ],
)
def test_a_limit_is_red_once_it_is_over_and_yellow_while_it_is_near(days_left, tone):
    assert of_limit(days_left).tone is tone_of_limit(days_left) is tone


def test_no_screen_has_a_scale_of_lateness_of_its_own():
    own = re.compile(r"Tone\.\w+ if [^\n]*days\w* *[<>]")
    screens = (Path(status.__file__).parent / "screens").rglob("*.py")
    assert [each.name for each in screens if own.search(each.read_text(encoding="utf-8"))] == []
