"""What units entered, by ledger: the same as counting the rows one by one."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import Engine, insert, select, text

from data.coverage import entries
from data.coverage.entries import OWED, LedgerEntries
from data.coverage.partly_entered import partly_entered
from data.figures.catalogue import catalogue
from data.ledgers.belonging import units_of
from data.ledgers.rows import PROVENANCE, by_column, ids, table_of
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope, everything
from data.store.database import reading, writing
from models.import_warning import Oddity
from models.kept import Import
from models.own_snapshot import SetAsideRow
from models.registry import BY_ID
from models.rules.trust import Trust
from tests.data.contents import ANY_CORRECTION, NOW, TODAY, kept, workbook
from tests.oracle.against import drawn
from tests.oracle.beside_figures import compare_trust

UNITS = [
    {"code": "U1"},
    {"code": "U2"},
    {"code": "U3", "sector": "HEALTH"},
    {"code": "GONE", "withdrawn_on": TODAY},
]
NET = {"sectors": [{}, {"code": "HEALTH"}], "units": UNITS}
SINCE = TODAY - timedelta(30)
DISTRICT = everything(parse("district"), TODAY)


def asked(engine: Engine, ledger: str, scope: Scope = DISTRICT) -> LedgerEntries:
    with reading(engine) as connection:
        return entries.of_ledger(connection, scope, ledger, SINCE)


def wait(engine: Engine, unit: str | None, ledger: str = "findings", **columns: object) -> None:
    row = {
        "sender": "bureau",
        "form": "f",
        "as_of": TODAY,
        "file_name": "台账.xlsx",
        "sheet": "台账",
        "row": 5,
        "ledger": ledger,
        "unit": unit,
        "said": {},
        "questions": [],
        "at": NOW,
        "account": "steward",
    }
    with writing(engine) as connection:
        connection.execute(insert(SetAsideRow).values(**row | columns))


@pytest.fixture
def district(engine: Engine) -> Engine:
    """Rows of every kind: entered long ago, entered now, of a unit that has left, due later."""
    early = {
        "grid_elements": [{"unit": "U1"}, {"unit": "U2"}],
        "findings": [{"code": "F1", "issued_on": date(2025, 1, 10), "due_on": date(2025, 3, 1)}],
        "reports": [{"unit": "GONE", "year": 2025, "due_on": date(2025, 1, 31)}],
    }
    kept(engine, workbook(**NET), day=TODAY - timedelta(365))
    kept(engine, workbook(**early), day=TODAY - timedelta(365))
    late = {
        "projects": [{"unit": "U2"}],
        "content_checks": [{}],
        "findings": [{"code": "F2", "unit": "U3"}],
        "rectification_events": [{"finding": "F2"}],
        "trainings": [{}],
        "attendance": [{"unit": "U2"}],
        "reports": [{"unit": "U1", "due_on": TODAY + timedelta(1)}],
    }
    kept(engine, workbook(**late))
    return engine


@pytest.mark.parametrize("node", ["district", "sector:HEALTH", "unit:U2"])
def test_the_query_equals_a_count_row_by_row(district: Engine, node: str) -> None:
    for ledger in OWED:
        _require_equal(district, ledger, node)


def _require_equal(district: Engine, ledger: str, node: str) -> None:
    whole = asked(district, ledger, everything(parse(node), TODAY)).whole
    latest = _row_by_row(district, ledger)
    members = {"district": {"U1", "U2", "U3"}, "sector:HEALTH": {"U3"}, "unit:U2": {"U2"}}[node]
    seen = members | ({"GONE"} if node == "district" else set())
    recent = {unit for unit, day in latest.items() if day > TODAY - timedelta(365)}
    assert whole.owing == len(members)
    assert whole.ever == len(members & latest.keys())
    assert whole.in_last_year == len(members & recent)
    assert whole.latest == max((latest[unit] for unit in seen & latest.keys()), default=None)


def _row_by_row(engine: Engine, ledger_id: str) -> dict[str, date]:
    """By unit with a row that is dated by TODAY, the latest day on which one came in."""
    ledger, found = BY_ID[ledger_id], dict[str, date]()
    with reading(engine) as connection:
        days = {line.number: line.day for line in connection.execute(select(Import.__table__))}  # type: ignore[attr-defined]
        held = {
            str(code): day
            for code, day in connection.execute(text("SELECT code, on_date FROM trainings"))
        }
        for kept_row in connection.execute(select(table_of(ledger))):
            row = by_column(ledger, tuple(kept_row._mapping[each] for each in ids(ledger)))
            dated = ledger.DATED_BY
            day = row[dated] if isinstance(dated, str) else held[row[dated.by]]
            if str(day) > TODAY.isoformat():
                continue
            [units] = units_of(connection, ledger, [row])
            for unit in units & ({row["unit"]} if "unit" in row else units):
                entered = days[kept_row._mapping["import_number"]]
                found[unit] = max(found.get(unit, date.min), entered)
    return found


@pytest.mark.parametrize("node", ["district", "sector:HEALTH", "unit:U2"])
@pytest.mark.parametrize("days", [-366, -1, 0, 300, 364, 365, 366])
def test_partly_entered_are_the_ledgers_with_that_trust(
    district: Engine, node: str, days: int
) -> None:
    wait(district, "U2", "guidance")
    scope = everything(parse(node), TODAY + timedelta(days))
    trusts = {ledger: asked(district, ledger, scope).whole.trust for ledger in OWED}
    partial = tuple(each for each in OWED if trusts[each] is Trust.PARTIAL)
    assert partly_entered_of(district, scope) == partial


def partly_entered_of(engine: Engine, scope: Scope) -> tuple[str, ...]:
    with reading(engine) as connection:
        return partly_entered(connection, scope)


def test_events_are_whole_if_each_unit_has_one_not_if_each_has_a_finding(district: Engine) -> None:
    kept(district, workbook(findings=[{"code": "F3", "unit": "U2"}, {"code": "F4", "unit": "U1"}]))
    partial = partly_entered_of(district, DISTRICT)
    assert "findings" not in partial
    assert "rectification_events" in partial
    kept(district, workbook(rectification_events=[{"finding": "F3"}, {"finding": "F4"}]))
    assert "rectification_events" not in partly_entered_of(district, DISTRICT)


def test_the_sectors_add_up_to_the_district(district: Engine) -> None:
    found = asked(district, "findings")
    assert sum(each.owing for each in found.by_sector.values()) == found.whole.owing
    assert {code: each.in_last_year for code, each in found.by_sector.items()} == {
        "EDU": 0,
        "HEALTH": 1,
    }


def test_who_has_entered_nothing_in_the_last_year(district: Engine) -> None:
    with reading(district) as connection:
        found = entries.not_entered(connection, DISTRICT, "findings")
    assert [(unit.code, unit.latest) for unit in found] == [
        ("U2", None),
        ("U1", TODAY - timedelta(365)),
    ]


def test_only_what_the_asker_may_see_is_counted(district: Engine) -> None:
    wait(district, "U1")
    wait(district, None)
    mine = Scope(parse("district"), TODAY, sectors=frozenset({"HEALTH"}))
    found = asked(district, "findings", mine)
    assert (found.whole.owing, found.whole.in_last_year, found.whole.waiting) == (1, 1, 0)
    assert set(found.by_sector) == {"HEALTH"}


def test_rows_that_wait_are_counted_until_settled(district: Engine) -> None:
    wait(district, "U3")
    wait(district, None)
    wait(district, "U3", settled_at=NOW, how="TAKEN")
    wait(district, "U3", ledger="reports")
    wait(district, "U3", as_of=TODAY + timedelta(1))
    found = asked(district, "findings")
    assert found.whole.waiting == 2
    assert found.by_sector["HEALTH"].waiting == 1
    assert found.by_sector["HEALTH"].trust is Trust.PARTIAL


@pytest.mark.parametrize(("days_before", "count"), [(29, 1), (30, 0)])
def test_corrections_after_the_day_compared_with_are_counted(
    district: Engine, days_before: int, count: int
) -> None:
    finding = {"code": "F2", "unit": "U3", "severity": "MAJOR"}
    event = {"finding": "F2", "persons_handled": 1}
    corrected = workbook(findings=[finding], rectification_events=[event])
    kept(district, corrected, day=TODAY - timedelta(days_before), correct=ANY_CORRECTION)
    for ledger in ("findings", "rectification_events"):
        assert asked(district, ledger).corrections == count
        others = everything(parse("unit:U1"), TODAY)
        assert asked(district, ledger, others).corrections == 0
    assert asked(district, "reports").corrections == 0


def test_warnings_about_rows_are_counted_until_confirmed_or_until_the_row_changes(
    district: Engine,
) -> None:
    with writing(district) as connection:
        table = table_of(BY_ID["findings"])
        at = connection.execute(
            select(*(table.c[each] for each in PROVENANCE)).where(table.c.code == "F2")
        ).one()
        place = dict(zip(PROVENANCE, at, strict=True))
        warned = {"unit": "U3", "message": "odd", "values": {}, **place}
        connection.execute(insert(Oddity).values(**warned))
        connection.execute(insert(Oddity).values(**warned | {"confirmed_at": NOW}))
        connection.execute(insert(Oddity).values(**warned | {"import_number": 1}))
    assert asked(district, "findings").odd == 1
    assert asked(district, "findings", everything(parse("unit:U1"), TODAY)).odd == 0
    assert asked(district, "reports").odd == 0


def test_an_empty_district_knows_nothing_of_any_ledger(engine: Engine) -> None:
    with reading(engine) as connection:
        found = entries.of_ledgers(connection, DISTRICT, SINCE)
    assert [line.ledger for line in found] == list(OWED)
    assert {line.whole.trust for line in found} == {Trust.UNKNOWN}


def test_a_district_without_rows_knows_nothing_of_any_ledger(engine: Engine) -> None:
    kept(engine, workbook(**NET))
    with reading(engine) as connection:
        found = entries.of_ledgers(connection, DISTRICT, SINCE)
    assert {line.whole.trust for line in found} == {Trust.UNKNOWN}
    assert {each.trust for line in found for each in line.by_sector.values()} == {Trust.UNKNOWN}


def test_every_figure_that_needs_rows_of_units_has_a_ledger() -> None:
    for figure in catalogue(shipped()).values():
        assert not figure.known_by or entries.source_of(figure) in OWED, figure.id


def test_the_ledgers_of_other_figures_are_those_of_the_catalogue() -> None:
    assert entries.READ_FROM.keys() <= catalogue(shipped()).keys()
    assert set(entries.READ_FROM.values()) <= set(OWED)


def test_entries_of_two_days_are_counted_like_their_oracle() -> None:
    # This seed looks at the day a whole year after an import.
    counted, differences = compare_trust(drawn(4), Random(4), days=1)
    assert differences == []
    assert counted["trust"] >= len(OWED)
