"""A ledger that nobody keeps is not a district that does nothing: what is not known says so."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, Engine, delete, select
from sqlmodel import col

from data.facts.derivation import compare
from data.figures.breakdown import by_day, by_unit
from data.figures.catalogue import Better, Figure, catalogue
from data.figures.ranking import ranking
from data.figures.reading import Readings, read
from data.figures.rows import length, rows_behind, sides
from data.intake.removal import remove
from data.meetings import freezes
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope, everything
from data.store.access_log import Act
from data.store.database import reading, writing
from models.kept import Balance, KeptFact
from tests.data.contents import NOW, TODAY, kept, workbook
from tests.oracle.known import NEEDS, UNKNOWN

CATALOGUE = catalogue(shipped())
NET = {
    "sectors": [{}, {"code": "HEALTH"}],
    "units": [{"code": "U1", "kind": "SOE"}, {"code": "U2", "kind": "SOE", "sector": "HEALTH"}],
}
FIRST_ROWS = {
    "grid_elements": {"grid_elements": [{}]},
    "appointments": {"appointments": [{}]},
    "institutions": {"institutions": [{}]},
    "content_checks": {"projects": [{}], "content_checks": [{}]},
    "guidance": {"guidance": [{}]},
    "attendance": {"trainings": [{}], "attendance": [{"people": 0}]},
    "ratings": {"ratings": [{}]},
    "reports": {"reports": [{}]},
    "findings": {"findings": [{}]},
}
"""By source, what makes it known: a row of U1."""


def read_at(connection: Connection, node: str = "district", day: date = TODAY) -> Readings:
    return read(connection, everything(parse(node), day), CATALOGUE)


def unknown(found: Readings) -> set[str]:
    """The figures of which no bucket is known."""
    return {each.figure.id for each in found.values() if not each.known}


@pytest.fixture
def bare(engine: Engine) -> Iterator[Engine]:
    """Two state firms and nothing else."""
    kept(engine, workbook(**NET))
    yield engine


@pytest.mark.parametrize("node", ["district", "sector:EDU", "kind:SOE", "unit:U2"])
def test_without_rows_a_figure_of_the_table_is_not_known_at_any_node(
    bare: Engine, node: str
) -> None:
    with reading(bare) as connection:
        found = read_at(connection, node)
    assert unknown(found) == set(NEEDS)
    for each in found.values():
        assert (each.as_json() == UNKNOWN) == (each.figure.id in NEEDS)
        assert "known" not in each.as_json() or not each.known


@pytest.mark.parametrize("source", FIRST_ROWS)
def test_the_first_row_of_any_unit_makes_the_figure_known_everywhere(
    bare: Engine, source: str
) -> None:
    kept(bare, workbook(**FIRST_ROWS[source]))
    expected = {figure for figure, needs in NEEDS.items() if needs != source}
    with reading(bare) as connection:
        assert unknown(read_at(connection)) == expected
        assert unknown(read_at(connection, "unit:U2")) == expected
        health = Scope(parse("district"), TODAY, sectors=frozenset({"HEALTH"}))
        assert unknown(read(connection, health, CATALOGUE)) == expected


@pytest.mark.parametrize("figure", NEEDS)
def test_what_is_not_known_has_no_list_and_ranks_nobody(bare: Engine, figure: str) -> None:
    entry: Figure = CATALOGUE[figure]
    with reading(bare) as connection:
        scope = everything(parse("district"), TODAY)
        for bucket in ("", *(each.id for each in entry.buckets)):
            assert rows_behind(connection, scope, entry, bucket) == []
            assert [length(connection, scope, entry, bucket, side) for side in sides(entry)] == [
                0 for _ in sides(entry)
            ]
        if entry.better is not Better.NEITHER:
            assert ranking(connection, scope, entry) == {}


def test_a_figure_is_known_from_the_day_of_the_first_row_on(bare: Engine) -> None:
    first, before, ahead = date(2026, 7, 31), date(2026, 7, 30), date(2099, 12, 31)
    kept(bare, workbook(reports=[{"due_on": first}]))
    scope = everything(parse("district"), TODAY)
    with reading(bare) as connection:
        found = by_day(connection, scope, [before, first, ahead], [CATALOGUE["reports_late"]])
    assert [found[day]["reports_late"].known for day in (before, first, ahead)] == [
        False,
        True,
        True,
    ]
    assert found[ahead]["reports_late"].numerator == 1


def test_units_side_by_side_are_not_known_either(bare: Engine) -> None:
    with reading(bare) as connection:
        found = by_unit(
            connection, everything(parse("district"), TODAY), [CATALOGUE["grid_coverage"]]
        )
    assert {unit: each["grid_coverage"].known for unit, each in found.items()} == {
        "U1": False,
        "U2": False,
    }


def test_taking_out_the_first_row_makes_the_figure_unknown_again(bare: Engine) -> None:
    kept(bare, workbook(**FIRST_ROWS["grid_elements"]))
    take_out(bare, "grid_elements", "U1|GRID|2024-01-01")
    with reading(bare) as connection:
        assert "grid_coverage" in unknown(read_at(connection))
        assert not compare(connection, shipped()).differs


def take_out(engine: Engine, ledger: str, key: str) -> None:
    remove(
        engine,
        ledger,
        key,
        reason="重复录入",
        account="steward",
        day=TODAY,
        now=NOW,
        references=shipped(),
    )


def raised(engine: Engine, rule: str) -> dict[str, date]:
    """By unit, the day on which its warning of `rule` was raised."""
    with reading(engine) as connection:
        found = connection.execute(
            select(col(KeptFact.unit), col(KeptFact.starts_on)).where(
                col(KeptFact.measure) == "warning_open",
                col(KeptFact.bucket).like(f"%rule={rule}"),
            )
        )
        days = {unit: first for unit, first in found}
        assert not compare(connection, shipped()).differs
    return days


def test_one_unit_s_hearing_lets_the_others_be_warned_and_its_removal_stops_it(
    bare: Engine,
) -> None:
    """U2 is judged by rows that U1 alone entered, in every order of entering."""
    assert raised(bare, "W19") == {}
    late, early = date(2026, 3, 31), date(2025, 6, 30)
    kept(bare, workbook(duties=[{"item": "P2", "due_on": late}]))
    assert raised(bare, "W19") == {"U1": late, "U2": late}
    kept(bare, workbook(duties=[{"item": "P2", "due_on": early}]))
    assert raised(bare, "W19") == {"U1": early, "U2": early}
    take_out(bare, "duties", f"U1|P2|{early}")
    assert raised(bare, "W19") == {"U1": late, "U2": late}
    take_out(bare, "duties", f"U1|P2|{late}")
    assert raised(bare, "W19") == {}


def test_one_unit_s_appointment_lets_the_others_be_warned(bare: Engine) -> None:
    first = date(2025, 6, 30)
    kept(bare, workbook(appointments=[{"unit": "U1", "from_on": first}]))
    assert raised(bare, "W21") == {"U1": first, "U2": first}


def test_a_training_that_moves_takes_along_since_when_training_is_known(bare: Engine) -> None:
    kept(bare, workbook(trainings=[{"on_date": TODAY}], attendance=[{}]))
    kept(bare, workbook(trainings=[{"on_date": date(2026, 1, 1)}]))
    with reading(bare) as connection:
        assert "training_people" not in unknown(read_at(connection, day=date(2026, 1, 1)))
        assert not compare(connection, shipped()).differs


def test_facts_of_an_earlier_version_are_read_by_the_ledgers_and_set_right_by_the_next_import(
    bare: Engine,
) -> None:
    kept(bare, workbook(**FIRST_ROWS["grid_elements"]))
    with writing(bare) as connection:
        connection.execute(delete(KeptFact).where(col(KeptFact.measure) == "known"))
        connection.execute(delete(Balance).where(col(Balance.measure) == "known"))
    with reading(bare) as connection:
        assert "grid_coverage" not in unknown(read_at(connection))
    kept(bare, workbook(findings=[{}]))
    with reading(bare) as connection:
        assert not compare(connection, shipped()).differs


def test_what_was_frozen_as_not_known_stays_so(bare: Engine) -> None:
    kept(bare, workbook(meetings=[{}], findings=[{}]))
    line = freezes.freeze(bare, "M1", TODAY, Act("li", NOW), TODAY)
    kept(bare, workbook(**FIRST_ROWS["grid_elements"]))
    for node in ("district", "unit:U2"):
        scope = everything(parse(node), TODAY)
        with reading(bare) as connection:
            then = freezes.readings(connection, scope, line.number)
            now = read(connection, scope, CATALOGUE)
        assert then["grid_coverage"].as_json() == UNKNOWN
        assert then["overdue"].known
        assert now["grid_coverage"].known


def test_rated_3a_or_better_counts_the_units_of_the_distribution(engine: Engine) -> None:
    units = [{"code": "IN"}, {"code": "LOW"}, {"code": "GONE", "withdrawn_on": TODAY}]
    ratings = [
        {"unit": unit, "base_points": base, "operation_points": 4000}
        for unit, base in (("IN", 6000), ("GONE", 6000), ("LOW", 0))
    ]
    kept(engine, workbook(sectors=[{}], units=units, ratings=ratings))
    with reading(engine) as connection:
        found = read_at(connection)
    share = found["rating_3a"]
    assert (share.numerator, share.denominator) == (1, 2)
    by_grade = {key: each.numerator for key, each in found.items() if key.startswith("rating:")}
    assert sum(by_grade.values()) - by_grade["rating:UNRATED"] == share.denominator
