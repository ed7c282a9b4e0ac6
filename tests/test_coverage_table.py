"""The table of what is shown where names only figures, ledgers and screens that there are."""

import re
from pathlib import Path

import pytest

from dashboard.navigation import ALL_PAGES
from data.figures.catalogue import catalogue
from data.reference.lists import shipped
from models.registry import BY_ID

TABLE = (Path(__file__).parents[1] / "docs" / "COVERAGE.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in TABLE.splitlines()
    if re.match(r"\| [A-F]\d", line)
]
LAST = {"A": 16, "B": 18, "C": 6, "D": 14, "E": 10, "F": 5}
SCREEN = re.compile(r"(?:^|; )([A-Z][^:;,]*?)(?=[:;,]|$)")


@pytest.fixture(scope="module")
def figures() -> set[str]:
    """Every figure and bucket as it is printed."""
    known = catalogue(shipped())
    parts = (f"{name}:{part.id}" for name, entry in known.items() for part in entry.buckets)
    return {*known, *parts}


def named(row: list[str], column: int) -> list[str]:
    """What stands between backticks in a cell; `:PART` after a figure is a part of it."""
    found: list[str] = []
    whole = ""
    for name in re.findall("`([^`]+)`", row[column]):
        whole = whole if name.startswith(":") else name
        found.append(whole + name if name.startswith(":") else name)
    return found


def test_no_element_of_the_description_is_left_out():
    numbers = [row[0] for row in ROWS]
    assert sorted(numbers) == sorted(
        f"{part}{number}" for part, last in LAST.items() for number in range(1, last + 1)
    )


@pytest.mark.parametrize("row", [row for row in ROWS if len(row) == 5], ids=lambda row: row[0])
def test_figures_that_are_named_exist(row, figures):
    asked = [name for name in named(row, 3) if not name.startswith("batch:")]
    assert [name for name in asked if name not in figures] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_ledgers_and_lists_that_are_named_exist(row):
    known = {*BY_ID, *shipped().codes, "rating_grades", "vetoes"}
    assert [name for name in named(row, 2) if name not in known] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_screens_that_are_named_are_in_the_menu(row):
    titles = {page.title for page in ALL_PAGES}
    assert [name for name in SCREEN.findall(row[-1]) if name not in titles] == []
