"""Ledgers of a unit with their results: the state of each report, duty and check."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard import ledger_values, reads, report_words
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.status import Status, of_limit, tone_of_limit
from dashboard.widgets import lists
from dashboard.widgets.drawing import heading
from dashboard.widgets.lists import Column, Kind
from dashboard.widgets.tables import table
from data.ledgers.unit_ledgers import Rows
from data.mechanisms import ratings as rated
from data.mechanisms.ratings import RatedUnit
from data.reports import scores
from data.reports.scores import ScoredReport
from models.audit import CheckResult
from models.duty import Duty, PostRole
from models.report import Report, ReportKind
from models.text import NOTHING

Row = Mapping[str, Any]
FIRST = 12
"""Rows of a ledger of the unit that are shown before the viewer asks for all."""
SCORED = 200
"""A limit above any number of reports that one unit has in a year."""
RESULTS = {
    CheckResult.PROBLEM: Tone.BAD,
    CheckResult.NORMAL: Tone.GOOD,
    CheckResult.NOT_APPLICABLE: Tone.SILENT,
}


def done(due_on: date, done_on: date | None, day: date) -> Status:
    """Return the status of something due on a day: done in time or late, overdue, or ahead."""
    if done_on is not None:
        late = (done_on - due_on).days
        if late > 0:
            return Status(Tone.WARN, _("Done {n} days late", n=late))
        return Status(Tone.GOOD, _("In time"))
    left = (due_on - day).days
    if left < 0:
        return of_limit(left)
    return Status(tone_of_limit(left), _("due on {day}", day=due_on))


def answerable(listed: Rows, day: date) -> str:
    """Return who is responsible in the unit on a day: its principal and its internal auditors."""
    sentences = []
    for role in (PostRole.PRINCIPAL, PostRole.AUDITOR):
        persons = [
            str(row["name"])
            for row in listed
            if row["role"] == role and (row["until_on"] is None or row["until_on"] >= day)
        ]
        names = _(", ").join(persons) or NOTHING
        sentences.append(f"{name(role.label)}: {names}")
    return " · ".join(sentences)


def reports(view: View, listed: Rows) -> None:
    """Draw each report with its state, total, and each reviewer's total, the latest first."""
    report_by_key = _scored(view)
    called = reads.unit_names(
        tuple(sorted({reviewer for each in report_by_key.values() for reviewer in each.totals}))
    )

    def total(row: Row) -> float | None:
        report = report_by_key.get(_report_key(row))
        return report.score / 100 if report else None

    def marks(row: Row) -> str:
        report = report_by_key.get(_report_key(row))
        return by_reviewer(report.totals, called) if report else ""

    columns: list[Column[Row]] = [
        Column(
            "standing",
            _("Standing"),
            lambda row: done(row["due_on"], row["submitted_on"], view.as_of),
            Kind.STATUS,
        ),
        Column("kind", _("Report kind"), lambda row: name(ReportKind(row["kind"]).label)),
        Column("year", _("Year"), lambda row: int(row["year"]), Kind.WHOLE),
        Column("number", _("No."), lambda row: int(row["number"]), Kind.WHOLE),
        Column("score", _("Score"), total, Kind.DECIMAL, places=1),
        Column("reviewers", _("By reviewer"), marks, width="large"),
        Column("due", _("Time limit"), lambda row: row["due_on"], Kind.DAY),
        Column("in", _("Submitted on"), lambda row: row["submitted_on"], Kind.DAY),
    ]
    _list(Report.id(), name(Report.SHEET), columns, listed)


def latest_reports(view: View, listed: Rows) -> None:
    """Draw each report with its state and total, without what its reviewers gave."""
    report_by_key = _scored(view)
    totals = [report_by_key.get(_report_key(row)) for row in listed]
    heading(_("The latest reports"), _("with the score of those scored within a year"))
    table(
        {
            _("Standing"): [done(row["due_on"], row["submitted_on"], view.as_of) for row in listed],
            _("Report"): _named(listed),
            _("Score"): [report.score / 100 if report else None for report in totals],
        },
        key="unit-latest-reports",
        says=_("The latest reports"),
        columns={_("Score"): st.column_config.NumberColumn(format="%.1f")},
    )


def _named(listed: Rows) -> list[str]:
    """Return each report's year and kind; of several of a kind in a year also which it is."""
    several = Counter((row["year"], row["kind"]) for row in listed)
    return [
        report_words.title_of(
            row["kind"],
            row["year"],
            row["number"],
            of_several=several[row["year"], row["kind"]] > 1,
        )
        for row in listed
    ]


def _scored(view: View) -> Mapping[tuple[int, str, int], ScoredReport]:
    """Return the scored reports of the unit by year, kind and number."""
    return {
        (each.year, each.kind, each.number): each
        for each in reads.ask(scores.scored, view.scope, SCORED)
    }


def _report_key(row: Row) -> tuple[int, str, int]:
    return row["year"], row["kind"], row["number"]


def by_reviewer(totals: Mapping[str, int], called: Mapping[str, str]) -> str:
    """Return each reviewer's total as text; reviewing units are given by name."""
    return " · ".join(
        f"{called.get(reviewer, reviewer)} {total / 100:.1f}" for reviewer, total in totals.items()
    )


def duties(view: View, listed: Rows) -> None:
    """Draw each duty with its state: overdue ones first, then the latest."""

    def overdue(row: Row) -> bool:
        return row["done_on"] is None and row["due_on"] < view.as_of

    columns: list[Column[Row]] = [
        Column(
            "standing",
            _("Standing"),
            lambda row: done(row["due_on"], row["done_on"], view.as_of),
            Kind.STATUS,
        ),
        Column(
            "item",
            _("Duty"),
            lambda row: ledger_values.listed_name("duty_items", row["item"]),
            width="medium",
        ),
        Column("due", _("Time limit"), lambda row: row["due_on"], Kind.DAY),
        Column("done", _("Done on"), lambda row: row["done_on"], Kind.DAY),
        Column("note", _("Note"), lambda row: row["note"], width="large"),
    ]
    late = [row for row in listed if overdue(row)]
    ahead = sum(row["done_on"] is None for row in listed) - len(late)
    says = _(
        "{n} in all: {late} overdue, {ahead} ahead", n=len(listed), late=len(late), ahead=ahead
    )
    ordered = [*late, *(row for row in listed if not overdue(row))]
    heading(name(Duty.SHEET), says)
    lists.draw(columns, ordered, key=f"unit-{Duty.id()}", says=name(Duty.SHEET), first=FIRST)


def checks(title: str, key: str, listed: Rows) -> None:
    """Draw the latest check of each content item, those with problems first."""
    latest: dict[str, Row] = {}
    for row in listed:
        kept = latest.get(row["item"])
        if kept is None or kept["checked_on"] < row["checked_on"]:
            latest[row["item"]] = row
    order = list(RESULTS)
    ordered = sorted(latest.values(), key=lambda row: order.index(CheckResult(row["result"])))
    columns: list[Column[Row]] = [
        Column("result", _("Latest result"), _result, Kind.STATUS),
        Column(
            "item",
            _("Content item"),
            lambda row: ledger_values.listed_name("content_items", row["item"]),
            width="medium",
        ),
        Column("on", _("Checked on"), lambda row: row["checked_on"], Kind.DAY),
        Column("project", _("Project"), lambda row: row["project"]),
    ]
    _list(key, title, columns, ordered)


def _result(row: Row) -> Status:
    result = CheckResult(row["result"])
    return Status(RESULTS[result], name(result.label))


def rating(view: View) -> RatedUnit | None:
    """Return the rating in force of the unit of the view; None if it has none."""
    listed = reads.ask(rated.ratings, view.scope, "", 1).units
    return next((unit for unit in listed if unit.year is not None), None)


def listed(
    key: str, title: str, says: str, columns: Sequence[Column[Row]], rows: Sequence[Row]
) -> None:
    """Draw rows of a ledger under a title, with a sentence that sums them up."""
    heading(title, says)
    lists.draw(columns, rows, key=f"unit-{key}", says=title, first=FIRST)


def _list(key: str, title: str, columns: Sequence[Column[Row]], rows: Sequence[Row]) -> None:
    listed(key, title, _("{n} in all", n=len(rows)), columns, rows)
