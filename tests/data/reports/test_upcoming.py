"""Reports due on the day or later and not in, by day and kind."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.changes import change
from data.figures.reading import Reading
from data.nodes import parse
from data.reference.lists import shipped
from data.reports.upcoming import UpcomingReports, due_today, judged, upcoming
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


@pytest.mark.parametrize(
    ("before", "now", "today", "judgement"),
    [
        # Of 100 submitted 90, with ten due today: nothing is late, and the share has not fallen.
        ((95, 100), (95, 110), 10, (None, False)),
        # Without what is due today it fell less than three points: too little to be red.
        ((95, 100), (93, 110), 10, (None, False)),
        ((95, 100), (80, 110), 10, (False, True)),
        ((95, 100), (94, 101), 1, (False, False)),
        ((95, 100), (80, 100), 0, (False, True)),
        ((90, 100), (95, 100), 2, (True, False)),
    ],
)
def test_a_share_that_fell_by_reports_due_today_is_not_worse(before, now, today, judgement) -> None:
    figure = catalogue(shipped())["report_submission"]
    new, old = (Reading(figure, "", Fraction(n), of) for n, of in (now, before))
    moved = change(new, old)
    assert moved is not None
    told = judged(moved, new, old, today)
    assert (told.good, told.grave) == judgement
    # What it changed by stays as it is.
    assert (told.text, told.amount) == (moved.text, moved.amount)
