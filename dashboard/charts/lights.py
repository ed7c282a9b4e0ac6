"""Lights in charts: colours, signs, and the number of units with each light."""

from collections.abc import Mapping

import altair as alt

from dashboard.charts.bars import bars
from dashboard.charts.look import Look
from dashboard.charts.palette import SHAPES
from dashboard.charts.parts import names, tip, word_colours, words
from dashboard.charts.specs import Texts

LIGHTS = "lights"


def fills(look: Look) -> Mapping[str, str]:
    """Return the colour of each light, worst first."""
    colours = look.colours
    return {
        "RED": colours.red,
        "YELLOW": colours.yellow,
        "GREY": colours.silence_edge,
        "GREEN": colours.done,
    }


def signs(texts: Texts) -> Mapping[str, str]:
    """Return each light's shape and word."""
    return {light: f"{shape} {texts[light]}" for light, shape in SHAPES.items()}


def light_bar(texts: Texts, look: Look) -> alt.LayerChart:
    """The number of units with each light, worst first, each with its sign.

    Columns: code (RED, YELLOW, GREY, GREEN), value (int). Texts: the four lights. Selects a light
    by `code`.
    """
    signs_and_words = signs(texts)
    return (
        bars(
            look,
            y=names("word", look).sort(list(signs_and_words.values())),
            colour=word_colours(signs_and_words, fills(look), legend=False),
            view=LIGHTS,
        )
        .transform_calculate(word=words(signs_and_words, "code", signs_and_words))
        .transform_calculate(tip=tip("word", "value"))
    )
