"""A published case comes out as it was published: Ruijin's rectification of its 2020 audit."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.figures.catalogue import catalogue
from data.figures.reading import Readings, read
from data.intake.taking import take
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from tests.data.contents import NOW
from tests.databases import sqlite_database

CASE = Path(__file__).parent.parent / "samples" / "ruijin-2020.xlsx"
PUBLISHED = date(2021, 12, 28)
Case = dict[str, Readings]


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    """The figures of the day of publication, by node."""
    with sqlite_database() as engine:
        how = {"account": "steward", "now": NOW, "references": shipped()}
        taken = take(engine, CASE, day=PUBLISHED, **how)
        assert taken.faults == []
        with reading(engine) as connection:
            yield {
                node: read(connection, Scope(parse(node), PUBLISHED), catalogue(shipped()))
                for node in ("district", "unit:R00")
            }


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("required", "50"),
        ("rectified", "40"),
        ("in_progress", "10"),
        ("unrectified", "0"),
        ("rect_rate", "80.0%"),
        ("amount_required", "25.10亿元"),
        ("amount_rectified", "21.56亿元"),
        ("rect_rate_amount", "85.8%"),
        ("rules_built", "13"),
        ("persons_handled", "3"),
    ],
)
def test_the_district_is_as_published(case: Case, figure: str, text: str) -> None:
    assert case["district"][figure].text == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("required", "6"),
        ("rectified", "2"),
        ("rect_rate", "33.3%"),
        ("amount_required", "23.71亿元"),
        ("amount_rectified", "20.18亿元"),
        ("rect_rate_amount", "85.1%"),
    ],
)
def test_the_finance_department_is_as_published(case: Case, figure: str, text: str) -> None:
    assert case["unit:R00"][figure].text == text


def test_money_is_exact(case: Case) -> None:
    assert case["district"]["rect_rate_amount"].as_json() == {
        "numerator": "2155878400.00",
        "denominator": "2510235400.00",
        "text": "85.8%",
    }
    assert case["unit:R00"]["rect_rate_amount"].as_json() == {
        "numerator": "2017832000.00",
        "denominator": "2370544700.00",
        "text": "85.1%",
    }
