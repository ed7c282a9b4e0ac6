"""Reads the ledger rows that belong to some units, each with the little it takes from others."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlmodel import col

from models.audit import ContentCheck, Project, Source
from models.disposal import Disposal
from models.duty import Appointment, Duty, Institution
from models.fund import FundFlow, FundProject
from models.grid import GridElement, Unit
from models.ledger import Ledger
from models.mechanism import Assessment, CrossReview, Guidance, Rating
from models.rectification import Escalation, Finding, RectificationEvent
from models.report import Report, ReportScore
from models.rules.unit import UnitRows
from models.warning import Warning as WarningSignal
from models.work import Attendance, Training

AT_ONCE = 100
"""Units read together: enough to keep queries few, few enough to keep memory small."""


def rows_of(connection: Connection, units: Sequence[str]) -> Iterator[UnitRows]:
    """The rows of each of `units`, in their order; a unit that is not kept is left out."""
    for first in range(0, len(units), AT_ONCE):
        yield from _chunk(connection, units[first : first + AT_ONCE])


def _chunk(connection: Connection, units: Sequence[str]) -> Iterator[UnitRows]:
    wanted = {row.code: UnitRows(row) for row in _fetch(connection, _own(Unit, Unit.code, units))}

    def of(ledger: type[Ledger], unit: Any) -> Iterator[Any]:
        return _fetch(connection, _own(ledger, unit, units))

    for row in of(GridElement, GridElement.unit):
        wanted[row.unit].elements.append(row)
    for row in of(Appointment, Appointment.unit):
        wanted[row.unit].appointments.append(row)
    for row in of(Institution, Institution.unit):
        wanted[row.unit].institutions.append(row)
    for row in of(Duty, Duty.unit):
        wanted[row.unit].duties.append(row)
    for row in of(Report, Report.unit):
        wanted[row.unit].reports.append(row)
    for row in of(ReportScore, ReportScore.unit):
        scores = wanted[row.unit].scores
        scores.setdefault((row.year, row.kind, row.number), []).append(row)
    for row in of(CrossReview, CrossReview.reviewer):
        wanted[row.reviewer].reviews.append(row)
    for row in of(Guidance, Guidance.unit):
        wanted[row.unit].guidance.append(row)
    for row in of(Rating, Rating.unit):
        wanted[row.unit].ratings.append(row)
    for row in of(Assessment, Assessment.unit):
        wanted[row.unit].assessments.append(row)
    for row in of(Disposal, Disposal.unit):
        wanted[row.unit].disposals.append(row)
    for row in of(WarningSignal, WarningSignal.unit):
        wanted[row.unit].signals.append(row)
    _add_audit(connection, wanted, units)
    _add_findings(connection, wanted, units)
    _add_others(connection, wanted, units)
    yield from (wanted[unit] for unit in units if unit in wanted)


def _add_audit(connection: Connection, wanted: dict[str, UnitRows], units: Sequence[str]) -> None:
    for row in _fetch(connection, _own(Project, Project.unit, units)):
        wanted[row.unit].projects.append(row)
    checks = (
        select(*_columns(ContentCheck), col(Project.unit).label("of_unit"))
        .join(Project, col(Project.code) == col(ContentCheck.project))
        .where(col(Project.unit).in_(units))
    )
    for row in _fetch(connection, checks):
        wanted[row.of_unit].checks.append(row)


def _add_findings(
    connection: Connection, wanted: dict[str, UnitRows], units: Sequence[str]
) -> None:
    findings = (
        select(*_columns(Finding), col(Project.source).label("source"))
        .outerjoin(Project, col(Project.code) == col(Finding.project))
        .where(col(Finding.unit).in_(units))
    )
    for row in _fetch(connection, findings):
        wanted[row.unit].findings.append((row, row.source or Source.OTHER))
    for row in _fetch(connection, _through(RectificationEvent, RectificationEvent.finding, units)):
        wanted[row.of_unit].events.setdefault(row.finding, []).append(row)
    for row in _fetch(connection, _through(Escalation, Escalation.finding, units)):
        wanted[row.of_unit].escalations.setdefault(row.finding, []).append(row)


def _through(ledger: type[Ledger], finding: Any, units: Sequence[str]) -> Select[Any]:
    """The rows of a ledger that hangs on findings, with the unit that answers for each."""
    return (
        select(*_columns(ledger), col(Finding.unit).label("of_unit"))
        .join(Finding, col(Finding.code) == col(finding))
        .where(col(Finding.unit).in_(units))
    )


def _add_others(connection: Connection, wanted: dict[str, UnitRows], units: Sequence[str]) -> None:
    attendance = (
        select(*_columns(Attendance), col(Training.on_date).label("on_date"))
        .join(Training, col(Training.code) == col(Attendance.training))
        .where(col(Attendance.unit).in_(units))
    )
    for row in _fetch(connection, attendance):
        wanted[row.unit].attendance.append((row, row.on_date))
    for row in _fetch(connection, _own(FundProject, FundProject.unit, units)):
        wanted[row.unit].funds.append(row)
    flows = (
        select(*_columns(FundFlow), col(FundProject.unit).label("of_unit"))
        .join(FundProject, col(FundProject.code) == col(FundFlow.project))
        .where(col(FundProject.unit).in_(units))
    )
    for row in _fetch(connection, flows):
        wanted[row.of_unit].flows.setdefault(row.project, []).append(row)


def _own(ledger: type[Ledger], unit: Any, units: Sequence[str]) -> Select[Any]:
    return select(*_columns(ledger)).where(col(unit).in_(units))


def _columns(ledger: type[Ledger]) -> list[Any]:
    return [getattr(ledger, each.id) for each in ledger.columns]


def _fetch(connection: Connection, statement: Select[Any]) -> Iterator[Any]:
    # Plain rows carry the ledger's attribute names and cost a tenth of its objects.
    return iter(connection.execute(statement))
