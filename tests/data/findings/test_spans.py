"""The findings of a unit on its time line: from issue to closure, as known on the day."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.findings.spans import FindingSpan, spans
from data.nodes import parse
from data.scope import everything
from data.store.database import reading
from models.rectification import PublicStatus
from tests.data.contents import kept, net, workbook

ISSUED, DUE, CLOSED = date(2026, 1, 10), date(2026, 3, 10), date(2026, 4, 1)


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """A unit with a finding that was closed late, one that was voided, one issued later."""
    kept(
        engine,
        workbook(
            **net(),
            findings=[
                {},
                {"code": "F2"},
                {"code": "F3", "issued_on": date(2026, 5, 1), "due_on": date(2026, 8, 1)},
                {"code": "F4", "unit": "U2"},
            ],
            rectification_events=[
                {"action": "CLOSE", "on_date": CLOSED},
                {"finding": "F2", "action": "VOID", "on_date": date(2026, 2, 1)},
            ],
        ),
    )
    return engine


def of_unit(engine: Engine, day: date, most: int = 10) -> tuple[FindingSpan, ...]:
    with reading(engine) as connection:
        return spans(connection, everything(parse("unit:U1"), day), most)


@pytest.mark.parametrize(
    ("day", "closed_on", "status"),
    [
        (DUE, None, PublicStatus.IN_PROGRESS),
        (date(2026, 3, 11), None, PublicStatus.UNRECTIFIED),
        (CLOSED, CLOSED, PublicStatus.RECTIFIED),
    ],
)
def test_a_finding_reaches_to_its_closure(
    engine: Engine, day: date, closed_on: date | None, status: PublicStatus
) -> None:
    found = {span.code: span for span in of_unit(engine, day)}
    assert found["F1"] == FindingSpan("F1", "问题", ISSUED, closed_on, DUE, status)


def test_voided_findings_and_those_of_later_days_and_other_units_are_not_there(
    engine: Engine,
) -> None:
    assert [span.code for span in of_unit(engine, date(2026, 4, 30))] == ["F1"]


def test_the_latest_issued_come_first_and_no_more_than_asked(engine: Engine) -> None:
    codes: list[Any] = [span.code for span in of_unit(engine, date(2026, 6, 1))]
    assert codes == ["F3", "F1"]
    assert [span.code for span in of_unit(engine, date(2026, 6, 1), most=1)] == ["F3"]
