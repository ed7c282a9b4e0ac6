"""Workbooks as the reader returns them, made from few values: required cells have defaults."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlmodel import col

from data.intake.checks.corrections import Correcting
from data.intake.reference_rules import Line
from data.intake.taken import Taken
from data.intake.taking import take
from data.ledgers.rows import by_column, fetch, from_json, ids, table_of
from data.reference.lists import Row, shipped
from data.workbook.cells.choice_cells import listed_codes
from data.workbook.rows import FAULTY, Content, Fault, SheetRows
from models.kept import Version
from models.kinds import Code, Day, Flag, Listed, Money, Number, OneOf, Refers, Whole
from models.ledger import Column, Ledger
from models.registry import BY_ID
from models.text import sentence

TODAY = date(2026, 6, 30)
NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
LONG_AGO = date(2024, 1, 1)
UNREAD = sentence("unread")
ANY_CORRECTION = Correcting("录入有误", most=None)
"""The permission to correct any number of rows."""

ROWS: dict[str, dict[str, Any]] = {
    "sectors": {"code": "EDU", "name": "教育"},
    "units": {
        "code": "U1",
        "name": "单位",
        "kind": "AGENCY",
        "sector": "EDU",
        "enrolled_on": LONG_AGO,
    },
    "grid_elements": {"unit": "U1", "element": "GRID", "met_on": LONG_AGO},
    "appointments": {"unit": "U1", "name": "张三", "role": "PRINCIPAL", "from_on": LONG_AGO},
    "institutions": {"unit": "U1", "form": "INDEPENDENT", "from_on": LONG_AGO},
    "duties": {"unit": "U1", "item": "P1", "due_on": date(2026, 3, 31)},
    "reports": {"unit": "U1", "year": 2026, "kind": "PLAN", "due_on": date(2026, 1, 31)},
    "report_scores": {
        "unit": "U1",
        "year": 2026,
        "kind": "PLAN",
        "reviewer": "U2",
        "dimension": "TIMELY",
        "points": 1000,
        "scored_on": date(2026, 2, 10),
    },
    "projects": {
        "code": "P1",
        "name": "项目",
        "unit": "U1",
        "source": "STATE",
        "planned_on": LONG_AGO,
    },
    "content_checks": {
        "project": "P1",
        "item": "FS01",
        "result": "NORMAL",
        "checked_on": date(2026, 2, 1),
    },
    "findings": {
        "code": "F1",
        "unit": "U1",
        "title": "问题",
        "severity": "ORDINARY",
        "rect_type": "IMMEDIATE",
        "issued_on": date(2026, 1, 10),
        "due_on": date(2026, 3, 10),
    },
    "rectification_events": {
        "finding": "F1",
        "on_date": date(2026, 2, 1),
        "action": "PROGRESS",
    },
    "cross_reviews": {
        "round": "2026-1",
        "reviewer": "U1",
        "reviewed": "U2",
        "due_on": date(2026, 9, 30),
    },
    "guidance": {
        "unit": "U1",
        "on_date": date(2026, 2, 1),
        "by": "DEPARTMENT",
        "form": "ON_SITE",
        "topic": "整改",
    },
    "ratings": {
        "unit": "U1",
        "year": 2025,
        "base_points": 5000,
        "operation_points": 3500,
        "rated_on": date(2026, 2, 1),
    },
    "assessments": {
        "unit": "U1",
        "year": 2025,
        "indicator": "整改率",
        "full_points": 10000,
        "points": 9000,
        "assessed_on": date(2026, 2, 1),
    },
    "key_tasks": {
        "number": 1,
        "name": "任务",
        "lead": "区审计局",
        "start_on": LONG_AGO,
        "due_on": date(2026, 12, 31),
    },
    "task_progress": {"number": 1, "on_date": date(2026, 2, 1), "percent": 40},
    "trainings": {
        "code": "T1",
        "name": "培训",
        "kind": "TRAINING",
        "on_date": date(2026, 2, 1),
    },
    "attendance": {"training": "T1", "unit": "U1", "people": 3},
    "meetings": {
        "code": "M1",
        "name": "会议",
        "kind": "COMMITTEE",
        "on_date": date(2026, 2, 1),
    },
    "decisions": {"meeting": "M1", "number": 1, "text": "议定", "due_on": date(2026, 9, 30)},
    "fund_projects": {
        "code": "B1",
        "name": "国债",
        "kind": "NEW_BOND",
        "unit": "U1",
        "approved": 100_000_000,
        "approved_on": date(2026, 1, 10),
    },
    "fund_flows": {
        "project": "B1",
        "on_date": date(2026, 2, 1),
        "stage": "DISBURSED",
        "amount": 1_000_000,
    },
    "disposals": {
        "code": "D1",
        "name": "空壳",
        "kind": "SHELL",
        "unit": "U1",
        "found_on": date(2026, 1, 10),
        "due_on": date(2026, 9, 30),
    },
    "warnings": {
        "code": "W1",
        "unit": "U1",
        "rule": "W04",
        "level": "RED",
        "raised_on": date(2026, 2, 1),
    },
    "escalations": {"finding": "F1", "step": "REMINDER", "issued_on": date(2026, 4, 1)},
    "unit_names": {"unit": "U1", "name": "简称", "kind": "SHORT"},
}
"""Rows with values that tests rely on."""


def default(ledger: str) -> dict[str, Any]:
    """A faultless row of `ledger`, with only the required cells filled."""
    if ledger in ROWS:
        return ROWS[ledger]
    return {each.id: _sample(each) for each in BY_ID[ledger].columns if each.required}


def _sample(column: Column) -> Any:
    match column.kind:
        case Refers(ledger=target):
            [key] = BY_ID[target].key_columns()
            return default(target)[key.id]
        case OneOf(choices=choices):
            return str(next(iter(choices)))
        case Listed() as listed:
            return next(iter(listed_codes(listed, shipped()).values()))
        case Day():
            return LONG_AGO
        case Whole(low=low):
            return low
        case Number() | Money():
            return 100
        case Flag():
            return True
        case Code():
            return "X1"
        case _:
            return "名称"


DEFAULTS: dict[str, dict[str, Any]] = {ledger: default(ledger) for ledger in BY_ID}
"""By ledger, a row that has no faults together with the others."""


def sheet(ledger: str, rows: Iterable[dict[str, Any]], *, bare: bool = False) -> SheetRows:
    """A sheet with the columns that any of `rows` has; its first data row is row 2.

    `bare` rows are used as they are; others get a default in every required column.
    """
    filled = [row if bare else default(ledger) | row for row in rows]
    columns = [each for each in BY_ID[ledger].columns if any(each.id in row for row in filled)]
    present = tuple(each.id for each in columns)
    return SheetRows(
        BY_ID[ledger],
        BY_ID[ledger].SHEET.zh,
        {each.id: each.zh for each in columns},
        present,
        [
            (number, tuple(row.get(each) for each in present))
            for number, row in enumerate(filled, start=2)
        ],
    )


def workbook(**ledgers: list[dict[str, Any]]) -> Content:
    """A workbook of these sheets; a cell with `FAULTY` has that fault, as from the reader."""
    sheets = [sheet(ledger, rows) for ledger, rows in ledgers.items()]
    unread = [
        Fault(each.name, row, each.headers[column], None, UNREAD)
        for each in sheets
        for row, values in each.named()
        for column, value in values.items()
        if value is FAULTY
    ]
    return Content(sheets, unread)


def net(*units: str) -> dict[str, list[dict[str, Any]]]:
    """The sheets of one sector and of these units (by default U1 and U2)."""
    return {"sectors": [{}], "units": [{"code": each} for each in units or ("U1", "U2")]}


def taking(engine: Engine, content: Content, **how: Any) -> Taken:
    """Import `content` on the day of the tests."""
    return take(
        engine,
        content,
        **{"day": TODAY, "account": "steward", "now": NOW, "references": shipped()} | how,
    )


RENAMED = Correcting("The units that the fixture made are others here.", most=None)
"""The permission to change name, kind or sector of stored units."""


def kept(engine: Engine, content: Content, **how: Any) -> Taken:
    """Import `content`, which must have no faults."""
    taken = taking(engine, content, **how)
    assert taken.faults == [], taken.faults[:3]
    return taken


def places(taken: Taken) -> list[tuple[str | None, int | None, str | None]]:
    """The sheet, row and column of each fault found by the checks after reading."""
    return [
        (fault.sheet, fault.row, fault.column)
        for fault in taken.faults
        if fault.sentence is not UNREAD
    ]


def dump(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to compare two states of a database."""
    with engine.connect() as connection:
        return {
            table: sorted(
                map(tuple, connection.execute(text(f'SELECT * FROM "{table}"'))), key=repr
            )
            for table in inspect(connection).get_table_names()
        }


def of_rows(rows: Sequence[Row]) -> tuple[list[str], list[Line]]:
    """Rows without a file, as a header and lines; the first row is line 2."""
    header = list(dict.fromkeys(column for row in rows for column in row))
    return header, list(enumerate(rows, start=2))


def known_after(
    connection: Connection, ledger: type[Ledger], number: int
) -> Iterator[dict[str, object]]:
    """The rows of `ledger` after import `number`, by column id."""
    still = table_of(ledger).c.import_number <= number
    for values in fetch(connection, ledger, ids(ledger), still):
        yield by_column(ledger, values)
    replaced = select(col(Version.values)).where(
        col(Version.ledger) == ledger.id(),
        col(Version.import_number) <= number,
        col(Version.replaced_by) > number,
    )
    for earlier in connection.scalars(replaced):
        yield from_json(ledger, earlier)
