"""Rows that somebody wrote past the import: to what they refer, what they hold."""

from typing import Any

import pytest
from sqlalchemy import Engine, update

from data.ledgers.rows import table_of
from data.ledgers.wrong_rows import wrong_rows
from data.store.database import reading, writing
from models.grid import Unit
from models.ledger import Ledger
from models.mechanism import Assessment
from models.rectification import Finding
from tests.data.contents import kept, net, workbook


def changed(engine: Engine, ledger: type[Ledger], **values: Any) -> list[tuple[str, str, int, str]]:
    """What is wrong once all rows of the ledger hold `values`."""
    with writing(engine) as connection:
        connection.execute(update(table_of(ledger)).values(values))
    with reading(engine) as connection:
        return [
            (each.ledger.id(), each.column.id, each.number, each.first)
            for each in wrong_rows(connection)
        ]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    kept(engine, workbook(**net("U1", "U2"), findings=[{}, {"code": "F2"}]))
    return engine


def test_in_rows_of_an_import_nothing_is_wrong(filled: Engine) -> None:
    with reading(filled) as connection:
        assert list(wrong_rows(connection)) == []


def test_a_row_that_refers_to_nothing_is_named(filled: Engine) -> None:
    assert changed(filled, Finding, unit="NONE") == [("findings", "unit", 2, "F1")]


def test_a_reference_that_is_left_out_is_none(filled: Engine) -> None:
    assert changed(filled, Finding, repeat_of=None) == []


def test_a_row_may_refer_to_another_of_its_ledger(filled: Engine) -> None:
    assert changed(filled, Finding, repeat_of="F2") == []
    assert changed(filled, Finding, repeat_of="F3") == [("findings", "repeat_of", 2, "F1")]


def test_a_code_that_is_none_is_named(filled: Engine) -> None:
    assert changed(filled, Unit, kind="nothing") == [("units", "kind", 2, "U1")]


@pytest.mark.parametrize(("batch", "number"), [(0, 2), (1, 0), (99, 0), (100, 2)])
def test_a_number_out_of_its_limits_is_named(filled: Engine, batch: int, number: int) -> None:
    said = [("units", "pilot_batch", number, "U1")] if number else []
    assert changed(filled, Unit, pilot_batch=batch) == said


def test_points_out_of_none_are_named(engine: Engine) -> None:
    kept(engine, workbook(**net("U1"), assessments=[{}]))
    assert changed(engine, Assessment, full_points=1, points=0) == []
    [(ledger, column, number, _first)] = changed(engine, Assessment, full_points=0)
    assert (ledger, column, number) == ("assessments", "full_points", 1)
