"""The ledgers of an office month by month, and how tests import them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Date, Engine, text

from data.own_ledgers.how_to_take import HowToTake, OwnTaken
from data.own_ledgers.taking import take_files
from data.reference.lists import shipped
from data.store.access_log import Act
from tests.data.contents import kept, workbook
from tests.data.own_ledgers.own_files import UNITS, book

IMPORTED = date(2026, 12, 31)
OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)
HEADER = [
    "序号",
    "审计项目",
    "责任单位",
    "问题描述",
    "涉及金额(万元)",
    "整改时限",
    "整改情况",
    "已整改金额(万元)",
    "完成时间",
    "销号情况",
    "交办日期",
]
ISSUED = date(2026, 3, 1)


def line(
    number: int,
    title: str,
    *,
    unit: str = UNITS["U01"],
    amount: Any = 100,
    limit: Any = date(2026, 12, 31),
    state: str = "正在整改",
    rectified: Any = 0,
    done: Any = "",
    closed: str = "未销号",
    project: str = "预算执行审计",
    issued: Any = ISSUED,
) -> list[Any]:
    """A row of a rectification ledger."""
    return [
        number, project, unit, title, amount, limit, state, rectified, done, closed, issued,
    ]  # fmt: skip


def ledger(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """A rectification ledger with a title, a header and `rows`."""
    return book(path, [["审计查出问题整改台账"], HEADER, *rows])


def with_units(engine: Engine) -> None:
    """Store the units of the tests."""
    units = [{"code": code, "name": name} for code, name in UNITS.items()]
    kept(engine, workbook(sectors=[{}], units=units))


def take(engine: Engine, *paths: Path, **how: Any) -> list[OwnTaken]:
    """Import `paths` as sheets of October from the audit bureau, unless `how` says otherwise."""
    chosen: dict[str, Any] = {
        "day": IMPORTED,
        "act": Act("steward", datetime(2026, 12, 31, 9, 0, tzinfo=UTC)),
        "references": shipped(),
        "sender": "区审计局",
        "as_of": OCTOBER,
    }
    return take_files(engine, paths, HowToTake(**chosen | how))


def taken_in(engine: Engine, path: Path, **how: Any) -> OwnTaken:
    """Import one file, which must succeed."""
    [taken] = take(engine, path, **how)
    assert [each.sentence for each in taken.taken.faults] == []
    assert [each.asks for each in taken.questions] == []
    return taken


def first_answers(taken: Sequence[OwnTaken], **by_value: str) -> Mapping[str, str]:
    """The first proposed answer to every question, except those about values in `by_value`."""
    return {
        question.id: by_value.get(question.value, question.proposals[0].answer)
        for each in taken
        for question in each.questions
    }


def rows_of(engine: Engine, what: str) -> list[tuple[Any, ...]]:
    """The rows that a SQL statement returns."""
    with engine.connect() as connection:
        # SQLite stores days as text.
        days = {each: Date() for each in ("on_date", "due_on", "new_due_on") if each in what}
        found = text(what).columns(**days) if days else text(what)
        return [tuple(row) for row in connection.execute(found)]
