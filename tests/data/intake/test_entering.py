"""Entering rows: the same as a workbook with these rows, in the caller's transaction."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.intake.entering import enter
from data.intake.taken import Taken
from data.reference.lists import shipped
from data.store.access_log import Act
from data.store.database import writing
from models.kept import Import
from models.registry import BY_ID
from tests.data.contents import DEFAULTS, NOW, TODAY, dump, kept, net, places, workbook
from tests.databases import Databases

ACT = Act("committee", NOW, "10.0.0.7")
LETTER = {"finding": "F1", "step": "REMINDER", "issued_on": date(2026, 4, 1)}


def entering(engine: Engine, rows: dict[str, list[dict[str, Any]]], **how: Any) -> Taken:
    with writing(engine) as connection:
        return enter(
            connection,
            rows,
            **{"act": ACT, "day": TODAY, "references": shipped(), "note": "录入:督办函"} | how,
        )


@pytest.fixture
def district(engine: Engine) -> Engine:
    """A database with two units and a finding that is overdue."""
    kept(engine, workbook(**net(), findings=[{}]))
    return engine


def test_entered_rows_of_every_ledger_are_kept_as_a_workbook_keeps_them(
    databases: Databases,
) -> None:
    rows: dict[str, list[dict[str, Any]]] = {ledger: [DEFAULTS[ledger]] for ledger in BY_ID}
    rows["units"] = [DEFAULTS["units"], DEFAULTS["units"] | {"code": "U2"}]
    rows["reports"] = [DEFAULTS["reports"] | {"submitted_on": date(2026, 1, 30)}]
    tables = (*BY_ID, "facts", "balances", "unit_nodes")
    with databases() as taken_in:
        kept(taken_in, workbook(**rows))
        expected = dump(taken_in)
    with databases() as entered:
        assert entering(entered, rows).number == 1
        found = dump(entered)
    for table in tables:
        at_first = [row[1:] for row in expected[table]] if table == "facts" else expected[table]
        then = [row[1:] for row in found[table]] if table == "facts" else found[table]
        assert without_row(table, then) == without_row(table, at_first), table
    assert found["facts"]


def without_row(table: str, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows of a ledger without the last part of their provenance: the row of the sheet."""
    if table not in BY_ID:
        return sorted(rows, key=repr)
    at = list(BY_ID[table].__table__.columns.keys()).index("row")  # type: ignore[attr-defined]
    return [(*row[:at], *row[at + 1 :]) for row in rows]


def test_money_and_decimals_are_given_as_they_are_kept(district: Engine) -> None:
    project = DEFAULTS["fund_projects"] | {"approved": 123_456_789}
    taken = entering(district, {"fund_projects": [project], "key_tasks": [DEFAULTS["key_tasks"]]})
    assert not taken.refused
    with district.connect() as connection:
        assert connection.scalar(text("SELECT approved FROM fund_projects")) == 123_456_789


def test_the_import_names_what_was_entered_by_whom_and_each_row_its_place(
    district: Engine,
) -> None:
    later = LETTER | {"step": "SUPERVISION", "issued_on": date(2026, 5, 4)}
    taken = entering(district, {"escalations": [LETTER, later]}, correct=" 更正 ")
    assert taken.counts == {"escalations": {"new": 2, "changed": 0, "equal": 0}}
    with district.connect() as connection:
        [row] = connection.execute(
            Import.__table__.select().where(text(f"number = {taken.number}"))  # type: ignore[attr-defined]
        )
        assert (row.file_name, row.sha256, row.account) == ("录入:督办函", "", "committee")
        assert (row.day, row.at, row.reason) == (TODAY, NOW, "更正")
        placed = "SELECT step, import_number, sheet, row FROM escalations ORDER BY row"
        assert list(map(tuple, connection.execute(text(placed)))) == [
            ("REMINDER", taken.number, "督办", 1),
            ("SUPERVISION", taken.number, "督办", 2),
        ]


def test_a_column_that_is_not_named_leaves_what_is_kept(district: Engine) -> None:
    entering(district, {"escalations": [LETTER | {"received_on": date(2026, 4, 2)}]})
    entering(district, {"escalations": [LETTER | {"replied_on": date(2026, 4, 9)}]})
    with district.connect() as connection:
        row = connection.execute(text("SELECT received_on, replied_on FROM escalations")).one()
        earlier = connection.scalar(text("SELECT count(*) FROM versions"))
    assert tuple(map(str, row)) == ("2026-04-02", "2026-04-09")
    assert earlier == 1


def test_none_empties_what_is_kept(district: Engine) -> None:
    entering(district, {"escalations": [LETTER | {"received_on": date(2026, 4, 2)}]})
    entering(district, {"escalations": [LETTER | {"received_on": None}]})
    with district.connect() as connection:
        assert connection.scalar(text("SELECT received_on FROM escalations")) is None


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"finding": "F9"}, "问题编号"),
        ({"finding": "F 1"}, "问题编号"),
        ({"finding": None}, "问题编号"),
        ({"step": "SHOUT"}, "层级"),
        ({"issued_on": date(2026, 7, 1)}, "发出日期"),
        ({"issued_on": date(2026, 1, 9)}, "发出日期"),
        ({"issued_on": "soon"}, "发出日期"),
        ({"received_on": date(2026, 3, 31)}, "回执日期"),
    ],
)
def test_a_cell_with_a_fault_is_named_and_nothing_changes(
    district: Engine, row: dict[str, Any], column: str
) -> None:
    before = dump(district)
    good = LETTER | {"received_on": None}
    taken = entering(district, {"escalations": [good, good | {"step": "INTERVIEW"} | row]})
    assert places(taken) == [("督办", 2, column)]
    assert (taken.number, taken.counts) == (None, {})
    assert dump(district) == before


def test_all_faults_come_in_one_go_in_the_order_of_the_rows(district: Engine) -> None:
    rows = [LETTER | {"finding": "F9"}, LETTER | {"step": "SHOUT"}, LETTER, LETTER]
    taken = entering(district, {"escalations": rows})
    assert [place[1] for place in places(taken)] == [1, 2, 4]
    assert taken.faults[-1].sentence.values["row"] == 3


def test_a_required_column_that_is_not_named_is_a_fault(district: Engine) -> None:
    taken = entering(district, {"escalations": [{"finding": "F1", "step": "REMINDER"}]})
    assert [fault.column for fault in taken.faults] == ["发出日期"]


def test_a_kept_date_changes_only_for_a_reason(district: Engine) -> None:
    moved = {"findings": [DEFAULTS["findings"] | {"due_on": date(2026, 5, 10)}]}
    assert places(entering(district, moved)) == [("问题清单", 1, "整改期限")]
    assert entering(district, moved, correct="录入有误").number == 2


def test_equal_rows_change_nothing(district: Engine) -> None:
    entering(district, {"escalations": [LETTER]})
    before = dump(district)
    again = entering(district, {"escalations": [LETTER]})
    assert (again.number, again.faults) == (None, [])
    assert again.counts["escalations"]["equal"] == 1
    assert dump(district) == before


def test_nothing_at_all_changes_nothing(district: Engine) -> None:
    before = dump(district)
    assert entering(district, {"escalations": []}).number is None
    assert dump(district) == before


def test_what_a_caller_writes_beside_the_rows_goes_with_them(district: Engine) -> None:
    before = dump(district)
    with pytest.raises(ZeroDivisionError), district.begin() as connection:
        taken = enter(
            connection,
            {"escalations": [LETTER]},
            act=ACT,
            day=TODAY,
            references=shipped(),
            note="录入",
        )
        assert taken.number == 2
        raise ZeroDivisionError
    assert dump(district) == before


@pytest.mark.parametrize(
    "rows",
    [
        {"nowhere": [{}]},
        {"escalations": [{"colour": "red"}]},
        {"escalations": [LETTER, LETTER | {"replied_on": None}]},
        {"escalations": [LETTER | {"issued_on": 1.5}]},
    ],
)
def test_rows_that_no_page_may_give_are_a_programmers_mistake(
    district: Engine, rows: dict[str, list[dict[str, Any]]]
) -> None:
    with pytest.raises(ValueError):
        entering(district, rows)
