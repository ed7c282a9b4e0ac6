"""The title of a slide is what was found: what is missing, which way it went, what is red."""

from datetime import date
from fractions import Fraction

import pytest

from dashboard.documents.slides.headlines import (
    Compared,
    headline,
    of_late_tasks,
    of_lights,
    of_trend,
)
from dashboard.i18n import use_language
from data.figures.catalogue import catalogue
from data.figures.reading import Reading
from data.figures.targets import Target
from data.reference.lists import shipped
from data.tasks.key_tasks import TaskLine
from models.freeze import AgendaScreen
from models.rules.light import Light
from models.work import TaskState

FIGURES = catalogue(shipped())
LIGHTS = {Light.RED: 3, Light.YELLOW: 5, Light.GREY: 1, Light.GREEN: 7}


@pytest.fixture(autouse=True)
def english():
    with use_language("en"):
        yield


def reading(figure: str, numerator: int, denominator: int | None = None) -> Reading:
    return Reading(FIGURES[figure], "", Fraction(numerator), denominator)


def readings(**counted: int | tuple[int, int]) -> dict[str, Reading]:
    return {
        name: reading(name, *each) if isinstance(each, tuple) else reading(name, each)
        for name, each in counted.items()
    }


@pytest.mark.parametrize(
    ("screen", "figure"),
    [
        (AgendaScreen.COVERAGE, "grid_coverage"),
        (AgendaScreen.RESPONSIBILITIES, "dual_responsibility"),
    ],
)
def test_a_share_is_told_by_what_is_missing(screen, figure):
    assert headline(screen, readings(units=30, **{figure: (28, 30)})).startswith("2 of 30 units")
    assert "all" in headline(screen, readings(units=30, **{figure: (30, 30)})).casefold()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(1, 2, "up from 25.0% to 50.0%"), (2, 1, "down from 50.0% to 25.0%"), (2, 2, "unchanged")],
)
def test_a_trend_says_which_way_it_went(first, last, words):
    both = [reading("due_rect_rate", each, 4) for each in (first, last)]
    assert words in of_trend(*both, 24)


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (19, "up from 25.0% to 95.0%; target of 95% reached"),
        (18, "up from 25.0% to 90.0%; 5.0 points short of 95%"),
        (5, "unchanged at 25.0%; 70.0 points short of 95%"),
    ],
)
def test_a_trend_says_how_far_it_is_from_the_target(last, words):
    wanted = Target(Fraction(95), date(2024, 1, 1), "")
    first, now = reading("due_rect_rate", 5, 20), reading("due_rect_rate", last, 20)
    assert of_trend(first, now, 24, wanted).endswith(words)


@pytest.mark.parametrize(
    ("first", "before", "last", "ends"),
    [
        (5, 19, 18, "25.0% to 90.0% in 24 months, down 5.0 points since 2026-04-17"),
        (18, 4, 5, "90.0% to 25.0% in 24 months, up 5.0 points since 2026-04-17"),
        (5, 17, 18, "to 90.0%; 5.0 points short of 95%"),
        (5, 18, 18, "to 90.0%; 5.0 points short of 95%"),
    ],
)
def test_a_trend_tells_a_turn_since_the_day_of_comparison(first, before, last, ends):
    wanted = Target(Fraction(95), date(2024, 1, 1), "")
    then, now = reading("due_rect_rate", first, 20), reading("due_rect_rate", last, 20)
    compared = Compared(reading("due_rect_rate", before, 20), date(2026, 4, 17))
    assert of_trend(then, now, 24, wanted, compared).endswith(ends)


def test_the_key_task_that_is_late_the_longest_is_named():
    def task(number: int, days: int) -> TaskLine:
        day = date(2026, 1, 1)
        state = TaskState.LATE if days else TaskState.ONGOING
        return TaskLine(
            number, f"task {number}", "", day, day, 50, 60, None, None, False, state, days
        )

    told = of_late_tasks([task(1, 20), task(2, 281), task(3, 0)])
    assert told == "2 key tasks late, the longest by 281 days: 2 task 2"
    assert of_late_tasks([task(3, 0)]) == ""


def test_red_units_are_those_of_the_red_light():
    assert of_lights(LIGHTS, readings(overdue=4)) == "3 units red, 4 findings overdue"
    assert of_lights(LIGHTS, {}) == "3 units red"


def test_a_node_without_units_has_no_finding():
    assert headline(AgendaScreen.COVERAGE, readings(units=0, grid_coverage=(0, 0))) == ""
