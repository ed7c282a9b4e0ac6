"""Rows of SQLite files copied into PostgreSQL arrive as they were written."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, inspect, select
from sqlmodel import SQLModel

from data.store import beside, out_of_sqlite
from models.kept import Balance, KeptFact, UnitNode
from tests.databases import Postgres

HOSTILE = "a\tb\nc\rd\\N \\t 中文 '\""


@pytest.mark.parametrize("text", [HOSTILE, "\\N", "\\", "", "\\."])
def test_what_has_a_meaning_for_copy_arrives_as_it_was(
    postgres: Postgres, tmp_path: Path, text: str
) -> None:
    fact = {
        "measure": "m",
        "bucket": "",
        "unit": "U1",
        "starts_on": date(2026, 2, 28),
        "ends_on": date.max,
        "value": -(1 << 40),
        "ledger": "findings",
        "key": text,
    }
    file = tmp_path / "beside.sqlite"
    with postgres.database() as engine, engine.begin() as target:
        with beside.filled(file) as source:
            beside.declare(source, beside.declared(target, "table"))
            source.execute(insert(KeptFact).values(fact))
            source.execute(insert(UnitNode).values(unit="U1", node=text))
        beside.copy_rows([file], target)
        columns = [getattr(KeptFact, each) for each in fact]
        assert target.execute(select(*columns)).all() == [tuple(fact.values())]
        assert target.execute(select(UnitNode.node)).all() == [(text,)]


def test_keys_and_indexes_are_made_at_the_end_as_they_were(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(out_of_sqlite, "MANY", 1)
    file = tmp_path / "beside.sqlite"
    asked: list[str] = []
    with postgres.database() as engine, engine.begin() as target:
        with beside.filled(file) as source:
            beside.declare(source, beside.declared(target, "table"))
            source.execute(insert(UnitNode), [{"unit": each, "node": "district"} for each in "AB"])
            source.execute(insert(Balance), [BALANCE | {"node": each} for each in "BA"])
        before = [keys_of(target, each) for each in (UnitNode, Balance)]
        note = listener(target, asked)
        beside.copy_rows([file], target)
        event.remove(target, "before_cursor_execute", note)
        assert [keys_of(target, each) for each in (UnitNode, Balance)] == before
        assert target.scalars(select(Balance.node).order_by(Balance.node)).all() == ["A", "B"]
    [dropped, made] = [each for each in asked if "balances" in each and "CONSTRAINT" in each]
    assert "DROP" in dropped
    assert "PRIMARY KEY" in made


BALANCE = {
    "grain": "D",
    "day": date(2026, 1, 1),
    "measure": "m",
    "bucket": "",
    "count": 1,
    "total": 1,
}


def keys_of(connection: Connection, kept: type[SQLModel]) -> object:
    """The key and the indexes of a table."""
    found = inspect(connection)
    name = str(kept.__tablename__)
    return found.get_pk_constraint(name), found.get_indexes(name)


def listener(connection: Connection, asked: list[str]) -> Any:
    """Adds every statement of `connection` to `asked`."""

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    return note
