"""The history of findings that a first snapshot told of begins on its day."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.nodes import Node, parse
from data.own_ledgers.entering import history_begins
from data.scope import Scope
from data.store.database import reading
from tests.data.contents import kept, workbook
from tests.data.own_ledgers.own_files import UNITS
from tests.data.own_ledgers.taking_cases import (
    IMPORTED,
    NOVEMBER,
    OCTOBER,
    ledger,
    line,
    taken_in,
    with_units,
)

DISTRICT = Scope(parse("district"), IMPORTED)


def begins(engine: Engine, scope: Scope = DISTRICT) -> list[tuple[str, date]]:
    with reading(engine) as connection:
        found = history_begins.beginnings(connection, scope)
        assert history_begins.begins_on(connection, scope) == max(
            (each.on for each in found), default=None
        )
    return [(each.sender, each.on) for each in found]


@pytest.fixture
def engine(engine: Engine) -> Engine:
    with_units(engine)
    return engine


def test_without_snapshots_nothing_limits_it(engine: Engine) -> None:
    kept(engine, workbook(findings=[{"unit": "U01"}]))
    assert begins(engine) == []


def test_it_begins_with_the_first_snapshot_and_not_with_a_later_one(
    engine: Engine, tmp_path: Path
) -> None:
    file = ledger(tmp_path / "10.xlsx", [line(1, "往来款")])
    taken_in(engine, file)
    assert begins(engine) == [("区审计局", OCTOBER)]
    more = ledger(tmp_path / "11.xlsx", [line(1, "往来款"), line(2, "库存")])
    taken_in(engine, more, as_of=NOVEMBER)
    assert begins(engine) == [("区审计局", OCTOBER)]


def test_a_finding_issued_on_the_day_itself_has_its_whole_history(
    engine: Engine, tmp_path: Path
) -> None:
    taken_in(engine, ledger(tmp_path / "10.xlsx", [line(1, "往来款", issued=OCTOBER)]))
    assert begins(engine) == []


def test_findings_that_a_template_told_of_before_are_not_limited(
    engine: Engine, tmp_path: Path
) -> None:
    finding = {
        "unit": "U01",
        "title": "往来款",
        "issued_on": date(2026, 3, 1),
        "due_on": date(2026, 12, 31),
        "amount": 100_000_000,
    }
    kept(engine, workbook(findings=[finding]))
    taken_in(engine, ledger(tmp_path / "10.xlsx", [line(1, "往来款", project="")]))
    assert begins(engine) == []


def test_each_sender_has_its_own_and_the_latest_limits_the_district(
    engine: Engine, tmp_path: Path
) -> None:
    taken_in(engine, ledger(tmp_path / "10.xlsx", [line(1, "往来款")]))
    row = line(1, "库存", unit=UNITS["U02"])
    taken_in(engine, ledger(tmp_path / "11.xlsx", [row]), as_of=NOVEMBER, sender="财政局")
    assert begins(engine) == [("财政局", NOVEMBER), ("区审计局", OCTOBER)]
    assert begins(engine, Scope(Node("unit", "U01"), IMPORTED)) == [("区审计局", OCTOBER)]
    assert begins(engine, Scope(Node("unit", "U02"), IMPORTED)) == [("财政局", NOVEMBER)]


def test_only_what_a_viewer_may_see_limits_what_is_seen(engine: Engine, tmp_path: Path) -> None:
    taken_in(engine, ledger(tmp_path / "10.xlsx", [line(1, "往来款")]))
    limited = Scope(parse("district"), IMPORTED, units=frozenset({"U02"}))
    assert begins(engine, limited) == []


def test_values_that_the_sheet_did_not_say_are_known_as_of_its_day(
    engine: Engine, tmp_path: Path
) -> None:
    rows = [line(1, "往来款", state="已完成", closed="已销号", done="")]
    taken_in(engine, ledger(tmp_path / "10.xlsx", rows))
    with reading(engine) as connection:
        events = connection.exec_driver_sql(
            "SELECT finding, on_date, number FROM rectification_events"
        ).all()
        keys = tuple(f"{finding}|{day}|{number}" for finding, day, number in events)
        found = history_begins.known_values(connection, "rectification_events", keys)
    assert {(each.column, each.as_of) for each in found} == {("on_date", OCTOBER)}
