"""Room is kept for what is drawn late, and never more than it takes."""

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.charts import rectification, spec
from dashboard.charts.specs import least_height
from dashboard.elements.room import FINE_STEP, MOST, MOST_FINE, STEP

CSS = (Path(dashboard.__file__).parent / "page.css").read_text(encoding="utf-8")
AGES = [{"code": code, "name": code, "value": 1} for code in ("1-30", "31-90", "91+")]


def test_a_chart_of_bars_takes_a_step_a_bar():
    drawn = spec(rectification.ages, {})
    assert least_height(drawn, AGES) == 3 * drawn["height"]["step"]
    assert least_height(drawn, AGES + AGES[:1]) == 3 * drawn["height"]["step"]


def test_a_chart_of_a_fixed_height_takes_that():
    assert least_height({"height": 330}, []) == 330


@pytest.mark.parametrize("drawn", [{}, {"height": "container"}])
def test_a_chart_that_does_not_say_takes_none(drawn):
    assert least_height(drawn, AGES) == 0


def test_the_stylesheet_knows_every_room():
    known = re.findall(r'\[class\*="st-key-room(\d+)-"\] \{ --room: (\d+); \}', CSS)
    assert known == [(str(step), str(step)) for step in range(1, MOST + 1)]
    assert f"calc({STEP}px * var(--room))" in CSS


@pytest.mark.parametrize("screen", MOST_FINE)
def test_the_stylesheet_knows_every_room_of_a_screen(screen):
    known = re.findall(rf'\[class\*="-{screen}(\d+)-"\] \{{ --{screen}: (\d+); \}}', CSS)
    assert known == [(str(step), str(step)) for step in range(1, MOST_FINE[screen] + 1)]
    assert f"calc({FINE_STEP}px * var(--{screen}, " in CSS
