"""The theme of Streamlit and the style of its pages: links and main buttons on either ground."""

import re
import tomllib
from pathlib import Path

import pytest

from dashboard import server
from tests.dashboard.contrast import contrast
from tests.dashboard.sights import apart

ROOT = Path(server.__file__).parents[1]
THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
CSS = (ROOT / "dashboard" / "page.css").read_text(encoding="utf-8")
TOLD_FROM_TEXT = 30
"""Of CIE 1976 lightness and colour: links are told from text at a glance."""

every_theme = pytest.mark.parametrize("theme", ["light", "dark"])


def grounds(theme: str) -> tuple[str, str]:
    return (THEMES[theme]["backgroundColor"], THEMES[theme]["secondaryBackgroundColor"])


@every_theme
@pytest.mark.parametrize("named", ["linkColor", "blueTextColor"])
def test_a_link_is_read_and_told_from_the_text_around_it(theme, named):
    link, text = THEMES[theme][named], THEMES[theme]["textColor"]
    assert all(contrast(link, ground) >= 4.5 for ground in grounds(theme))
    assert apart(link, text) >= TOLD_FROM_TEXT


@every_theme
def test_the_main_button_is_blue_with_white_on_it(theme):
    fills = re.findall(r"--main-fill: light-dark\((#\w{6}), (#\w{6})\)", CSS)
    assert len(fills) == 2, "at rest and under the pointer"
    for pair in fills:
        fill = pair[theme == "dark"]
        assert contrast(fill, "#FFFFFF") >= 4.5
        red, green, blue = (int(fill[at : at + 2], 16) for at in (1, 3, 5))
        assert blue > green > red
    at_rest = fills[0][theme == "dark"]
    assert all(contrast(at_rest, ground) >= 3 for ground in grounds(theme))
