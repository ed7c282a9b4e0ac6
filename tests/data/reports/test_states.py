"""Which reports have come in: the state of each on the day, the worst units and reports first."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.reference.lists import shipped
from data.reports.states import Matrix, Show, late, late_by_kind, matrix, years
from data.scope import Scope
from data.store.database import reading
from models.report import ReportState
from tests.data.contents import TODAY, kept, net, workbook

DISTRICT = Scope(parse("district"), TODAY)
Report = dict[str, Any]


def report(**values: Any) -> Report:
    return {"year": 2026, "due_on": date(2026, 1, 31)} | values


@pytest.fixture
def reports(engine: Engine) -> Callable[..., Engine]:
    """Keeps reports of U1 and U2."""

    def taken(*rows: Report) -> Engine:
        kept(engine, workbook(**net(), reports=list(rows)))
        return engine

    return taken


def of_year(
    engine: Engine,
    scope: Scope = DISTRICT,
    year: int = 2026,
    most: int = 30,
    show: Show = Show.ALL,
) -> Matrix:
    with reading(engine) as connection:
        return matrix(connection, scope, year, most, show)


@pytest.mark.parametrize(
    ("due_on", "submitted_on", "state"),
    [
        (TODAY, None, ReportState.NOT_DUE),
        (TODAY - timedelta(1), None, ReportState.MISSING),
        (TODAY - timedelta(1), TODAY - timedelta(1), ReportState.ON_TIME),
        (TODAY - timedelta(1), TODAY, ReportState.LATE),
    ],
)
def test_a_report_is_in_one_state(reports, due_on, submitted_on, state) -> None:
    engine = reports(report(due_on=due_on, submitted_on=submitted_on))
    (unit,) = of_year(engine).units
    assert {found for found, count in unit.kinds["PLAN"].items() if count} == {state}


def test_what_came_in_later_was_not_in_on_the_day(reports) -> None:
    engine = reports(report(submitted_on=date(2026, 3, 1)))
    (unit,) = of_year(engine, DISTRICT.on(date(2026, 2, 15))).units
    assert unit.kinds["PLAN"][ReportState.MISSING] == 1


def test_several_reports_of_a_kind_are_counted_together(reports) -> None:
    engine = reports(
        report(kind="AUDIT_REPORT", number=1, submitted_on=date(2026, 1, 31)),
        report(kind="AUDIT_REPORT", number=2),
    )
    (unit,) = of_year(engine).units
    assert unit.kinds["AUDIT_REPORT"][ReportState.ON_TIME] == 1
    assert unit.kinds["AUDIT_REPORT"][ReportState.MISSING] == 1


def test_units_with_most_missing_stand_first_and_all_are_counted(reports) -> None:
    engine = reports(report(unit="U1", submitted_on=date(2026, 1, 1)), report(unit="U2"))
    found = of_year(engine, most=1)
    assert ([unit.code for unit in found.units], found.counts[Show.ALL]) == (["U2"], 2)


@pytest.mark.parametrize(
    ("other_submitted_on", "show", "codes"),
    [
        (None, Show.MISSING, ["U2"]),
        (None, Show.GAPS, ["U2", "U1"]),
        (date(2026, 1, 31), Show.MISSING, []),
        (date(2026, 1, 31), Show.GAPS, ["U1"]),
        (date(2026, 1, 31), Show.ALL, ["U1", "U2"]),
    ],
)
def test_a_unit_is_listed_by_its_gaps(reports, other_submitted_on, show, codes) -> None:
    engine = reports(
        report(unit="U1", submitted_on=date(2026, 2, 1)),
        report(unit="U2", submitted_on=other_submitted_on),
    )
    found = of_year(engine, show=show)
    assert [unit.code for unit in found.units] == codes
    assert found.counts[show] == len(codes)


def test_other_years_are_left_out(reports) -> None:
    engine = reports(report(year=2025, due_on=date(2025, 1, 31)))
    assert of_year(engine) == Matrix((), dict.fromkeys(Show, 0))


def test_years_are_those_of_reports_and_none_ahead(reports) -> None:
    engine = reports(
        report(year=2025, due_on=date(2025, 1, 31)),
        report(year=2026),
        report(year=2027, due_on=date(2027, 1, 31)),
    )
    with reading(engine) as connection:
        assert years(connection, DISTRICT) == (2026, 2025)


def test_late_reports_are_as_many_as_the_figure_and_the_oldest_first(reports) -> None:
    engine = reports(
        report(unit="U1"),
        report(unit="U2", kind="SUMMARY", due_on=date(2026, 1, 15)),
        report(unit="U2", submitted_on=date(2026, 2, 2)),
    )
    with reading(engine) as connection:
        found = late(connection, DISTRICT, 30)
        figure = read(connection, DISTRICT, catalogue(shipped()))["reports_late"]
        by_kind = late_by_kind(connection, DISTRICT)
    assert [(each.unit, each.kind) for each in found] == [("U2", "SUMMARY"), ("U1", "PLAN")]
    assert figure.numerator == len(found)
    assert by_kind == {"PLAN": 1, "SUMMARY": 1}


def test_a_unit_sees_its_own_reports_only(reports) -> None:
    engine = reports(report(unit="U1"), report(unit="U2"))
    own = Scope(parse("district"), TODAY, units=frozenset({"U2"}))
    with reading(engine) as connection:
        assert [each.unit for each in late(connection, own, 30)] == ["U2"]
    assert [unit.code for unit in of_year(engine, own).units] == ["U2"]
