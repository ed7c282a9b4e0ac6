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
from dashboard.elements import board
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
from models.rectification import PublicStatus, State
from models.rules.light import Light
from models.rules.rectification import DUE_SOON_DAYS
from models.work import DecisionState, TaskState
from tests.dashboard.contrast import contrast
from tests.dashboard.sights import FAR_ENOUGH, SIGHTS, apart, colourful, seen

GROUNDS = {"light": (ON_LIGHT, ("#FFFFFF", "#F5F7FA")), "dark": (ON_DARK, ("#13293D", "#0B1B2B"))}
every_ground = pytest.mark.parametrize("ground", GROUNDS)


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
        assert apart(shades[one].fill, shades[other].fill, sight) >= FAR_ENOUGH, (one, other)


def test_every_tone_has_a_shape_of_its_own():
    assert len(set(SHAPES.values())) == len(Tone) == len(SHAPES)


def test_the_more_is_wanting_the_stronger_the_colour():
    strengths = [contrast(colour, "#FFFFFF") for colour in COVERED]
    assert strengths == sorted(strengths, reverse=True)
    assert len(COVERED) == len(COVERED_DARK) == len(BREAKS) + 1


# In the dark a yellow is lighter than a red, or it is an olive: the colour itself has to alarm.
@pytest.mark.parametrize("steps", [COVERED_DARK, DARK.overdue[::-1]], ids=["shares", "overdue"])
def test_in_the_dark_the_more_is_wanting_the_more_colourful_up_to_the_red_of_what_is_bad(steps):
    assert steps[0] == ON_DARK[Tone.BAD].fill == DARK.red
    strengths = [colourful(each) for each in steps]
    assert strengths == sorted(strengths, reverse=True)
    assert all(more > less + 5 for more, less in pairwise(strengths))
    wanting = steps[:3] if steps is COVERED_DARK else steps
    for ground in GROUNDS["dark"][1]:
        assert all(contrast(each, ground) >= 3 for each in wanting)


def test_in_the_dark_no_yellow_is_an_olive_and_no_orange_a_brown():
    """Olive and brown are what a dark yellow and a dark orange are called."""
    for steps in (COVERED_DARK[1:3], DARK.overdue[2::-1]):
        lightness = [seen(each, "all colours")[0] for each in steps]
        assert lightness[0] > 50 and lightness[1] > 60
        assert lightness == sorted(lightness)


def test_in_the_dark_what_is_good_is_quiet_but_seen_on_the_ground():
    good = ON_DARK[Tone.GOOD].fill
    for ground, least in zip(GROUNDS["dark"][1], (1.7, 2), strict=True):
        assert least <= contrast(good, ground) < contrast(ON_DARK[Tone.BAD].fill, ground) / 1.7


@every_ground
def test_on_what_is_bad_one_writes_in_white(ground):
    assert GROUNDS[ground][0][Tone.BAD].on_fill == "#FFFFFF"


@pytest.mark.parametrize(
    "bands", [LIGHT.overdue, DARK.overdue, COVERED[:3], COVERED_DARK[:3]], ids=str
)
@pytest.mark.parametrize("sight", [each for each in SIGHTS if each != "grey"])
def test_neighbouring_steps_of_what_is_wanting_are_told_apart_by_any_sight(bands, sight):
    for one, other in pairwise(bands):
        assert apart(one, other, sight) >= FAR_ENOUGH, (one, other)


@pytest.mark.parametrize("sight", SIGHTS)
def test_in_the_dark_the_steps_of_what_is_nearly_or_all_there_are_told_apart(sight):
    nearly, complete = COVERED_DARK[-2:]
    assert apart(nearly, complete, sight) >= 2 * FAR_ENOUGH


@pytest.mark.parametrize("fill", [*COVERED_DARK[1:3], *DARK.overdue[:2]])
def test_in_the_dark_no_step_of_what_is_wanting_is_a_grey(fill):
    assert colourful(fill) >= 40
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


def test_badges_of_the_wall_have_the_colours_of_their_tones_on_either_ground():
    style = (Path(status.__file__).parent / "wall.css").read_text(encoding="utf-8")
    for tone in Tone:
        rule = style.split(f'wall-tone-{tone}-"] .stMarkdownBadge {{')[1].split("}")[0]
        for named, of in (("color", "on_fill"), ("background", "fill")):
            said = re.search(rf"\s{named}: ([^;]*) !important", rule).group(1)
            light, dark = getattr(ON_LIGHT[tone], of), getattr(ON_DARK[tone], of)
            assert said == (light if light == dark else f"light-dark({light}, {dark})")


def test_no_screen_has_a_scale_of_lateness_of_its_own():
    own = re.compile(r"Tone\.\w+ if [^\n]*days\w* *[<>]")
    screens = (Path(status.__file__).parent / "screens").rglob("*.py")
    assert [each.name for each in screens if own.search(each.read_text(encoding="utf-8"))] == []


def test_a_state_in_which_nobody_rectifies_has_a_sign_of_its_own_in_the_same_colour():
    states = (State.RECTIFYING, State.REVIEWING, State.SUSPENDED)
    found = [of_finding(PublicStatus.IN_PROGRESS, state) for state in states]
    assert {each.tone for each in found} == {Tone.ONGOING}
    signs = [board.status(each)["sign"] for each in found]
    assert signs == [each.text.split()[0] for each in found]
    assert signs[0] == SHAPES[Tone.ONGOING]
    assert len({*signs, *SHAPES.values()}) == len(SHAPES) + 2
