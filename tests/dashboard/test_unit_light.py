"""A tile of the map says why it is red in other words than why it is yellow."""

from dashboard.screens.unit_light import IN_A_TILE
from data.coverage.light_reasons import LIGHTS
from models.rules.light import Light


def test_no_reason_for_red_is_said_in_the_words_of_one_for_yellow() -> None:
    words = {
        light: {IN_A_TILE[reason] for reason in IN_A_TILE if LIGHTS[reason] is light}
        for light in Light
    }
    assert words[Light.RED] and words[Light.YELLOW]
    assert not words[Light.RED] & words[Light.YELLOW]
