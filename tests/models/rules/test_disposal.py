"""How a disposal stands on a day."""

from datetime import date

import pytest

from models.disposal import DisposalState
from models.rules.disposal import disposal_state

DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("done_on", "day", "state"),
    [
        (None, DUE, DisposalState.ONGOING),
        (None, date(2026, 7, 1), DisposalState.LATE),
        (date(2026, 7, 5), date(2026, 7, 4), DisposalState.LATE),
        (date(2026, 7, 5), date(2026, 7, 5), DisposalState.DONE),
    ],
)
def test_a_disposal_stands_by_its_limit_and_the_day_it_was_done(
    done_on: date | None, day: date, state: DisposalState
) -> None:
    assert disposal_state(DUE, done_on, day) == state


# How it stands on a day

LIMIT = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("done_on", "day", "state"),
    [
        (None, LIMIT, DisposalState.ONGOING),
        (None, date(2026, 7, 1), DisposalState.LATE),
        (date(2026, 7, 5), date(2026, 7, 4), DisposalState.LATE),
        (date(2026, 7, 5), date(2026, 7, 5), DisposalState.DONE),
    ],
)
def test_a_disposal_stands_by_its_limit_and_the_day_it_was_done(
    done_on: date | None, day: date, state: DisposalState
) -> None:
    assert disposal_state(LIMIT, done_on, day) == state
