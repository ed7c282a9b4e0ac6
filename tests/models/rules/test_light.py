"""Lights: the first reason that holds, from red over grey and yellow to green."""

from datetime import date

import pytest

from models.days import Span
from models.grid import Unit
from models.rules.fact import Fact, Origin
from models.rules.light import Light, lights
from tests.models.rules.rows import START, days, unit

FEB, MAR, APR, MAY = date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)
AT = Origin("U1", "units", "U1")
ALWAYS = Span(START)


def fact(measure: str, bucket: str = "", span: Span = ALWAYS) -> list[Fact]:
    return list(AT.fact(measure, span, 1, bucket))


GRID = fact("grid_complete")
RED_WARNING, YELLOW_WARNING = "RED/source=COMPUTED/rule=W18", "YELLOW/source=IMPORTED/rule=W11"


def shown(
    *facts: list[Fact], heard: date | None = START, of: Unit | None = None
) -> dict[str, list[Span]]:
    """The days of each light that is shown."""
    found = list(lights(of or unit(), [each for some in facts for each in some], heard))
    return {light: spans for light in Light if (spans := days(found, "light", light))}


def always(light: str) -> dict[str, list[Span]]:
    return {light: [ALWAYS]}


def test_a_unit_with_all_four_elements_and_nothing_against_it_is_green() -> None:
    assert shown(GRID) == always("GREEN")


def test_fewer_than_four_elements_are_yellow() -> None:
    assert shown() == shown(fact("grid_element", "GRID")) == always("YELLOW")


@pytest.mark.parametrize(
    ("measure", "bucket"),
    [
        ("unrectified", "IMMEDIATE/source=STATE/severity=MAJOR/31-90"),
        ("unrectified", "IMMEDIATE/source=STATE/severity=MAJOR/91-180"),
        ("unrectified", "IMMEDIATE/source=STATE/severity=MAJOR/181+"),
        ("warning_open", RED_WARNING),
        ("rated", "0A"),
    ],
)
def test_reasons_for_red(measure: str, bucket: str) -> None:
    assert shown(GRID, fact(measure, bucket)) == always("RED")


@pytest.mark.parametrize(
    ("measure", "bucket"),
    [
        ("unrectified", "IMMEDIATE/source=STATE/severity=MAJOR/1-30"),
        ("due_soon", ""),
        ("report_late", "PLAN"),
        ("warning_open", YELLOW_WARNING),
    ],
)
def test_reasons_for_yellow(measure: str, bucket: str) -> None:
    assert shown(GRID, fact(measure, bucket)) == always("YELLOW")


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
    found = lights(unit(), [*GRID, *reasons[0], *reasons[1]], START)
    assert [each.span for each in found if each.bucket == "RED"] == [Span(FEB, MAY)]


def test_a_unit_shows_a_light_only_while_it_is_in_the_grid() -> None:
    of = unit(enrolled_on=FEB, withdrawn_on=MAY)
    facts = fact("warning_open", RED_WARNING)
    assert shown(GRID, facts, of=of) == {"RED": [Span(FEB, MAY)]}
