"""A page of the rows behind a figure is a part of the whole list."""

from pathlib import Path

import pytest

from data.figures.catalogue import catalogue
from data.figures.rows import listed, rows_on_page
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import connect, reading
from tests.demonstration_day import TODAY


@pytest.mark.parametrize("name", ["overdue", "due_rect_rate", "fund_idle"])
@pytest.mark.parametrize("node", ["district", "kind:AGENCY"])
def test_a_page_is_a_part_of_the_whole_list(demonstration: Path, name: str, node: str) -> None:
    figure, scope = catalogue(shipped())[name], everything(parse(node), TODAY)
    with reading(connect(f"sqlite:///{demonstration}")) as connection:
        for side in listed(figure):
            whole = list(rows_on_page(connection, scope, figure, "", side))
            for first, most in ((0, 1), (0, 10), (3, 4), (len(whole) // 2, 5), (len(whole), 2)):
                page = rows_on_page(connection, scope, figure, "", side, first=first, most=most)
                assert list(page) == whole[first : first + most], (side, first, most)
