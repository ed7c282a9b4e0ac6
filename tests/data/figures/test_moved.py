"""The rows that came into a list and left it between two days make up how its length changed."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from data.figures.catalogue import catalogue
from data.figures.moved import moved_rows
from data.figures.rows import FigureRow, Side, listed, rows_on_page
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import connect, reading
from tests.demonstration_day import TODAY

THEN = TODAY - timedelta(74)


def row(key: str, bucket: str = "", since: date = THEN) -> FigureRow:
    return FigureRow(Side.VALUE, "findings", key, "E01", Fraction(1), since, bucket)


def test_a_row_under_another_bucket_stays() -> None:
    moved = moved_rows([row("F1", "D30"), row("F2", "D30")], [row("F1", "D90", TODAY), row("F3")])
    assert [each.key for each in moved.new] == ["F3"]
    assert [each.key for each in moved.gone] == ["F2"]


def test_a_row_that_counts_under_two_rules_is_told_apart_by_them() -> None:
    moved = moved_rows([row("F1", "RED/W01")], [row("F1", "RED/W02"), row("F1", "RED/W01")])
    assert [each.bucket for each in moved.new] == ["RED/W02"]
    assert not moved.gone
    # Of several that are unlike the earlier one, the earliest stays.
    later = row("F1", "RED/W03", TODAY)
    moved = moved_rows([row("F1", "YELLOW/W02")], [later, row("F1", "RED/W02")])
    assert moved.new == (later,)


@pytest.mark.parametrize("figure", catalogue(shipped()).values(), ids=lambda each: each.id)
def test_what_came_less_what_went_is_the_change_of_the_length(figure, demonstration):
    engine = connect(f"sqlite:///{demonstration}")
    with reading(engine) as connection:
        for side in listed(figure):
            then, now = (
                list(rows_on_page(connection, everything(parse("district"), day), figure, "", side))
                for day in (THEN, TODAY)
            )
            moved = moved_rows(then, now)
            assert len(moved.new) - len(moved.gone) == len(now) - len(then)
            assert set(moved.new) <= set(now) and set(moved.gone) <= set(then)
    engine.dispose()
