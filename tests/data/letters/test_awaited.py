"""Letters and steps whose reply is awaited, and the last day for each reply."""

import pytest
from sqlalchemy import Engine

from data.letters.awaited import awaited
from data.nodes import parse
from data.scope import Scope
from data.store.database import reading
from tests.data.contents import TODAY
from tests.data.letter_cases import ago, late_district, sent


def test_a_letter_names_the_last_day_for_its_reply_and_a_step_has_ten_working_days(
    engine: Engine,
) -> None:
    steps = [
        {"finding": "A2", "step": "REMINDER", "issued_on": ago(29)},
        {"finding": "B1", "step": "REMINDER", "issued_on": ago(1)},
        {"finding": "C1", "step": "INTERVIEW", "issued_on": ago(50), "replied_on": ago(2)},
    ]
    late_district(engine, escalations=steps)
    sent(engine, "A1", day=ago(3), reply_by=ago(1))
    with reading(engine) as connection:
        found = awaited(connection, Scope(parse("district"), TODAY))
    assert [each.sent.unit_name for each in found] == ["第一单位", "第一单位", "第二单位"]
    # 1 June 2026 is a Monday; the tenth working day after it is the 15th.
    assert [each.reply_by for each in found[:2]] == [ago(15), ago(1)]
    assert [each.days_over(TODAY) for each in found] == [15, 1, 0]


@pytest.mark.parametrize(("node", "length"), [("unit:U2", 1), ("unit:U1", 0)])
def test_only_replies_of_the_scope_are_awaited(engine: Engine, node: str, length: int) -> None:
    late_district(engine, escalations=[{"finding": "B1", "step": "REMINDER", "issued_on": ago(1)}])
    with reading(engine) as connection:
        assert len(awaited(connection, Scope(parse(node), TODAY))) == length
