"""The rows of an export: a workbook of them is taken in again and says the same."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.ledgers.exporting import rows
from data.ledgers.rows import ids
from data.nodes import Node, parse
from data.workbook.rows import Content, SheetRows
from models.registry import LEDGERS
from models.rules.history import TRANSITIONS
from tests.data.contents import dump, kept, taking, workbook
from tests.databases import Databases

ISSUED = date(2026, 1, 10)
Rows = dict[str, list[dict[str, Any]]]


def exported(engine: Engine, node: Node | None = None) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        return {ledger.id(): list(found) for ledger, found in rows(connection, node)}


def as_workbook(export: dict[str, list[tuple[Any, ...]]]) -> Content:
    """The export as the reader would give it back."""
    return Content(
        [
            SheetRows(
                ledger,
                ledger.SHEET.zh,
                {each.id: each.zh for each in ledger.columns},
                ids(ledger),
                list(enumerate(export[ledger.id()], start=2)),
            )
            for ledger in LEDGERS
        ]
    )


def unordered(export: dict[str, list[tuple[Any, ...]]]) -> dict[str, set[tuple[Any, ...]]]:
    return {ledger: set(found) for ledger, found in export.items()}


def codes(export: dict[str, list[tuple[Any, ...]]], ledger: str) -> set[Any]:
    return {row[0] for row in export[ledger]}


def two_sectors() -> Content:
    """U1 of EDU under U0 of HEALTH; a project and a review of it at U2 of HEALTH."""
    return workbook(
        sectors=[{}, {"code": "HEALTH"}, {"code": "SOE"}],
        units=[
            {"parent": "U0"},
            {"code": "U0", "sector": "HEALTH"},
            {"code": "U2", "sector": "HEALTH"},
            {"code": "U3", "sector": "SOE"},
        ],
        projects=[{"unit": "U2"}, {"code": "P3", "unit": "U3"}],
        findings=[
            {"project": "P1"},
            {"code": "F2", "repeat_of": "F1", "issued_on": date(2026, 2, 10)},
            {"code": "F3", "unit": "U3"},
        ],
        rectification_events=[{}, {"finding": "F3"}],
        reports=[{"submitted_on": date(2026, 1, 30)}],
        report_scores=[{}],
        trainings=[{}, {"code": "T2"}],
        attendance=[{}, {"training": "T2", "unit": "U3"}],
        meetings=[{}, {"code": "M2"}],
        decisions=[{"unit": "U1"}, {"number": 2}, {"meeting": "M2", "unit": "U3"}],
        key_tasks=[{}],
    )


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """A database with the units of three sectors."""
    kept(engine, two_sectors())
    return engine


def test_without_a_node_everything_is_exported(engine: Engine) -> None:
    assert codes(exported(engine), "units") == {"U0", "U1", "U2", "U3"}
    assert exported(engine, Node("district")) == exported(engine)


def test_a_node_exports_the_rows_of_its_units_and_every_row_they_refer_to(engine: Engine) -> None:
    export = exported(engine, parse("unit:U1"))
    assert codes(export, "findings") == {"F1", "F2"}
    assert codes(export, "rectification_events") == {"F1"}
    assert codes(export, "projects") == {"P1"}
    assert codes(export, "units") == {"U0", "U1", "U2"}
    assert codes(export, "sectors") == {"EDU", "HEALTH"}
    assert codes(export, "trainings") == {"T1"}
    assert export["decisions"][0][:2] == ("M1", 1)
    assert len(export["decisions"]) == 1
    assert codes(export, "meetings") == {"M1"}


def test_a_unit_that_is_only_referred_to_brings_none_of_its_own_rows(engine: Engine) -> None:
    export = exported(engine, parse("unit:U2"))
    assert codes(export, "projects") == {"P1"}
    assert export["findings"] == []


def test_tasks_belong_to_the_district_alone(engine: Engine) -> None:
    assert exported(engine, parse("sector:EDU"))["key_tasks"] == []


def test_a_node_without_units_exports_nothing(engine: Engine) -> None:
    assert not any(exported(engine, parse("unit:U9")).values())


@pytest.mark.parametrize("node", ["district", "sector:EDU", "unit:U1", "unit:U3", "kind:AGENCY"])
def test_an_export_goes_into_an_empty_database_and_comes_out_the_same(
    engine: Engine, databases: Databases, node: str
) -> None:
    export = exported(engine, parse(node))
    with databases() as other:
        assert taking(other, as_workbook(export)).faults == []
        assert unordered(exported(other)) == unordered(export)


def test_an_export_taken_in_where_it_came_from_is_all_equal(engine: Engine) -> None:
    assert kept(engine, as_workbook(exported(engine))).number is None


# Histories that fit, of findings of some units, and rows that hang on them


@st.composite
def districts(draw: st.DrawFn) -> Rows:
    units = [f"U{at}" for at in range(draw(st.integers(1, 4)))]
    some = st.sampled_from(units)
    projects = [
        {"code": f"P{at}", "unit": draw(some), "source": draw(st.sampled_from(["STATE", "CROSS"]))}
        for at in range(draw(st.integers(0, 3)))
    ]
    findings: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for at in range(draw(st.integers(0, 4))):
        owner = draw(some)
        earlier = [each["code"] for each in findings if each["unit"] == owner]
        findings.append(
            {
                "code": f"F{at}",
                "unit": owner,
                "project": draw(st.sampled_from([None, *(each["code"] for each in projects)])),
                "amount": draw(st.one_of(st.none(), st.integers(0, 10**12))),
                "category": draw(st.sampled_from([None, "采购", "=1+1"])),
                "issued_on": ISSUED + timedelta(at),
                "instructed": draw(st.sampled_from([None, True, False])),
                "repeat_of": draw(st.sampled_from([None, *earlier])),
            }
        )
        events += draw(histories(f"F{at}", ISSUED + timedelta(at)))
    parents = {units[at]: draw(st.sampled_from([None, *units[:at]])) for at in range(len(units))}
    return {
        "sectors": [{}],
        "units": [{"code": each, "parent": parents[each]} for each in units],
        "projects": projects,
        "findings": findings,
        "rectification_events": events,
    }


@st.composite
def histories(draw: st.DrawFn, finding: str, start: date) -> list[dict[str, Any]]:
    state, day, events = "RECTIFYING", start, []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        allowed = sorted(TRANSITIONS[state])
        if not allowed:
            break
        action = draw(st.sampled_from(allowed))
        day += timedelta(draw(st.integers(0, 20)))
        moves = action in ("EXTEND", "REOPEN")
        events.append(
            {
                "finding": finding,
                "on_date": day,
                "number": number,
                "action": action.value,
                "new_due_on": day + timedelta(30) if moves else None,
                "amount": draw(st.one_of(st.none(), st.integers(0, 10**10))),
            }
        )
        state = TRANSITIONS[state][action]
    return events


@settings(max_examples=12)
@given(district=districts())
def test_any_district_goes_through_an_export_unchanged(
    databases: Databases, district: Rows
) -> None:
    with databases() as first, databases() as second:
        kept(first, workbook(**district))
        kept(second, as_workbook(exported(first)))
        assert exported(second) == exported(first)


@settings(max_examples=12)
@given(district=districts(), at=st.integers(0, 3))
def test_any_node_goes_into_an_empty_database(
    databases: Databases, district: Rows, at: int
) -> None:
    with databases() as first, databases() as second:
        kept(first, workbook(**district))
        export = exported(first, parse(f"unit:U{at}"))
        kept(second, as_workbook(export))
        assert unordered(exported(second)) == unordered(export)


@settings(max_examples=12)
@given(district=districts(), chance=st.randoms(use_true_random=False))
def test_two_orders_of_imports_come_to_the_same(
    databases: Databases, district: Rows, chance: Any
) -> None:
    """Rows split over two workbooks, in an order in which every reference is there in time."""
    base = {"sectors": district["sectors"], "units": district["units"]}
    audit = {name: district[name] for name in ("projects", "findings")}
    events = sorted(district["rectification_events"], key=lambda each: chance.random())
    with databases() as first, databases() as second:
        kept(first, workbook(**district))
        kept(second, workbook(**base))
        kept(second, workbook(**audit))
        kept(second, workbook(**audit, rectification_events=events))
        assert exported(second) == exported(first)
        assert facts(second) == facts(first)


def facts(engine: Engine) -> list[tuple[Any, ...]]:
    """The facts without the numbers they were given, in one order."""
    return sorted((row[1:] for row in dump(engine)["facts"]), key=repr)
