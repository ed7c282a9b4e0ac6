"""Many waits at once, as columns, tell what they would tell one by one."""

from datetime import date
from math import inf, lgamma, log, log1p

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.limits import Wait
from models.rules.outlook import FURTHEST, STRENGTHS, _by_days, _likelihoods, as_columns

DAY = date(2026, 6, 30)
GROUPS = st.sampled_from([("IMMEDIATE",), ("PHASED",), ("LONG_TERM",)])
STATES = st.sampled_from(["RECTIFYING", "REVIEWING", "SUSPENDED"])
CASES = st.tuples(st.integers(1, 500), st.floats(0, 1), st.floats(0.01, 0.99))


@given(st.lists(st.tuples(GROUPS, STATES)), st.data())
def test_groups_and_states_are_numbered_in_the_order_of_their_first_wait(
    named: list[tuple[tuple[str, ...], str]], data: st.DataObject
) -> None:
    waits = as_columns(Wait(group, state, DAY, DAY, DAY, False) for group, state in named)
    chosen = data.draw(st.lists(st.integers(0, max(0, len(named) - 1)), max_size=2 * len(named)))
    numbered = waits.where(np.array(chosen, dtype=np.int64)).numbered_as_they_come()
    groups = [named[place][0] for place in chosen]
    states = [named[place][1] for place in chosen]
    assert list(numbered.groups) == list(dict.fromkeys(groups))
    assert list(numbered.states) == list(dict.fromkeys(states))
    assert numbered.group.tolist() == [numbered.groups[group] for group in groups]
    assert numbered.state.tolist() == [numbered.states[state] for state in states]


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, FURTHEST), st.integers(0, 40), st.booleans())
    )
)
def test_a_case_counts_on_each_day_from_its_first_to_its_last(
    cases: list[tuple[int, int, int, bool]],
) -> None:
    expected = np.zeros((3, FURTHEST + 1))
    spans = [(row, first, max(0, first - length), over) for row, first, length, over in cases]
    for row, first, last, over in spans:
        expected[row, last : first + 1] += over
    rows, firsts, lasts, overs = np.array(spans, dtype=np.int64).reshape(len(spans), 4).T
    assert (_by_days(rows, firsts, lasts, overs * 1.0, 3) == expected).all()


@given(st.lists(CASES, min_size=1, max_size=12))
def test_strengths_are_as_likely_together_as_one_by_one(
    told: list[tuple[int, float, float]],
) -> None:
    cases = [(n, round(n * part), share) for n, part, share in told]
    columns = (np.array(column, dtype=np.float64) for column in zip(*cases, strict=True))
    found = _likelihoods(*columns)
    expected = [sum(_likelihood(*case, strength) for case in cases) for strength in STRENGTHS]
    assert found.tolist() == pytest.approx(expected, rel=1e-7, abs=1e-6)


def _likelihood(cases: int, passed: int, share: float, strength: float) -> float:
    if strength == inf:
        return passed * log(share) + (cases - passed) * log1p(-share)
    over, within = strength * share, strength * (1 - share)
    together = lgamma(strength) - lgamma(strength + cases)
    return (
        together
        + (lgamma(over + passed) - lgamma(over))
        + (lgamma(within + cases - passed) - lgamma(within))
    )
