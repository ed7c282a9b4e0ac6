"""Reports due on the day or later and not in, by day and kind."""

from datetime import date

import pytest
from sqlalchemy import Engine

from data.nodes import parse
from data.reports.upcoming import UpcomingReports, due_today, upcoming
from data.scope import Scope
from data.store.database import reading
from tests.data.contents import TODAY, kept, net, workbook

DISTRICT = Scope(parse("district"), TODAY)
JULY, AUGUST = date(2026, 7, 15), date(2026, 8, 15)


@pytest.fixture
def reports(engine: Engine) -> Engine:
    """A late report, two due today of which one is in, two due in July, one due in August."""
    shared = {"year": 2026}
    rows = [
        {"unit": "U1", "kind": "PLAN", "due_on": date(2026, 1, 31)},
        {"unit": "U1", "kind": "AUDIT_REPORT", "due_on": TODAY},
        {"unit": "U2", "kind": "AUDIT_REPORT", "due_on": TODAY, "submitted_on": TODAY},
        {"unit": "U1", "kind": "RECT_REPORT", "due_on": JULY},
        {"unit": "U2", "kind": "RECT_REPORT", "due_on": JULY},
        {"unit": "U2", "kind": "SUMMARY", "due_on": AUGUST},
    ]
    kept(engine, workbook(**net(), reports=[shared | row for row in rows]))
    return engine


def test_the_earliest_day_stands_first_and_late_reports_are_left_out(reports: Engine) -> None:
    with reading(reports) as connection:
        found = upcoming(connection, DISTRICT, 9, 1)
    counted = [(each.due_on, each.kind, each.owed, each.missing) for each in found]
    assert counted == [
        (TODAY, "AUDIT_REPORT", 2, 1),
        (JULY, "RECT_REPORT", 2, 2),
        (AUGUST, "SUMMARY", 1, 1),
    ]
    assert [len(each.units) for each in found] == [1, 1, 1]


def test_more_than_a_year_ahead_nothing_is_expected(reports: Engine) -> None:
    with reading(reports) as connection:
        assert upcoming(connection, Scope(parse("district"), date(2001, 1, 1)), 9, 1) == ()
        assert upcoming(connection, Scope(parse("district"), date(2025, 7, 14)), 1, 1)


def test_no_more_are_read_than_asked_for(reports: Engine) -> None:
    with reading(reports) as connection:
        [first] = upcoming(connection, DISTRICT, 1, 2)
    assert isinstance(first, UpcomingReports) and first.due_on == TODAY


def test_a_unit_has_its_own_only(reports: Engine) -> None:
    with reading(reports) as connection:
        found = upcoming(connection, Scope(parse("unit:U2"), TODAY), 9, 2)
    assert [(each.kind, each.missing) for each in found] == [("RECT_REPORT", 1), ("SUMMARY", 1)]


def test_due_today_counts_what_is_not_in_by_kind(reports: Engine) -> None:
    with reading(reports) as connection:
        assert due_today(connection, DISTRICT) == {"AUDIT_REPORT": 1}
