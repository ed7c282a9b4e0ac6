"""Rows read a batch at a time: who stops early, or is let go late, leaves nothing behind."""

import gc
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from data.intake.removal import RemovalRefusedError, remove
from data.ledgers.rows import fetch, key_of_text, text_of_key
from data.reference.lists import shipped
from data.store.database import reading
from models.duty import Appointment
from models.grid import Unit
from tests.data.contents import NOW, TODAY, kept, net, workbook


@pytest.fixture
def unraisable(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What was raised where nobody could catch it: Python prints it with a traceback."""
    told: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda raised: told.append(raised.exc_value))
    yield told


def test_a_reader_let_go_after_its_connection_tells_nothing(
    engine: Engine, unraisable: list[Any]
) -> None:
    kept(engine, workbook(**net("U1", "U2")))
    with reading(engine) as connection:
        rows = fetch(connection, Unit, ("code",), in_order=True)
        assert next(rows) == ("U1",)
    del rows
    gc.collect()
    assert unraisable == []


def test_a_reader_that_stops_early_leaves_the_connection_usable(engine: Engine) -> None:
    kept(engine, workbook(**net("U1", "U2")))
    with reading(engine) as connection:
        for _ in range(3):
            assert next(fetch(connection, Unit, ("code",), in_order=True)) == ("U1",)


@pytest.mark.parametrize(("ledger", "key"), [("units", "U1"), ("sectors", "EDU")])
def test_a_refused_removal_tells_its_sentence_alone(
    engine: Engine, unraisable: list[Any], ledger: str, key: str
) -> None:
    kept(engine, workbook(**net("U1", "U2"), findings=[{}, {"code": "F2"}]))
    with pytest.raises(RemovalRefusedError) as refused:
        remove(
            engine,
            ledger,
            key,
            reason="重复录入",
            account="steward",
            day=TODAY,
            now=NOW,
            references=shipped(),
        )
    assert "refers to it" in refused.value.sentence.message
    del refused
    gc.collect()
    assert unraisable == []


@pytest.mark.parametrize("name", ["张三", "a|b", "a\\b", "|", "\\|", "a||b"])
def test_the_text_of_a_key_gives_its_values_back(name: str) -> None:
    values = dict.fromkeys(map(str, (c.id for c in Appointment.key_columns())), name)
    days = {c.id: TODAY for c in Appointment.key_columns() if c.id.endswith("_on")}
    text = text_of_key(Appointment, values | days)
    assert key_of_text(Appointment, text) == tuple((values | days).values())
    with pytest.raises(ValueError, match="more"):
        key_of_text(Appointment, f"{text}|more")
