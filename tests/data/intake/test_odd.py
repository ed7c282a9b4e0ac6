"""Odd, not wrong: what a trial run points out, though it keeps no workbook out."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.intake.senders import BUREAU
from tests.data.contents import kept, net, taking, workbook


def odd(
    engine: Engine, **ledgers: list[dict[str, Any]]
) -> list[tuple[int | None, str | None, str]]:
    """Row, column and sentence of each warning of a workbook without faults."""
    taken = taking(engine, workbook(**ledgers), dry_run=True, sender=BUREAU)
    assert taken.faults == []
    return [
        (each.row, each.column, each.sentence.say(str, "en").partition(".")[0])
        for each in taken.warnings
    ]


@pytest.fixture
def engine(engine: Engine) -> Engine:
    kept(engine, workbook(**net(), findings=[{"amount": 1_000_000}]))
    return engine


def findings(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """New findings, each with a text of its own."""
    return [{"code": f"N{at}", "title": f"问题{at}"} | row for at, row in enumerate(rows)]


def test_an_ordinary_row_is_not_odd(engine: Engine) -> None:
    assert odd(engine, findings=findings({"amount": 2_000_000})) == []


@pytest.mark.parametrize(("amount", "found"), [(10_000_000_000, 0), (10_000_000_001, 1)])
def test_an_amount_beyond_ten_thousand_times_the_median_is_odd(
    engine: Engine, amount: int, found: int
) -> None:
    rows = findings({"amount": 1_000_000}, {"amount": amount})
    warned = odd(engine, findings=rows)
    assert [each[:2] for each in warned] == [(3, "问题金额")] * found


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"due_on": date(2032, 1, 1)}, "整改期限"),
        ({"issued_on": date(2014, 12, 31)}, "交办日期"),
        ({"title": "问题 。"}, "问题摘要"),
    ],
)
def test_far_limits_early_days_and_the_same_matter_are_odd(
    engine: Engine, row: dict[str, Any], column: str
) -> None:
    assert [each[:2] for each in odd(engine, findings=findings(row))] == [(2, column)]


def test_what_is_at_the_edge_is_not(engine: Engine) -> None:
    edges = ({"due_on": date(2031, 12, 31)}, {"issued_on": date(2015, 1, 1)}, {"unit": "U2"})
    assert odd(engine, findings=findings(*edges)) == []


@pytest.mark.parametrize(("times", "found"), [(9, 0), (10, 1)])
def test_many_equal_amounts_are_odd_once(engine: Engine, times: int, found: int) -> None:
    assert len(odd(engine, findings=findings(*[{"amount": 7_000_000}] * times))) == found


def test_two_units_of_one_name_are_odd(engine: Engine) -> None:
    [(row, column, _)] = odd(engine, units=[{"code": "U9", "name": "单位"}])
    assert (row, column) == (2, "单位名称")


@pytest.mark.parametrize(("rows", "found"), [(8, 0), (7, 1)])
def test_a_file_with_a_fifth_fewer_rows_than_the_last_of_its_sender_is_odd(
    engine: Engine, rows: int, found: int
) -> None:
    kept(engine, workbook(findings=findings(*[{}] * 10)), sender=BUREAU)
    warned = odd(engine, findings=findings(*[{}] * rows))
    assert [each[2] for each in warned] == [
        f"The last file of this sender held 10 rows, this one holds {rows}"
    ] * found


def test_hidden_rows_are_said(engine: Engine) -> None:
    content = workbook(findings=findings({}, {}))
    content.sheets[0].hidden_rows = [3]
    [warning] = taking(engine, content, dry_run=True).warnings
    assert (warning.row, warning.sentence.values) == (3, {"n": 1})
