"""Which limits were missed, looked up for many at once, as a table of all of them would tell."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data.outlook.histories import Known
from data.outlook.method import _Missed
from models.rules.limits import Wait
from models.rules.outlook import as_columns

DAY = date(2026, 6, 30)
LIMITS = st.tuples(st.integers(0, 3), st.integers(0, 2))


def due(days: int) -> date:
    return DAY + timedelta(days)


@given(st.lists(st.tuples(LIMITS, st.booleans())), st.lists(LIMITS))
def test_of_several_waits_for_a_limit_the_last_one_tells(
    told: list[tuple[tuple[int, int], bool]], asked: list[tuple[int, int]]
) -> None:
    waits = as_columns(Wait((), "", DAY, DAY, due(days), over) for (_, days), over in told)
    items = np.array([item for (item, _), _ in told], dtype=np.int64)
    missed = _Missed(Known(waits, items, np.zeros(len(told), dtype=np.int64)))
    columns = np.array([(item, due(days).toordinal()) for item, days in asked], dtype=np.int64)
    found = missed.of(*columns.reshape(len(asked), 2).T)
    last = dict(told)
    assert found.tolist() == [last.get(limit, False) for limit in asked]
