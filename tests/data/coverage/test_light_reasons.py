"""The reasons of lights: the first one gives the light, and each counts what stands behind it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.coverage import light_reasons
from data.coverage.light_reasons import gravest, reasons
from data.figures.units import units
from data.nodes import parse
from data.scope import Scope
from data.store.database import reading
from models.grid import GridElement
from models.kinds import LATEST
from models.rectification import Finding
from models.report import Report
from models.text import Label
from tests.data import districts
from tests.data.contents import LONG_AGO, TODAY, kept, net, workbook
from tests.data.districts import few
from tests.databases import sqlite_database

ELEMENTS = [{"element": element} for element in ("GRID", "DUTIES", "TASKS", "MECHANISMS")]
GREEN = {**net("U1"), "grid_elements": ELEMENTS}
"""A unit without fault, but that its principal has heard no report; see HEARD."""
HEARD = {"duties": [{"item": "P2", "due_on": TODAY, "done_on": TODAY}]}


def found(engine: Engine, **ledgers: list[dict[str, Any]]) -> list[tuple[str, dict[str, object]]]:
    kept(engine, workbook(**{**GREEN, **HEARD, **ledgers}))
    with reading(engine) as connection:
        (own,) = reasons(connection, Scope(parse("district"), TODAY)).values()
    return [(reason.message, reason.values) for reason in own]


def overdue_by(days: int, **row: Any) -> dict[str, Any]:
    return {"issued_on": LONG_AGO, "due_on": TODAY - timedelta(days), **row}


@pytest.mark.parametrize("subject", districts.SUBJECTS)
@few(6)
@given(data=st.data())
def test_the_first_reason_gives_the_light(subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts(subject))
    with sqlite_database() as engine:
        kept(engine, districts.content(rows), day=LATEST)
        with reading(engine) as connection:
            for _ in range(3):
                scope = Scope(parse("district"), data.draw(districts.days(rows)))
                lights = {unit.code: unit.light for unit in units(connection, scope) if unit.light}
                first = {unit: own[0] for unit, own in reasons(connection, scope).items()}
                given_by = {
                    unit: light_reasons.LIGHTS[reason.message] for unit, reason in first.items()
                }
                assert given_by == lights


def test_a_green_unit_has_that_reason_alone(engine):
    closed = [{"action": "CLOSE"}]
    reported = [{"submitted_on": LONG_AGO, "due_on": LONG_AGO}]
    said = found(engine, findings=[{}], rectification_events=closed, reports=reported)
    assert said == [(light_reasons.NOTHING_OPEN, {})]


def test_long_overdue_is_said_with_number_and_longest(engine):
    rows = [overdue_by(31, code="F1"), overdue_by(200, code="F2"), overdue_by(30, code="F3")]
    said = found(engine, findings=rows)
    assert said[0] == (light_reasons.OVERDUE_LONG, {"limit": 30, "count": 2, "days": 200})
    assert (light_reasons.OVERDUE_SHORT, {"limit": 30, "count": 1}) in said


def test_late_reports_of_all_kinds_are_counted_together(engine):
    late = [{"kind": kind, "due_on": date(2026, 6, 1)} for kind in ("PLAN", "SUMMARY")]
    assert (light_reasons.LATE_REPORTS, {"count": 2}) in found(engine, reports=late)


def test_missing_elements_are_named(engine):
    said = found(engine, grid_elements=ELEMENTS[:2])
    assert said == [
        (
            light_reasons.MISSING,
            {"elements": Label("任务明确、机制完善", "Tasks definite, Mechanisms complete")},
        )
    ]


def test_a_rating_of_0a_is_a_reason(engine):
    rated = [{"base_points": 0, "operation_points": 0}]
    assert found(engine, ratings=rated)[0] == (light_reasons.RATED_LOW, {"grade": "0A"})


@pytest.mark.parametrize(
    ("level", "message"),
    [("RED", light_reasons.RED_WARNINGS), ("YELLOW", light_reasons.YELLOW_WARNINGS)],
)
def test_open_warnings_are_counted_by_level(engine, level, message):
    raised = [{"code": code, "level": level} for code in ("W1", "W2")]
    assert found(engine, warnings=raised)[0] == (message, {"count": 2})


def test_silence_is_said_before_what_is_missing(engine):
    kept(engine, workbook(**net("U1", "U2"), grid_elements=[{"unit": "U2"}]))
    with reading(engine) as connection:
        silent = reasons(connection, Scope(parse("district"), TODAY))["U1"]
    assert silent[0].message == light_reasons.SILENT
    assert light_reasons.MISSING in [reason.message for reason in silent]


def test_missing_elements_are_no_reason_where_nobody_keeps_elements(engine):
    ledgers = light_reasons.joined([GridElement.SHEET, Report.SHEET, Finding.SHEET])
    said = found(engine, grid_elements=[])
    assert said == [(light_reasons.NOTHING_OPEN_THAT_IS_ENTERED, {"ledgers": ledgers})]


def test_a_unit_outside_the_grid_has_no_light_to_explain(engine):
    kept(engine, workbook(**GREEN))
    with reading(engine) as connection:
        assert reasons(connection, Scope(parse("district"), LONG_AGO - timedelta(1))) == {}


def test_reasons_are_given_for_the_units_that_may_be_seen(engine):
    kept(engine, workbook(**net("U1", "U2")))
    with reading(engine) as connection:
        mine = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
        assert set(reasons(connection, mine)) == {"U2"}


def test_the_longest_overdue_is_the_gravest(engine):
    findings = [
        overdue_by(40, code="F1", unit="U1"),
        overdue_by(90, code="F2", unit="U2"),
        overdue_by(3, code="F3", unit="U3"),
    ]
    kept(engine, workbook(**net("U1", "U2", "U3"), findings=findings))
    with reading(engine) as connection:
        found = gravest(connection, Scope(parse("district"), TODAY), 2)
    assert [(unit.code, first.values["days"]) for unit, first in found] == [("U2", 90), ("U1", 40)]


def test_a_green_unit_is_not_among_the_gravest(engine):
    kept(engine, workbook(**GREEN, **HEARD))
    with reading(engine) as connection:
        assert gravest(connection, Scope(parse("district"), TODAY), 5) == ()
