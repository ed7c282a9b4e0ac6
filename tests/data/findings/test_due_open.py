"""What the due rectification rate lacks, as the sum of why it is not closed."""

from datetime import date, timedelta

from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.findings.due_open import DueOpen, due_open
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import reading
from tests.data.contents import TODAY, kept, net, workbook


def test_what_is_due_and_not_closed_is_overdue_under_review_suspended_or_due_that_day(
    engine: Engine,
) -> None:
    due_in = {"A": -40, "B": -1, "C": -3, "D": -9, "E": 0, "F": 5, "G": 4}
    findings = [
        {"code": code, "issued_on": date(2026, 1, 1), "due_on": TODAY + timedelta(days)}
        for code, days in due_in.items()
    ]
    before = TODAY - timedelta(10)
    events = [
        {"finding": "C", "on_date": before, "action": "SUBMIT"},
        {"finding": "D", "on_date": before, "action": "SUSPEND"},
        # Under review as well, but not due.
        {"finding": "G", "on_date": before, "action": "SUBMIT"},
    ]
    kept(engine, workbook(**(net() | {"findings": findings, "rectification_events": events})))
    scope = everything(parse("district"), TODAY)
    with reading(engine) as connection:
        found = due_open(connection, scope)
        rate = read(connection, scope, catalogue(shipped()))["due_rect_rate"]
    assert found == DueOpen(overdue=2, under_review=1, suspended=1, due_that_day=1)
    assert found.findings == rate.short == 5
