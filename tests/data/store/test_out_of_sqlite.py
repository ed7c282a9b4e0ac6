"""Rows of SQLite files copied into PostgreSQL arrive as they were written."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from data.store import beside
from models.kept import KeptFact, UnitNode
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
