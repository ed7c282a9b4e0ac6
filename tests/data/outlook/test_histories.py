"""What was known on a day: rows entered by then, as they were; else rows dated by then."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from data.intake.taken import Taken
from data.intake.undo import undo
from data.outlook.histories import FindingHistories, Histories, ReportHistories
from data.reference.lists import shipped
from data.store.database import reading
from data.workbook.rows import Content
from models.days import FOREVER, month_ends
from models.rules.limits import waits_of_finding
from tests.data.contents import ANY_CORRECTION, TODAY, kept, net, workbook

MARCH, APRIL, MAY = date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)
CLOSED = date(2026, 3, 5)


def entered(engine: Engine, content: Content, day: date, **how: Any) -> Taken:
    """Take in `content` at noon on `day`."""
    return kept(engine, content, day=day, now=noon(day), **how)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def close(**values: Any) -> dict[str, Any]:
    return {"on_date": CLOSED, "action": "CLOSE"} | values


def told(histories: Histories, day: date, *, then: bool) -> list[tuple[str, date, bool]]:
    """The waits of a day: for what, until when, and whether the limit was passed by that day."""
    known = histories.waits(day, as_known_then=then)
    waits = known.waits
    ends_on = map(date.fromordinal, waits.ends.tolist())
    over = (waits.went_over.astype(bool) & (waits.due < day.toordinal())).tolist()
    items = [histories.items[number] for number in known.items.tolist()]
    return list(zip(items, ends_on, over, strict=True))


def findings(engine: Engine) -> FindingHistories:
    with reading(engine) as connection:
        return FindingHistories(connection)


def test_what_was_entered_later_was_not_known(engine: Engine) -> None:
    entered(engine, workbook(**net(), findings=[{}]), MARCH)
    entered(engine, workbook(rectification_events=[close()]), MAY)
    histories = findings(engine)
    assert told(histories, APRIL, then=True) == [("F1", FOREVER, True)]
    assert told(histories, APRIL, then=False) == [("F1", CLOSED, False)]
    assert told(histories, MAY, then=True) == [("F1", CLOSED, False)]


def test_what_is_entered_on_the_day_is_known(engine: Engine) -> None:
    entered(engine, workbook(**net(), findings=[{}]), MARCH)
    histories = findings(engine)
    assert histories.known_since == MARCH
    assert told(histories, MARCH, then=True)
    assert not told(histories, date(2026, 3, 30), then=True)


def test_what_had_not_happened_is_not_told(engine: Engine) -> None:
    entered(engine, workbook(**net(), findings=[{}], rectification_events=[close()]), MAY)
    histories = findings(engine)
    assert told(histories, date(2026, 1, 9), then=False) == []
    assert told(histories, date(2026, 3, 4), then=False) == [("F1", FOREVER, False)]
    assert told(histories, MARCH, then=False) == [("F1", CLOSED, False)]


def test_a_corrected_finding_is_known_as_it_was(engine: Engine) -> None:
    entered(engine, workbook(**net(), findings=[{}]), MARCH)
    moved = workbook(findings=[{"due_on": date(2026, 9, 1)}])
    entered(engine, moved, MAY, correct=ANY_CORRECTION)
    histories = findings(engine)
    dues = [histories.waits(APRIL, as_known_then=then).waits.due.tolist() for then in (True, False)]
    assert dues == [[date(2026, 3, 10).toordinal()], [date(2026, 9, 1).toordinal()]]


def test_what_was_taken_back_was_known_before_it_was(engine: Engine) -> None:
    entered(engine, workbook(**net(), findings=[{}]), MARCH)
    wrong = entered(engine, workbook(rectification_events=[close()]), APRIL)
    undo(
        engine,
        wrong.number,
        day=MAY,
        account="steward",
        now=noon(MAY),
        reason="录入有误",
        references=shipped(),
    )
    histories = findings(engine)
    assert told(histories, APRIL, then=True) == [("F1", CLOSED, False)]
    assert told(histories, MAY, then=True) == [("F1", FOREVER, True)]


def test_a_report_is_owed_until_it_was_known_to_be_in(engine: Engine) -> None:
    entered(engine, workbook(**net(), reports=[{}]), MARCH)
    entered(engine, workbook(reports=[{"submitted_on": date(2026, 1, 20)}]), MAY)
    with reading(engine) as connection:
        histories = ReportHistories(connection)
    assert told(histories, APRIL, then=True) == [("U1|2026|PLAN|1", FOREVER, True)]
    assert told(histories, MAY, then=True) == [("U1|2026|PLAN|1", date(2026, 1, 20), False)]


def test_findings_known_as_now_are_told_from_what_was_computed_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(engine, workbook(**net(), findings=[{"code": "F1"}, {"code": "F2"}]), MARCH)
    entered(engine, workbook(rectification_events=[close(finding="F2")]), MAY)
    computed: list[str] = []

    def counted(finding: Any, *rest: Any) -> Any:
        computed.append(finding.code)
        return waits_of_finding(finding, *rest)

    monkeypatch.setattr("data.outlook.histories.waits_of_finding", counted)
    histories = findings(engine)
    months = month_ends(TODAY, 24)
    for month in months:
        histories.waits(month, as_known_then=month >= MARCH)
    # F2 is computed again as it was known in March and April, before its closure was entered.
    assert sorted(computed) == ["F1", "F2", "F2"]
    assert told(histories, APRIL, then=True) == [("F1", FOREVER, True), ("F2", FOREVER, True)]
    assert told(histories, TODAY, then=True) == [("F1", FOREVER, True), ("F2", CLOSED, False)]


def test_an_empty_database_tells_nothing(engine: Engine) -> None:
    assert findings(engine).known_since is None
    assert told(findings(engine), MAY, then=False) == []
    assert told(findings(engine), MAY, then=True) == []
