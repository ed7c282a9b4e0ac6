"""A page of the rows behind a figure is a part of the whole list."""

from pathlib import Path

import pytest

from data.figures.catalogue import catalogue
from data.figures.rows import Side, listed, rows_on_page
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import connect, reading
from tests.demonstration_day import TODAY


@pytest.mark.parametrize("urgent_first", [False, True])
@pytest.mark.parametrize("name", ["overdue", "due_rect_rate", "fund_idle"])
@pytest.mark.parametrize("node", ["district", "kind:AGENCY"])
def test_a_page_is_a_part_of_the_whole_list(
    demonstration: Path, name: str, node: str, urgent_first: bool
) -> None:
    figure, scope = catalogue(shipped())[name], everything(parse(node), TODAY)
    with reading(connect(f"sqlite:///{demonstration}")) as connection:
        for side in listed(figure):
            order = {"urgent_first": urgent_first}
            whole = list(rows_on_page(connection, scope, figure, "", side, **order))
            for first, most in ((0, 1), (0, 10), (3, 4), (len(whole) // 2, 5), (len(whole), 2)):
                page = rows_on_page(
                    connection, scope, figure, "", side, first=first, most=most, **order
                )
                assert list(page) == whole[first : first + most], (side, first, most)


def test_the_urgent_order_begins_with_the_longest_overdue_and_has_the_same_rows(
    demonstration: Path,
) -> None:
    figures, scope = catalogue(shipped()), everything(parse("district"), TODAY)
    with reading(connect(f"sqlite:///{demonstration}")) as connection:
        overdue = list(rows_on_page(connection, scope, figures["overdue"], "", Side.VALUE))
        required = list(rows_on_page(connection, scope, figures["required"], "", Side.VALUE))
        urgent = list(
            rows_on_page(connection, scope, figures["required"], "", Side.VALUE, urgent_first=True)
        )
    first = urgent[: len(overdue)]
    assert {row.key for row in first} == {row.key for row in overdue}
    due = {row.key: row.due_on for row in overdue}
    assert [due[row.key] for row in first] == [row.due_on for row in overdue]
    assert [row.key for row in required] != [row.key for row in urgent]
    assert sorted(row.key for row in required) == sorted(row.key for row in urgent)
