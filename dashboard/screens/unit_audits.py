"""Audits and ratings of a unit: which are done, and what is missing for the next grade."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard import ledger_values, reads, status
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.mechanisms.ratings import missing
from dashboard.screens.unit_answers import listed, rating
from dashboard.status import Status
from dashboard.widgets.lists import Column, Kind
from data.ledgers.unit_ledgers import Rows
from models.audit import Project, Source
from models.mechanism import Rating
from models.rules.mechanism import grade_of

Row = Mapping[str, Any]


def projects(view: View, rows: Rows) -> None:
    """Draw each audit project with its state, those not done first."""
    columns: list[Column[Row]] = [
        Column("standing", _("Standing"), lambda row: done(row, view.as_of), Kind.STATUS),
        Column("name", _("Project"), lambda row: row["name"], width="large"),
        Column("kind", _("Kind of audit"), lambda row: name(Source(row["source"]).label)),
        Column("year", _("Year"), lambda row: row["planned_on"].year, Kind.WHOLE),
        Column("planned", _("Planned start"), lambda row: row["planned_on"], Kind.DAY),
        Column("started", _("Actual start"), lambda row: row["started_on"], Kind.DAY),
        Column("done", _("Done on"), lambda row: row["completed_on"], Kind.DAY),
        Column("code", _("Code"), lambda row: row["code"]),
    ]
    finished = sum(row["completed_on"] is not None for row in rows)
    running = sum(row["started_on"] is not None for row in rows) - finished
    says = _(
        "{n} in all: {done} done, {running} running, {waiting} not begun",
        n=len(rows),
        done=finished,
        running=running,
        waiting=len(rows) - finished - running,
    )
    ordered = sorted(rows, key=lambda row: row["completed_on"] is not None)
    listed(Project.id(), name(Project.SHEET), says, columns, ordered)


def done(row: Row, day: date) -> Status:
    """Return whether a project is done, running (with its days), late to begin, or ahead."""
    if row["completed_on"] is not None:
        return Status(Tone.GOOD, _("done"))
    if row["started_on"] is not None:
        return Status(Tone.ONGOING, _("running for {n} days", n=(day - row["started_on"]).days))
    waiting = (day - row["planned_on"]).days
    if waiting > 0:
        return Status(Tone.WARN, _("to begin {n} days ago", n=waiting))
    return Status(Tone.ONGOING, _("begins on {day}", day=row["planned_on"]))


def ratings(view: View, rows: Rows) -> None:
    """Draw the grade of each year, the latest first, and what is missing for the next one."""
    grades = reads.references().grades

    def grade(row: Row) -> Status:
        return status.of_grade(grade_of(Rating(**row), grades))

    def veto(row: Row) -> str:
        return ledger_values.listed_name("vetoes", row["veto"]) if row["veto"] else ""

    columns: list[Column[Row]] = [
        Column("grade", _("Grade"), grade, Kind.STATUS),
        Column("year", _("Year"), lambda row: row["year"], Kind.WHOLE),
        Column(
            "points",
            _("Points"),
            lambda row: (row["base_points"] + row["operation_points"]) / 100,
            Kind.DECIMAL,
            places=1,
        ),
        Column(
            "base", _("Base (of 60)"), lambda row: row["base_points"] / 100, Kind.DECIMAL, places=1
        ),
        Column(
            "operation",
            _("Operation (of 40)"),
            lambda row: row["operation_points"] / 100,
            Kind.DECIMAL,
            places=1,
        ),
        Column("veto", _("Veto"), veto, width="medium"),
        Column("rated", _("Rated on"), lambda row: row["rated_on"], Kind.DAY),
    ]
    in_force = rating(view)
    says = (
        _(
            "{grade} for {year}; to rise: {missing}",
            grade=in_force.grade,
            year=in_force.year,
            missing=missing(in_force),
        )
        if in_force
        else ""
    )
    ordered = sorted(rows, key=lambda row: row["year"], reverse=True)
    listed(Rating.id(), name(Rating.SHEET), says, columns, ordered)
