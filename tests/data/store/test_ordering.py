"""Texts come in the order of their bytes, whatever the collation of the database."""

import pytest
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, String, Table, insert, select
from sqlalchemy.dialects import postgresql

from data.figures.catalogue import catalogue
from data.figures.rows import Side, rows_behind, rows_on_page
from data.ledgers.rows import fetch
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import reading, writing
from data.store.ordering import by_bytes
from models.rectification import Finding
from tests.data.contents import TODAY, kept, net, workbook

CODES = ["b", "A_1", "A-1", "a", "A1", "B", "A.1", "A10", "a-1"]
TABLE = Table("sorted", MetaData(), Column("id", Integer, primary_key=True), Column("text", String))


def fill(connection: Connection) -> None:
    """A table whose texts PostgreSQL would sort as people do."""
    collation = ' COLLATE "unicode"' if connection.dialect.name == "postgresql" else ""
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE sorted (id INTEGER PRIMARY KEY, text VARCHAR(40){collation})"
    )
    rows = [{"id": at, "text": each} for at, each in enumerate([*CODES, "采购", "合同"])]
    connection.execute(insert(TABLE), rows)


@pytest.mark.parametrize("falling", [False, True])
def test_texts_are_sorted_by_their_bytes_on_both_databases(engine: Engine, falling: bool) -> None:
    with writing(engine) as connection:
        fill(connection)
        order = by_bytes(TABLE.c.text)
        found = connection.scalars(
            select(TABLE.c.text).order_by(order.desc() if falling else order)
        ).all()
        connection.exec_driver_sql("DROP TABLE sorted")
    assert found == sorted([*CODES, "采购", "合同"], key=str.encode, reverse=falling)


def test_what_is_fetched_in_order_names_the_order() -> None:
    statement = str(
        select(TABLE.c.text).order_by(by_bytes(TABLE.c.text)).compile(dialect=postgresql.dialect())
    )
    assert statement.endswith('ORDER BY sorted.text COLLATE "C"')


@pytest.fixture
def tied(engine: Engine) -> Engine:
    """Findings that nothing but their codes tells apart."""
    kept(engine, workbook(**net(), findings=[{"code": code} for code in CODES]))
    return engine


def test_rows_that_tie_come_by_their_keys(tied: Engine) -> None:
    overdue = catalogue(shipped())["overdue"]
    with reading(tied) as connection:
        found = rows_behind(connection, everything(parse("district"), TODAY), overdue)
        exported = [code for (code,) in fetch(connection, Finding, ("code",), in_order=True)]
    assert [row.key for row in found] == exported == sorted(CODES)


def test_pages_of_a_list_with_ties_are_its_rows_once_each(tied: Engine) -> None:
    overdue, scope = catalogue(shipped())["overdue"], everything(parse("district"), TODAY)
    with reading(tied) as connection:
        pages = [
            row.key
            for first in range(0, len(CODES), 2)
            for row in rows_on_page(connection, scope, overdue, "", Side.VALUE, first=first, most=2)
        ]
    assert pages == sorted(CODES)
