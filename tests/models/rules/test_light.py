"""Lights: the first reason that holds, from red over grey and yellow to green."""

from datetime import date

import pytest

from models.days import FOREVER, Span, later
from models.grid import Element, Unit
from models.rules.fact import Fact, Origin
from models.rules.light import Light, Limits, lights
from models.rules.rectification import day_number
from tests.models.rules.rows import ALWAYS, START, days, unit

FEB, MAR, APR, MAY = date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)
AT = Origin("U1", "units", "U1")

USUAL = Limits()


def fact(measure: str, bucket: str = "", span: Span = ALWAYS) -> list[Fact]:
    return list(AT.fact(measure, span, 1, bucket))


def overdue(due: date, ends_on: date = FOREVER) -> list[Fact]:
    """A finding that is overdue from the day after `due` on."""
    return list(AT.fact("unrectified", Span(later(due, 1), ends_on), day_number(due)))


GRID = [each for element in Element for each in fact("grid_element", element)]
RED_WARNING, YELLOW_WARNING = "RED/source=COMPUTED/rule=W18", "YELLOW/source=IMPORTED/rule=W11"


def shown(
    *facts: list[Fact],
    heard: date | None = START,
    of: Unit | None = None,
    limits: Limits = USUAL,
    known: Span = ALWAYS,
) -> dict[str, list[Span]]:
    """The days of each light that is shown."""
    own = [each for some in facts for each in some]
    found = list(lights(of or unit(), own, heard, limits, known))
    return {light: spans for light in Light if (spans := days(found, "light", light))}


def always(light: str) -> dict[str, list[Span]]:
    return {light: [ALWAYS]}


def test_a_unit_with_all_four_elements_and_nothing_against_it_is_green() -> None:
    assert shown(GRID) == always("GREEN")


def test_fewer_than_four_elements_are_yellow() -> None:
    assert shown() == shown(fact("grid_element", "GRID")) == always("YELLOW")


def test_missing_elements_are_yellow_only_once_the_district_keeps_elements() -> None:
    assert shown(known=Span(MAR)) == {"GREEN": [Span(START, MAR)], "YELLOW": [Span(MAR)]}
    assert shown(known=Span(FOREVER)) == always("GREEN")


@pytest.mark.parametrize(
    ("measure", "bucket"),
    [
        ("warning_open", RED_WARNING),
        ("rated", "0A"),
    ],
)
def test_reasons_for_red(measure: str, bucket: str) -> None:
    assert shown(GRID, fact(measure, bucket)) == always("RED")


@pytest.mark.parametrize(
    ("measure", "bucket"),
    [
        ("due_soon", ""),
        ("report_late", "PLAN"),
        ("warning_open", YELLOW_WARNING),
    ],
)
def test_reasons_for_yellow(measure: str, bucket: str) -> None:
    assert shown(GRID, fact(measure, bucket)) == always("YELLOW")


def test_a_finding_overdue_is_yellow_for_thirty_days_and_red_from_then_on() -> None:
    assert shown(GRID, overdue(later(START, 9), ends_on=MAY)) == {
        "GREEN": [Span(START, later(START, 10)), Span(MAY)],
        "YELLOW": [Span(later(START, 10), later(START, 40))],
        "RED": [Span(later(START, 40), MAY)],
    }


@pytest.mark.parametrize(("days", "red_from"), [(0, 1), (1, 2), (90, 91)])
def test_the_district_sets_from_how_many_days_overdue_it_is_red(days: int, red_from: int) -> None:
    found = shown(GRID, overdue(FEB), limits=Limits(overdue_days=days))
    assert found["RED"] == [Span(later(FEB, red_from))]


@pytest.mark.parametrize(("grade", "light"), [("2A", "RED"), ("0A", "RED"), ("3A", "GREEN")])
def test_the_district_sets_at_which_rating_it_is_red(grade: str, light: str) -> None:
    assert shown(GRID, fact("rated", grade), limits=Limits(grade=2)) == always(light)


@pytest.mark.parametrize(
    ("least", "light"), [(0, "GREEN"), (2, "GREEN"), (3, "YELLOW"), (4, "YELLOW")]
)
def test_the_district_sets_how_many_elements_a_unit_must_meet(least: int, light: str) -> None:
    two = [*fact("grid_element", "GRID"), *fact("grid_element", "DUTIES")]
    assert shown(two, limits=Limits(elements=least)) == always(light)


def test_a_unit_without_any_element_is_yellow_if_one_is_asked_for() -> None:
    assert shown(limits=Limits(elements=1)) == always("YELLOW")
    assert shown(limits=Limits(elements=0)) == always("GREEN")


@pytest.mark.parametrize(
    ("measure", "bucket"), [("rated", "1A"), ("under_review", ""), ("warning_raised", RED_WARNING)]
)
def test_what_is_no_reason_leaves_it_green(measure: str, bucket: str) -> None:
    assert shown(GRID, fact(measure, bucket)) == always("GREEN")


def test_silence_is_grey_until_the_first_word() -> None:
    assert shown(GRID, heard=MAR) == {"GREY": [Span(START, MAR)], "GREEN": [Span(MAR)]}
    assert shown(heard=None) == always("GREY")


def test_a_word_from_before_enrolment_breaks_the_silence() -> None:
    assert shown(GRID, heard=date(2020, 1, 1)) == always("GREEN")


def test_red_goes_before_silence_and_silence_before_yellow() -> None:
    red = fact("warning_open", RED_WARNING, Span(FEB, MAR))
    assert shown(GRID, fact("due_soon"), red, heard=APR) == {
        "GREY": [Span(START, FEB), Span(MAR, APR)],
        "RED": [Span(FEB, MAR)],
        "YELLOW": [Span(APR)],
    }


def test_red_goes_before_yellow() -> None:
    red = fact("warning_open", RED_WARNING, Span(FEB, MAR))
    yellow = fact("warning_open", YELLOW_WARNING, Span(START, APR))
    assert shown(GRID, red, yellow) == {
        "RED": [Span(FEB, MAR)],
        "YELLOW": [Span(START, FEB), Span(MAR, APR)],
        "GREEN": [Span(APR)],
    }


def test_two_reasons_for_red_that_meet_are_one_light() -> None:
    reasons = [fact("warning_open", RED_WARNING, Span(*span)) for span in ((FEB, APR), (MAR, MAY))]
    found = lights(unit(), [*GRID, *reasons[0], *reasons[1]], START, USUAL, ALWAYS)
    assert [each.span for each in found if each.bucket == "RED"] == [Span(FEB, MAY)]


def test_a_unit_shows_a_light_only_while_it_is_in_the_grid() -> None:
    of = unit(enrolled_on=FEB, withdrawn_on=MAY)
    facts = fact("warning_open", RED_WARNING)
    assert shown(GRID, facts, of=of) == {"RED": [Span(FEB, MAY)]}
