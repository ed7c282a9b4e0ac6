"""Imports in any steps come to what deriving everything at once comes to."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.facts.derivation import derive
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.intake.removal import RemovalRefusedError, remove
from data.ledgers.belonging import references_to
from data.ledgers.rows import text_of_key
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading, writing
from models.ledger import LATEST
from models.rectification import RectificationEvent
from models.registry import BY_ID
from tests import oracle
from tests.data import districts
from tests.data.contents import NOW, dump, kept, net
from tests.data.districts import SUBJECTS, UNITS, Row, Rows, few
from tests.databases import Databases, Postgres, sqlite_database

EARLY, LATE = date(2026, 1, 2), date(2098, 6, 1)
ALTERNATIVES: dict[str, dict[str, tuple[Any, ...]]] = {
    "sectors": {},
    "units": {
        "sector": ("EDU", "HEALTH"),
        "kind": ("AGENCY", "SOE"),
        "subdistrict": (None, "120104002"),
        "pilot_batch": (None, 2),
        "enrolled_on": (date(2000, 1, 1),),
        "withdrawn_on": (None,),
    },
    "grid_elements": {"lapsed_on": (None,)},
    "appointments": {"until_on": (None,)},
    "institutions": {"form": ("JOINT", "INDEPENDENT"), "until_on": (None,)},
    "duties": {"done_on": (None, EARLY)},
    "reports": {"due_on": (EARLY, LATE)},
    "report_scores": {"points": (0,)},
    "projects": {
        "source": ("STATE", "CROSS", "SELF_CHECK"),
        "unit": UNITS,
        "planned_on": (EARLY,),
    },
    "content_checks": {"result": ("PROBLEM", "NORMAL"), "checked_on": (EARLY,)},
    "findings": {
        "project": (None,),
        "category": (None, "采购"),
        "severity": ("MAJOR",),
        "amount": (None, 7),
        "rect_type": ("PHASED",),
        "due_on": (LATEST,),
    },
    "rectification_events": {"amount": (None, 5), "rules_built": (None, 3)},
    "cross_reviews": {"due_on": (EARLY,), "completed_on": (None,)},
    "guidance": {"form": ("WRITTEN",)},
    "ratings": {"veto": (None, "V2"), "base_points": (0,), "rated_on": (EARLY,)},
    "assessments": {"points": (0,), "assessed_on": (EARLY,)},
    "key_tasks": {"due_on": (LATEST,)},
    "task_progress": {"percent": (0, 100)},
    "trainings": {"on_date": (EARLY, LATE)},
    "attendance": {"people": (0, 5)},
    "meetings": {"kind": ("STUDY",), "on_date": (EARLY,)},
    "decisions": {"due_on": (EARLY,), "done_on": (None,), "unit": (None, "U2")},
    "fund_projects": {"unit": UNITS, "kind": ("TWO_MAJOR",), "approved": (0, 5)},
    "fund_flows": {"amount": (0, 5000)},
    "disposals": {"unit": UNITS, "kind": ("SHELL",), "recovered": (None, 5)},
    "warnings": {"unit": UNITS, "level": ("RED", "YELLOW"), "closed_on": (None,)},
    "escalations": {"replied_on": (None,)},
}
"""By ledger and column, what may have stood in a row before."""
LEAVES = frozenset(
    ledger
    for ledger in BY_ID
    # The events of a finding must come in the order of its history.
    if ledger != RectificationEvent.id() and not any(references_to(ledger))
)
"""Ledgers to which nothing refers and whose rows may come in any order."""


every_subject = pytest.mark.parametrize("subject", SUBJECTS)
any_subject = st.sampled_from(list(SUBJECTS))


@every_subject
@few(4)
@given(data=st.data())
def test_steps_come_to_the_same(subject: str, data: st.DataObject) -> None:
    compare_steps(sqlite_database, subject, data)


@pytest.mark.postgres
@few(5)
@given(subject=any_subject, data=st.data())
def test_steps_come_to_the_same_on_postgres(
    postgres: Postgres, subject: str, data: st.DataObject
) -> None:
    compare_steps(postgres.database, subject, data)


def compare_steps(databases: Databases, subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts(subject))
    earlier, half, rest = data.draw(steps(rows))
    with databases() as engine, databases() as other:
        for step in (earlier, half, rest):
            kept(engine, districts.content(step), day=LATEST, correct="录入有误")
            assert nothing_differs(engine)
        kept(other, districts.content(rows), day=LATEST)
        assert derived(engine) == derived(other)
        day = data.draw(districts.days(rows))
        with reading(engine) as connection:
            found = read(connection, Scope(parse("district"), day), catalogue(shipped()))
        expected = oracle.figures(districts.district_of(rows), day, "district")
        assert {key: each.as_json() for key, each in found.items()} == expected


@every_subject
@few(3)
@given(data=st.data())
def test_removals_come_to_the_same(subject: str, data: st.DataObject) -> None:
    compare_removals(sqlite_database, subject, data)


@pytest.mark.postgres
@few(4)
@given(subject=any_subject, data=st.data())
def test_removals_come_to_the_same_on_postgres(
    postgres: Postgres, subject: str, data: st.DataObject
) -> None:
    compare_removals(postgres.database, subject, data)


def compare_removals(databases: Databases, subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts(subject))
    with databases() as engine:
        kept(engine, districts.content(rows), day=LATEST)
        for ledger, key in data.draw(st.lists(st.sampled_from(keys(rows)), max_size=6)):
            try:
                take_out(engine, ledger, key)
            except RemovalRefusedError:
                continue
            assert nothing_differs(engine)


def keys(rows: Rows) -> list[tuple[str, str]]:
    return [
        (ledger, text_of_key(BY_ID[ledger], row))
        for ledger, found in rows.items()
        for row in found
        if ledger != "sectors"
    ]


def take_out(engine: Engine, ledger: str, key: str) -> None:
    why = {"reason": "重复录入", "account": "steward", "day": LATEST, "now": NOW}
    remove(engine, ledger, key, references=shipped(), **why)  # type: ignore[arg-type]


def test_a_finding_that_moves_takes_its_history_along(engine: Engine) -> None:
    rows = districts.filled(
        {
            "sectors": [{}, {"code": "HEALTH"}],
            "units": [{}, {"code": "U2", "sector": "HEALTH"}],
            "findings": [{}],
            "rectification_events": [{"action": "CLOSE"}],
            "escalations": [{}],
        }
    )
    kept(engine, districts.content(rows), day=LATEST)
    moved = {"findings": [rows["findings"][0] | {"unit": "U2"}]}
    kept(engine, districts.content(moved), day=LATEST)
    assert nothing_differs(engine)


def test_the_first_rows_of_the_district_itself_move_no_unit(engine: Engine) -> None:
    kept(engine, districts.content(districts.filled(net())), day=LATEST)
    assert nothing_differs(engine)


@st.composite
def steps(draw: st.DrawFn, rows: Rows) -> tuple[Rows, Rows, Rows]:
    """What was kept before, then the rows as they are in two workbooks."""
    earlier: Rows = {}
    half: Rows = {}
    rest: Rows = {}
    for ledger, found in rows.items():
        earlier[ledger], half[ledger], rest[ledger] = [], [], []
        for row in found:
            once = draw(st.sampled_from(["before", "before", "changed", "not yet"]))
            if once != "not yet" or ledger not in LEAVES:
                earlier[ledger].append(draw(altered(ledger, row)) if once == "changed" else row)
            (half if draw(st.booleans()) else rest)[ledger].append(row)
    if draw(st.booleans()):
        earlier["rectification_events"], earlier["escalations"] = [], []
        rest["rectification_events"] = rows.get("rectification_events", [])
        half["rectification_events"] = []
    return earlier, half, rest


@st.composite
def altered(draw: st.DrawFn, ledger: str, row: Row) -> Row:
    """`row` as it may have stood before, still sound beside all others."""
    changes = {
        column: draw(st.sampled_from(values))
        for column, values in ALTERNATIVES[ledger].items()
        if draw(st.booleans())
    }
    return row | changes


def nothing_differs(engine: Engine) -> bool:
    with writing(engine) as connection:
        return not derive(connection, None, shipped()).differs


def derived(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Facts without the numbers they were given, running totals, and the groups of units."""
    tables = dump(engine)
    facts = sorted((row[1:] for row in tables["facts"]), key=repr)
    return {"facts": facts, "balances": tables["balances"], "nodes": tables["unit_nodes"]}
