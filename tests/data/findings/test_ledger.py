"""The ledger of findings: every filter, its order, and nothing of units that may not be seen."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.figures.rows import rows_behind
from data.findings.ledger import FindingFilter, counts, findings_on_page
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from models.rectification import PublicStatus, State
from models.rules.rectification import OVERDUE_BANDS
from tests.data import districts
from tests.data.contents import TODAY, kept, net, workbook
from tests.data.districts import few
from tests.data.figures.taken_in import taken_in
from tests.databases import Databases

CATALOGUE = catalogue(shipped())
SOME = {
    **net("U1", "U2"),
    "projects": [{"code": "Q1", "source": "CROSS"}],
    "findings": [
        {"code": "LATE", "due_on": date(2026, 3, 1), "severity": "MAJOR", "amount": 500_000_000},
        {"code": "LATER", "due_on": date(2026, 6, 29), "item": "FS01", "instructed": True},
        {"code": "MOVED", "due_on": date(2026, 5, 1), "project": "Q1"},
        {"code": "WAITS", "due_on": date(2026, 4, 1), "title": "账外资金", "unit": "U2"},
        {"code": "HELD", "due_on": date(2026, 4, 1), "rect_type": "PHASED"},
        {"code": "DONE", "due_on": date(2026, 4, 1)},
        {"code": "FIRST", "issued_on": date(2026, 1, 1), "due_on": date(2026, 4, 1)},
        {"code": "AGAIN", "due_on": date(2026, 7, 1), "repeat_of": "FIRST"},
        {"code": "GONE", "due_on": date(2026, 4, 1)},
        {"code": "NEW", "issued_on": TODAY, "due_on": date(2026, 8, 1)},
    ],
    "rectification_events": [
        {"finding": "MOVED", "on_date": date(2026, 4, 20), "action": "EXTEND"}
        | {"new_due_on": date(2026, 7, 20)},
        {"finding": "WAITS", "on_date": date(2026, 3, 20), "action": "SUBMIT"},
        {"finding": "HELD", "on_date": date(2026, 3, 20), "action": "SUSPEND"},
        {"finding": "DONE", "on_date": date(2026, 3, 20), "action": "CLOSE"},
        {"finding": "FIRST", "on_date": date(2026, 3, 25), "action": "CLOSE"},
        {"finding": "GONE", "on_date": date(2026, 3, 20), "action": "VOID"},
    ],
}


def found(
    connection: Connection, scope: Scope, wanted: FindingFilter, first: int = 0, most: int = 99
):
    sizes = counts(connection, scope, wanted)
    return findings_on_page(connection, scope, wanted, sizes, first, most)


@pytest.fixture(scope="module")
def some(databases: Databases) -> Iterator[Connection]:
    """What is read of a database with the findings above."""
    with databases() as engine:
        kept(engine, workbook(**SOME))
        with reading(engine) as connection:
            yield connection


def codes(
    connection: Connection, wanted: FindingFilter, day: date = TODAY, **limits: Any
) -> list[str]:
    scope = Scope(parse("district"), day, **limits)
    return [line.finding.code for line in found(connection, scope, wanted)]


def test_the_worst_stand_first(some) -> None:
    order = ["LATE", "LATER", "HELD", "WAITS", "MOVED", "AGAIN", "NEW", "DONE", "FIRST"]
    assert codes(some, FindingFilter()) == order


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"text": "账外"}, {"WAITS"}),
        ({"text": "late"}, {"LATE", "LATER"}),
        ({"text": " U2 "}, {"WAITS"}),
        ({"text": "100%"}, set()),
        ({"status": "UNRECTIFIED"}, {"LATE", "LATER"}),
        ({"status": "IN_PROGRESS"}, {"HELD", "WAITS", "MOVED", "AGAIN", "NEW"}),
        ({"status": "RECTIFIED"}, {"DONE", "FIRST"}),
        ({"state": "RECTIFYING"}, {"LATE", "LATER", "MOVED", "AGAIN", "NEW"}),
        ({"state": "RECTIFYING", "status": "IN_PROGRESS"}, {"MOVED", "AGAIN", "NEW"}),
        ({"state": "REVIEWING"}, {"WAITS"}),
        ({"state": "SUSPENDED"}, {"HELD"}),
        ({"state": "CLOSED"}, {"DONE", "FIRST"}),
        ({"state": "VOIDED"}, {"GONE"}),
        ({"state": "CLOSED", "status": "UNRECTIFIED"}, set()),
        ({"severity": "MAJOR"}, {"LATE"}),
        ({"rect_type": "PHASED"}, {"HELD"}),
        ({"source": "CROSS"}, {"MOVED"}),
        ({"source": "OTHER", "status": "UNRECTIFIED"}, {"LATE", "LATER"}),
        ({"item": "FS01"}, {"LATER"}),
        ({"band": "1-30"}, {"LATER"}),
        ({"band": "91-180"}, {"LATE"}),
        ({"instructed": True}, {"LATER"}),
        ({"repeat": True}, {"AGAIN"}),
        ({"moved": True}, {"MOVED"}),
        ({"amount_from": 500_000_000}, {"LATE"}),
        ({"amount_from": 500_000_001}, set()),
    ],
    # The processes of a run must all call a test the same.
    ids=lambda each: ",".join(sorted(each)) if isinstance(each, set) else str(each),
)
def test_a_filter_keeps_what_it_names(some, wanted: dict[str, Any], expected: set[str]) -> None:
    scope, asked = Scope(parse("district"), TODAY), FindingFilter(**wanted)
    assert set(codes(some, asked)) == expected
    assert sum(counts(some, scope, asked)) == len(expected)


def test_pages_are_pieces_of_the_whole(some) -> None:
    scope = Scope(parse("district"), TODAY)
    whole = found(some, scope, FindingFilter())
    for size in (1, 2, 4, 9):
        pieces = [
            line
            for first in range(0, len(whole), size)
            for line in found(some, scope, FindingFilter(), first, size)
        ]
        assert [line.finding.code for line in pieces] == [each.finding.code for each in whole]


def test_a_finding_stands_as_it_did_on_the_day(some) -> None:
    scope = Scope(parse("district"), date(2026, 3, 19))
    lines = {line.finding.code: line for line in found(some, scope, FindingFilter())}
    assert "NEW" not in lines
    assert lines["WAITS"].standing.state == State.RECTIFYING
    assert lines["MOVED"].standing.due == date(2026, 5, 1)
    assert lines["LATE"].days_over(scope.as_of) == 18


def test_money_is_put_right_up_to_the_amount(engine) -> None:
    events = [{"on_date": date(2026, 2, 1), "action": "PROGRESS", "amount": 900}]
    findings = [{"amount": 700}, {"code": "F2"}]
    kept(engine, workbook(**net("U1"), findings=findings, rectification_events=events))
    with reading(engine) as connection:
        lines = found(connection, Scope(parse("district"), TODAY), FindingFilter())
    assert [line.put_right for line in lines] == [700, None]


@pytest.mark.parametrize(
    "limits", [{"units": frozenset({"U2"})}, {"units": frozenset()}, {"sectors": frozenset({"X"})}]
)
@pytest.mark.parametrize(
    "wanted", [FindingFilter(), FindingFilter(text="U"), FindingFilter(state="VOIDED")]
)
def test_nothing_of_other_units_is_listed(some, limits, wanted) -> None:
    mine = limits.get("units", frozenset())
    scope = Scope(parse("district"), TODAY, **limits)
    listed = found(some, scope, wanted)
    assert {line.finding.unit for line in listed} <= mine
    assert len(listed) == sum(counts(some, scope, wanted))


@few(5)
@given(data=st.data())
def test_the_ledger_is_as_long_as_the_figures_say(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("findings"))
    with taken_in(rows) as connection:
        for node in ("district", "kind:SOE", "unit:U1"):
            scope = Scope(parse(node), data.draw(districts.days(rows)))
            figures = read(connection, scope, CATALOGUE)
            for key, wanted in asked():
                listed = found(connection, scope, wanted)
                assert len(listed) == (figures[key].numerator or 0), key
                assert {each.finding.code for each in listed} == {
                    row.key
                    for row in rows_behind(
                        connection, scope, figures[key].figure, figures[key].bucket
                    )
                }
                for line in listed:
                    assert wanted.status in ("", line.status)
                    assert wanted.state in ("", line.standing.state)


def asked() -> Iterator[tuple[str, FindingFilter]]:
    """Figures, and the same looked for in the ledger."""
    yield "required", FindingFilter()
    for status in PublicStatus:
        yield status.lower(), FindingFilter(status=status)
        yield f"{status.lower()}:PHASED", FindingFilter(status=status, rect_type="PHASED")
    for band in (each.id for each in OVERDUE_BANDS):
        yield f"overdue:{band}", FindingFilter(band=band)
    yield "required:severity=MAJOR", FindingFilter(severity="MAJOR")
    yield "overdue:severity=MAJOR", FindingFilter(status="UNRECTIFIED", severity="MAJOR")
    yield "required:source=CROSS", FindingFilter(source="CROSS")
    yield "under_review", FindingFilter(state="REVIEWING")
    yield "suspended", FindingFilter(state="SUSPENDED")


@few(5)
@given(data=st.data())
def test_green_by_moving_is_late_by_the_first_limit_and_not_by_the_present(
    data: st.DataObject,
) -> None:
    rows = data.draw(districts.districts("findings"))
    with taken_in(rows) as connection:
        scope = Scope(parse("district"), data.draw(districts.days(rows)))
        moved = {line.finding.code for line in found(connection, scope, FindingFilter(moved=True))}
        assert moved == {
            line.finding.code
            for line in found(connection, scope, FindingFilter(state="RECTIFYING"))
            if line.finding.due_on < scope.as_of <= line.standing.due
        }
