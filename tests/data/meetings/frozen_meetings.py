"""A meeting with frozen figures, and rows removed after it."""

from contextlib import suppress
from datetime import date

from hypothesis import strategies as st
from sqlalchemy import Engine

from data.intake.removal import RemovalRefusedError
from data.meetings import freezes
from data.meetings.freezes import FreezeLine
from data.store.access_log import Act
from tests.data import districts
from tests.data.contents import NOW, TODAY
from tests.data.facts.workbook_steps import keys, take_out

ACT = Act("li", NOW)


MEETING = {"code": "M1", "name": "第一次会议", "on_date": date(2026, 6, 20)}


OVERDUE = {"due_on": date(2026, 3, 10)}


def frozen(engine: Engine, as_of: date | None = None, meeting: str = "M1") -> FreezeLine:
    return freezes.freeze(engine, meeting, as_of, ACT, TODAY)


def take_some_out(engine: Engine, rows: districts.Rows, data: st.DataObject) -> None:
    """Remove one row, unless another refers to it."""
    with suppress(RemovalRefusedError):
        take_out(engine, *data.draw(st.sampled_from(keys(rows))))
