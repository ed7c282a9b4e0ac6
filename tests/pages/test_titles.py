"""Titles of charts say the finding from the figures, and know ties."""

from fractions import Fraction

import pytest

from dashboard.screens import disposals
from dashboard.screens.coverage import contents, tile_map
from dashboard.screens.rectification import standing
from data.coverage.content_ages import BlindSpots
from data.figures.catalogue import FIGURES
from data.figures.reading import Reading
from data.money.disposals import KindSums
from models.rectification import PublicStatus, RectType

pytestmark = pytest.mark.usefixtures("english")
COVERAGE = next(figure for figure in FIGURES if figure.id == "grid_coverage")


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
        ({"EDU": (4, 5), "SOE": (5, 5)}, "Covered the least: EDU, 80.0%"),
        ({"EDU": (4, 5), "SOE": (4, 5)}, "2 sectors are covered the least: 80.0%"),
        ({"EDU": (5, 5), "SOE": (5, 5)}, "All units of all sectors have the four elements"),
        ({"EDU": (0, 0)}, "Sectors by grid element"),
    ],
)
def test_the_sector_that_is_covered_the_least_is_named_unless_several_are(
    monkeypatch, covered, title
):
    monkeypatch.setattr(tile_map.ways, "name_of_sector", lambda code: code)
    found = {
        sector: {"grid_coverage": Reading(COVERAGE, "", Fraction(part), whole)}
        for sector, (part, whole) in covered.items()
    }
    assert tile_map._lowest_sector(found) == title


@pytest.mark.parametrize(
    ("by_item", "title"),
    [
        ({"A": 3, "B": 2}, "Looked into the least: A, not at 3 units"),
        ({"A": 3, "B": 3}, "2 items are looked into the least: not at 3 units"),
        ({"A": 0}, "What is not looked into"),
    ],
)
def test_the_item_looked_into_the_least_is_named_unless_several_are(monkeypatch, by_item, title):
    monkeypatch.setattr(contents, "_item", lambda code: code)
    assert contents._most_blind(BlindSpots(sum(by_item.values()), 5, by_item, ())) == title
