"""Whole columns of a query, as SQLite hands each of them out as one text."""

from datetime import date

from sqlalchemy import Engine, select
from sqlmodel import col

from data.store import bulk
from data.store.database import reading
from models.ledger import key_text, key_texts
from models.report import Report
from tests.data.contents import kept, net, workbook

HANDED_IN = date(2026, 1, 20)
ASKED = select(col(Report.unit), col(Report.number), col(Report.due_on), col(Report.submitted_on))


def test_columns_hold_texts_numbers_days_and_what_is_missing(engine: Engine) -> None:
    reports = [{"number": 1}, {"number": 2, "submitted_on": HANDED_IN}]
    kept(engine, workbook(**net(), reports=reports))
    with reading(engine) as connection:
        rows = sorted(map(tuple, connection.execute(ASKED)))
        columns = bulk.fetch_columns(connection, ASKED)
    assert sorted(zip(*columns, strict=True)) == rows
    assert [row[3] for row in rows] == [None, HANDED_IN]


def test_without_rows_every_column_is_empty(engine: Engine) -> None:
    with reading(engine) as connection:
        assert bulk.fetch_columns(connection, ASKED) == [[], [], [], []]


def test_keys_of_many_rows_are_the_texts_of_each() -> None:
    keys = [("A|B", 2026, "x\\y"), ("A", 1, "1"), ("A|B", 1, "")]
    assert key_texts(zip(*keys, strict=True)) == [key_text(key) for key in keys]
