"""The sentence over a trend: from, to, months, the distance to the target; ties are told."""

from datetime import date
from fractions import Fraction

import pytest

from dashboard import i18n
from dashboard.charts.axis_start import axis_ends, axis_start
from dashboard.widgets.course import course
from data.figures.catalogue import FIGURES
from data.figures.reading import Reading
from data.figures.targets import Target
from models.days import month_ends

BY_ID = {figure.id: figure for figure in FIGURES}
DAYS = month_ends(date(2026, 6, 30), 3)
WANTED = Target(Fraction(95), date(2024, 1, 1), "")


def over_months(*parts: tuple[int, int], figure: str = "due_rect_rate") -> dict[date, Reading]:
    return {
        day: Reading(BY_ID[figure], "", Fraction(part), whole)
        for day, (part, whole) in zip(DAYS, parts, strict=True)
    }


@pytest.fixture(params=["en", "zh_CN"])
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", request.param)
    return str(request.param)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            [(5, 10), (6, 10), (7, 10), (10, 11)],
            {
                "en": "Due rectification rate rose from 50.0% to 90.9% in 3 months;"
                " 4.1 points short of the target of 95%",
                "zh_CN": "到期整改率3个月由50.0%升至90.9%；距目标95%还差4.1个百分点",
            },
        ),
        (
            [(10, 10), (6, 10), (7, 10), (19, 20)],
            {
                "en": "Due rectification rate fell from 100.0% to 95.0% in 3 months;"
                " the target of 95% is reached",
                "zh_CN": "到期整改率3个月由100.0%降至95.0%；已达到目标95%",
            },
        ),
        (
            [(9, 10), (6, 10), (7, 10), (90001, 100000)],
            {
                "en": "Due rectification rate is 90.0%, as it was 3 months ago;"
                " 5.0 points short of the target of 95%",
                "zh_CN": "到期整改率为90.0%，与3个月前持平；距目标95%还差5.0个百分点",
            },
        ),
        (
            # One month is no course.
            [(0, 0), (0, 0), (6, 10), (7, 10)],
            {
                "en": "Due rectification rate stands at 70.0%;"
                " 25.0 points short of the target of 95%",
                "zh_CN": "到期整改率为70.0%；距目标95%还差25.0个百分点",
            },
        ),
        (
            [(0, 0), (0, 0), (0, 0), (7, 10)],
            {
                "en": "Due rectification rate stands at 70.0%;"
                " 25.0 points short of the target of 95%",
                "zh_CN": "到期整改率为70.0%；距目标95%还差25.0个百分点",
            },
        ),
    ],
)
def test_a_trend_says_what_it_shows(
    spoken: str, parts: list[tuple[int, int]], told: dict[str, str]
) -> None:
    assert i18n.language() == spoken
    assert course(over_months(*parts), WANTED) == told[spoken]


def test_without_a_target_nothing_is_said_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", "en")
    said = course(over_months((5, 10), (6, 10), (7, 10), (8, 10)))
    assert said == "Due rectification rate rose from 50.0% to 80.0% in 3 months"


def test_what_should_be_low_is_above_its_target(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", "en")
    repeats = over_months((1, 10), (1, 10), (1, 10), (2, 10), figure="repeat_rate")
    assert course(repeats, Target(Fraction(5), date(2024, 1, 1), "")).endswith(
        "15.0 points above the target of 5%"
    )


def test_of_nothing_nothing_is_said() -> None:
    assert course(over_months((0, 0), (0, 0), (0, 0), (0, 0)), WANTED) == ""


@pytest.mark.parametrize(
    ("shares", "start"),
    [([0.823, 0.95], 0.8), ([0.81], 0.7), ([0.05], 0.0), ([], 0.0), ([None, 1.0], 0.9)],
)
def test_an_axis_begins_a_full_ten_percent_below_what_is_shown(
    shares: list[float | None], start: float
) -> None:
    assert axis_start(shares) == pytest.approx(start)


@pytest.mark.parametrize(
    ("shares", "ends"),
    [
        ([0.848, 0.874, None, 0.8], (0.75, 0.9)),
        ([0.02, 0.99], (0.0, 1.0)),
        ([None], (0.0, 1.0)),
    ],
)
def test_an_axis_of_dots_is_cut_close_to_them_at_both_ends(shares, ends):
    assert axis_ends(shares) == pytest.approx(ends)
