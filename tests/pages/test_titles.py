"""Titles of charts say the finding from the figures, and know ties."""

import re
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.screens import disposals
from dashboard.screens.coverage import contents, sectors, tile_map
from dashboard.screens.funds import idle
from dashboard.screens.mechanisms import ratings
from dashboard.screens.rectification import standing
from dashboard.screens.reports import quality
from dashboard.widgets import headlines
from data.coverage.content_ages import BlindSpots
from data.figures.catalogue import FIGURES
from data.figures.reading import Reading
from data.mechanisms.ratings import Ratings
from data.money.disposals import KindSums
from models.rectification import PublicStatus, RectType
from models.rules.light import Light

PAGES = Path(__file__).parents[2] / "pages"
LONGEST_QUESTION = 28
"""The most letters of an English question that takes one line of the head at 1366 pixels."""
pytestmark = pytest.mark.usefixtures("english")
COVERAGE = next(figure for figure in FIGURES if figure.id == "grid_coverage")


def test_the_question_of_every_page_fits_into_one_line_of_a_small_desk():
    questions = [
        question
        for script in PAGES.glob("*.py")
        for question in re.findall(r'head\.header\(_\("([^"]+)"\)', script.read_text("utf-8"))
    ]
    assert len(questions) > 20
    assert [each for each in questions if len(each) > LONGEST_QUESTION] == []


def unrectified(**late: int):
    return {
        RectType[kind]: {status: 0 for status in PublicStatus} | {PublicStatus.UNRECTIFIED: number}
        for kind, number in late.items()
    }


@pytest.mark.parametrize(
    ("late", "title"),
    [
        ({"IMMEDIATE": 5, "PHASED": 2}, "By type: the most unrectified in Immediate, 5"),
        (
            {"IMMEDIATE": 5, "PHASED": 5},
            "By type: the most unrectified, 5 each, in Immediate, Phased",
        ),
        ({"IMMEDIATE": 0, "PHASED": 0}, "By type"),
    ],
)
def test_a_split_names_where_the_most_is_not_rectified(late, title):
    assert standing._most_unrectified("By type", unrectified(**late)) == title


@pytest.mark.parametrize(
    ("late", "title"),
    [(2, "2 of 8 disposals are late"), (0, "8 disposals found, none late")],
)
def test_disposals_say_how_many_are_late(late, title):
    assert disposals._late_in_words([KindSums(found=8, late=late)]) == title


@pytest.mark.parametrize(
    ("covered", "title"),
    [
        ({"EDU": (4, 5), "SOE": (5, 5)}, "Covered least: EDU, 80.0%"),
        ({"EDU": (4, 5), "SOE": (4, 5)}, "2 sectors are covered least: 80.0%"),
        ({"EDU": (5, 5), "SOE": (5, 5)}, "All units of all sectors have the four elements"),
        ({"EDU": (0, 0)}, "Sectors by grid element"),
    ],
)
def test_the_sector_that_is_covered_the_least_is_named_unless_several_are(
    monkeypatch, covered, title
):
    monkeypatch.setattr(sectors.ways, "name_of_sector", lambda code: code)
    found = {
        sector: {"grid_coverage": Reading(COVERAGE, "", Fraction(part), whole)}
        for sector, (part, whole) in covered.items()
    }
    assert sectors._lowest_sector(found) == title


@pytest.mark.parametrize(
    ("by_item", "title"),
    [
        ({"A": 3, "B": 2}, "Checked least: A, not at 3 units"),
        ({"A": 3, "B": 3}, "2 items are checked least: not at 3 units"),
        ({"A": 0}, "What is not looked into"),
    ],
)
def test_the_item_looked_into_the_least_is_named_unless_several_are(monkeypatch, by_item, title):
    monkeypatch.setattr(contents, "_item", lambda code: code)
    assert contents._most_blind(BlindSpots(sum(by_item.values()), 5, by_item, ())) == title


@pytest.mark.parametrize(
    ("counted", "title"),
    [
        ({"甲": 3, "乙": 1}, "Overdue: most in 甲 (3)"),
        ({"甲": 3, "乙": 3, "丙": 1}, "Overdue: most in 甲, 乙 (3 each)"),
        ({"甲": 3, "乙": 3, "丙": 3, "丁": 1}, "Overdue: most in 3 places such as 甲 (3 each)"),
        ({"甲": 3, "乙": 3}, "Overdue: 3 everywhere"),
        ({"甲": 0}, "none"),
    ],
)
def test_a_title_names_where_the_most_is_and_counts_many_ties(counted, title):
    assert headlines.most(counted, subject="Overdue", otherwise="none") == title


@pytest.mark.parametrize(
    ("shares", "title"),
    [
        ({"甲": Fraction(1, 2), "乙": Fraction(1)}, "Filled: lowest in 甲 (1/2)"),
        ({"甲": Fraction(1, 2), "乙": Fraction(1, 2)}, "Filled: 1/2 everywhere"),
        ({"甲": None}, "none"),
    ],
)
def test_a_title_names_where_a_share_is_lowest(shares, title):
    assert headlines.least(shares, subject="Filled", otherwise="none") == title


@pytest.mark.parametrize(
    ("bands", "title"),
    [
        (
            {("SELF", "FAIL"): 2, ("SELF", "EXCELLENT"): 3},
            "Of 5 reports 2 failed and 3 are excellent",
        ),
        ({("SELF", "GOOD"): 1}, "Of 1 report 0 failed and 0 are excellent"),
        ({}, "Score bands"),
    ],
)
def test_score_bands_say_how_many_failed(bands, title):
    assert quality._failed_and_excellent(bands) == title


@pytest.mark.parametrize(
    ("years", "title"),
    [
        (
            {2024: {"5A": 1, "0A": 3}, 2025: {"3A": 2, "0A": 2}},
            "2 of 4 units rated for 2025 hold 3A or better; for 2024 it was 1",
        ),
        ({2025: {"3A": 2}}, "2 of 2 units rated for 2025 hold 3A or better"),
        ({}, "Grades by year"),
    ],
)
def test_grades_say_how_many_are_good_now_and_before(years, title):
    grades = ("5A", "4A", "3A", "2A", "1A", "0A")
    assert ratings._good_grades(Ratings(grades, {}, years, (), 0)) == title


@pytest.mark.parametrize(
    ("lying", "title"),
    [
        ((0, 0, 0, 0), "Disbursed and not yet spent"),
        ((5, 0, 0, 0), "Nothing that was disbursed is idle for 90 days or more"),
        (
            (0, 100_000_000, 0, 0),
            "1.00 million yuan idle for 90 days or more, nothing for over a year",
        ),
        (
            (0, 100_000_000, 0, 200_000_000),
            "3.00 million yuan idle for 90 days or more, 2.00 million yuan of it for over a year",
        ),
    ],
)
def test_idle_money_says_how_much_has_lain_for_over_a_year(lying, title):
    assert idle._idle_in_words(SimpleNamespace(lying=lying)) == title


def test_lights_say_how_many_are_red_and_where_the_most_are():
    red, green = (SimpleNamespace(light=light) for light in (Light.RED, Light.GREEN))
    by_place = {"A": (2, (red, red)), "B": (2, (red, green)), None: (1, (red,))}
    counted = {Light.RED: 4, Light.GREEN: 1}
    title = tile_map._reddest(counted, by_place, {"A": "甲街道", "B": "乙街道"})
    assert title == "4 of 5 units are red: most in 甲 (2)"
    assert tile_map._reddest({Light.RED: 0, Light.GREEN: 1}, {}, {}) == "None of 1 unit is red"
    assert tile_map._reddest({Light.RED: 0}, {}, {}) == "Lights"
