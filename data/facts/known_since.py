"""Since when each source of figures is known, over all units of the district."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlmodel import col

from models.audit import ContentCheck
from models.duty import Appointment, Duty, Institution
from models.grid import GridElement
from models.kept import KeptFact
from models.mechanism import Guidance, Rating
from models.rectification import Finding
from models.report import Report
from models.rules import known
from models.rules.fact import NO_UNIT
from models.rules.known import KnownSince, unknown_on
from models.rules.warning import HEARING
from models.work import Attendance, Training

FIRST_ROWS: Mapping[str, Select[Any]] = {
    known.GRID_ELEMENTS: select(func.min(col(GridElement.met_on))),
    known.APPOINTMENTS: select(func.min(col(Appointment.from_on))),
    known.INSTITUTIONS: select(func.min(col(Institution.from_on))),
    known.HEARINGS: select(func.min(col(Duty.due_on))).where(col(Duty.item) == HEARING),
    known.CONTENT_CHECKS: select(func.min(col(ContentCheck.checked_on))),
    known.GUIDANCE: select(func.min(col(Guidance.on_date))),
    known.ATTENDANCE: select(func.min(col(Training.on_date))).join(
        Attendance, col(Attendance.training) == col(Training.code)
    ),
    known.RATINGS: select(func.min(col(Rating.rated_on))),
    known.REPORTS: select(func.min(col(Report.due_on))),
    known.FINDINGS: select(func.min(col(Finding.issued_on))),
}
"""By source, the question for the day of its first row."""


def from_ledgers(connection: Connection) -> KnownSince:
    """By source, the day of the first row that is kept."""
    days = {source: connection.scalar(first) for source, first in FIRST_ROWS.items()}
    return {source: day for source, day in days.items() if day is not None}


def from_facts(connection: Connection) -> KnownSince:
    """The same as the facts have it, which costs nothing however many rows are kept."""
    statement = select(col(KeptFact.bucket), col(KeptFact.starts_on)).where(
        col(KeptFact.unit) == NO_UNIT, col(KeptFact.measure) == known.MEASURE
    )
    return {source: first for source, first in connection.execute(statement)}


def unknown_sources(connection: Connection, day: date) -> frozenset[str]:
    """The sources of which nothing is known on `day` in the whole district."""
    return unknown_on(from_facts(connection), day)
