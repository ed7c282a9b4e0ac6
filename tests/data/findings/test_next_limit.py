"""The limits ahead: the next findings to fall due, and the first day beyond those due soon."""

from datetime import date, timedelta

from sqlalchemy import Engine

from data.findings.next_limit import NextLimit, next_due, next_limit
from data.nodes import parse
from data.scope import everything
from data.store.database import reading
from models.rules.rectification import DUE_SOON_DAYS
from tests.data.contents import TODAY, kept, net, workbook


def enter(engine: Engine, *days_ahead: int, **events: object) -> None:
    findings = [
        {"code": f"F{n}", "issued_on": date(2026, 1, 1), "due_on": TODAY + timedelta(days)}
        for n, days in enumerate(days_ahead)
    ]
    kept(engine, workbook(**(net() | {"findings": findings} | events)))


def found(engine: Engine, *days_ahead: int) -> NextLimit | None:
    enter(engine, *days_ahead)
    with reading(engine) as connection:
        return next_limit(connection, everything(parse("district"), TODAY))


def test_the_first_limit_that_is_not_yet_soon_is_found_with_how_many_have_it(engine):
    beyond = DUE_SOON_DAYS + 1
    expected = NextLimit(TODAY + timedelta(beyond), 2)
    assert found(engine, -3, DUE_SOON_DAYS, beyond, beyond, beyond + 9) == expected


def test_without_a_limit_beyond_there_is_none(engine):
    assert found(engine, -3, DUE_SOON_DAYS) is None


def due(engine: Engine, most: int) -> list[str]:
    with reading(engine) as connection:
        scope = everything(parse("district"), TODAY)
        return [line.finding.code for line in next_due(connection, scope, most)]


def test_the_findings_due_next_are_those_still_open_by_limit(engine):
    events = [
        {"finding": "F3", "on_date": TODAY - timedelta(2), "action": "SUBMIT"},
        {"finding": "F3", "on_date": TODAY - timedelta(1), "action": "CLOSE"},
    ]
    enter(engine, 90, -3, 5, 7, 0, rectification_events=events)
    assert due(engine, 9) == ["F4", "F2", "F0"]
    assert due(engine, 2) == ["F4", "F2"]
