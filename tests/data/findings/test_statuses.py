"""Statuses inside sources, severities and types add up to those of all findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.findings.statuses import DIMENSIONS, MEASURES, statuses
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from tests.data import districts
from tests.data.districts import few
from tests.data.figures.taken_in import taken_in

FIGURES = {name: catalogue(shipped())[name] for name in MEASURES.values()}


@pytest.mark.parametrize("dimension", DIMENSIONS)
@few(6)
@given(data=st.data())
def test_the_parts_of_a_status_add_up_to_it(dimension: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts("findings"))
    with taken_in(rows) as connection:
        for node in ("district", "unit:U1"):
            scope = Scope(parse(node), data.draw(districts.days(rows)))
            found = statuses(connection, scope, dimension)
            whole = read(connection, scope, FIGURES)
            for status, measure in MEASURES.items():
                parts = sum(each[status] for each in found.values())
                assert parts == (whole[measure].numerator or 0)
