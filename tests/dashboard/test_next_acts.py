"""By when something is to be done: red once that has passed, yellow on the day itself."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.act_words import ToBeDone
from dashboard.charts.status_colours import Tone
from dashboard.screens import next_acts

DAY = date(2026, 6, 30)
VIEW: Any = SimpleNamespace(as_of=DAY)


@pytest.mark.parametrize(
    ("days", "tone"), [(-1, Tone.BAD), (0, Tone.WARN), (1, None)], ids=["past", "that day", "ahead"]
)
def test_the_colour_of_the_day_by_which_something_is_to_be_done(days, tone):
    cell = next_acts.cell(VIEW, ToBeDone("reply", "the unit", DAY + timedelta(days)))
    assert cell is not None
    assert cell.tone is tone


def test_what_has_no_day_has_no_colour():
    cell = next_acts.cell(VIEW, ToBeDone("reply", "the unit", None))
    assert cell is not None
    assert cell.tone is None
