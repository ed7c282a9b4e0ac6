"""Reviews, guidance, assessments and warnings of a unit, each with status, days, people, total."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dashboard import formats, ledger_values, reads
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.unit_answers import done, listed
from dashboard.status import LEVEL_TONES, Status
from dashboard.widgets.lists import Column, Kind
from data.ledgers.unit_ledgers import Rows
from data.reference.usual_names import usual
from models.days import YEAR
from models.mechanism import Assessment, CrossReview, Guidance, GuidanceForm, GuidedBy
from models.warning import Level, Verdict
from models.warning import Warning as WarningSignal

Row = Mapping[str, Any]


def reviews(view: View, rows: Rows) -> None:
    """Draw each cross review that the unit makes or undergoes, the open ones first."""
    unit = view.scope.node.code
    others = {row[side] for row in rows for side in ("reviewer", "reviewed")}
    called = reads.unit_names(tuple(sorted(others)))

    def between(row: Row) -> str:
        if row["reviewer"] == unit:
            return _("reviews {unit}", unit=called.get(row["reviewed"], row["reviewed"]))
        return _("reviewed by {unit}", unit=called.get(row["reviewer"], row["reviewer"]))

    columns: list[Column[Row]] = [
        Column(
            "standing",
            _("Standing"),
            lambda row: done(row["due_on"], row["completed_on"], view.as_of),
            Kind.STATUS,
        ),
        Column("who", _("Who"), between, width="medium"),
        Column("round", _("Round"), lambda row: row["round"]),
        Column("due", _("Time limit"), lambda row: row["due_on"], Kind.DAY),
        Column("done", _("Done on"), lambda row: row["completed_on"], Kind.DAY),
        Column("project", _("Project"), lambda row: row["project"]),
    ]
    open_ones = [row for row in rows if row["completed_on"] is None]
    overdue = sum(row["due_on"] < view.as_of for row in open_ones)
    says = _(
        "{n} in all: {done} done, {overdue} overdue",
        n=len(rows),
        done=len(rows) - len(open_ones),
        overdue=overdue,
    )
    ordered = sorted(rows, key=lambda row: (row["completed_on"] is not None, row["due_on"]))
    listed(CrossReview.id(), name(CrossReview.SHEET), says, columns, ordered)


def guidance(view: View, rows: Rows) -> None:
    """Draw when the unit was guided, by whom and on what, the latest first."""
    within = [row for row in rows if row["on_date"] > view.as_of - timedelta(YEAR)]
    by = Counter(GuidedBy(row["by"]) for row in within)
    said = _(", ").join(f"{name(each.label)} {count}" for each, count in by.most_common())
    last = (view.as_of - rows[0]["on_date"]).days
    says = (
        _(
            "in the last year: {n} ({by}); the last one {days} days ago",
            n=len(within),
            by=said,
            days=last,
        )
        if within
        else _("not in the last year; the last one {days} days ago", days=last)
    )
    columns: list[Column[Row]] = [
        Column("on", _("Day"), lambda row: row["on_date"], Kind.DAY),
        Column("ago", _("Days ago"), lambda row: (view.as_of - row["on_date"]).days, Kind.WHOLE),
        Column("by", _("Guided by"), lambda row: name(GuidedBy(row["by"]).label)),
        Column("form", _("Form"), lambda row: name(GuidanceForm(row["form"]).label)),
        Column("topic", _("Topic"), lambda row: row["topic"], width="large"),
    ]
    listed(Guidance.id(), name(Guidance.SHEET), says, columns, rows)


WEAK, FAIR = 60, 80
"""Percent of full points below which an indicator is red or yellow."""


def assessments(rows: Rows) -> None:
    """Draw the latest year by indicator, the weakest first, with the totals of two years."""
    years = sorted({row["year"] for row in rows}, reverse=True)
    said = [_total([row for row in rows if row["year"] == year], year) for year in years[:2]]
    columns: list[Column[Row]] = [
        Column("share", _("Share of full points"), _reached, Kind.STATUS),
        Column(
            "indicator", _("Indicator"), lambda row: name(usual(row["indicator"])), width="medium"
        ),
        Column("points", _("Points"), lambda row: row["points"] / 100, Kind.DECIMAL, places=1),
        Column(
            "full", _("Full points"), lambda row: row["full_points"] / 100, Kind.DECIMAL, places=1
        ),
        Column("on", _("Assessed on"), lambda row: row["assessed_on"], Kind.DAY),
    ]
    latest = [row for row in rows if row["year"] == years[0]]
    ordered = sorted(latest, key=lambda row: row["points"] / row["full_points"])
    listed(Assessment.id(), name(Assessment.SHEET), _("; ").join(said), columns, ordered)


def _total(rows: list[Row], year: int) -> str:
    points, full = (sum(row[side] for row in rows) for side in ("points", "full_points"))
    reached, possible = (f"{hundredths / 100:.1f}" for hundredths in (points, full))
    return _(
        "{year}: {points} of {full} points ({share})",
        year=year,
        points=reached,
        full=possible,
        share=formats.share_text(points, full),
    )


def _reached(row: Row) -> Status:
    percent = 100 * row["points"] / row["full_points"]
    tone = Tone.BAD if percent < WEAK else Tone.WARN if percent < FAIR else Tone.GOOD
    return Status(tone, formats.share_text(row["points"], row["full_points"]))


def warnings(view: View, rows: Rows) -> None:
    """Draw the state of each imported warning, the open ones first, red before yellow."""
    columns: list[Column[Row]] = [
        Column("standing", _("Standing"), lambda row: became(row, view), Kind.STATUS),
        Column(
            "rule",
            _("Rule"),
            lambda row: ledger_values.listed_name("warning_rules", row["rule"]),
            width="medium",
        ),
        Column("level", _("Level"), lambda row: name(Level(row["level"]).label)),
        Column("raised", _("Raised on"), lambda row: row["raised_on"], Kind.DAY),
        Column("verified", _("Verified on"), lambda row: row["verified_on"], Kind.DAY),
        Column("closed", _("Closed on"), lambda row: row["closed_on"], Kind.DAY),
        Column("note", _("Note"), lambda row: row["note"], width="large"),
    ]
    says = _(
        "{n} in all: {open} open, {false} false alarms",
        n=len(rows),
        open=sum(row["closed_on"] is None for row in rows),
        false=sum(row["verdict"] == Verdict.FALSE for row in rows),
    )
    ordered = sorted(
        rows,
        key=lambda row: (
            row["closed_on"] is not None,
            list(Level).index(Level(row["level"])),
            row["raised_on"],
        ),
    )
    listed(WarningSignal.id(), name(WarningSignal.SHEET), says, columns, ordered)


def became(row: Row, view: View) -> Status:
    """Return the state of a warning: closed, a false alarm, or open with its days."""
    if row["closed_on"] is not None:
        days = (row["closed_on"] - row["raised_on"]).days
        return Status(Tone.GOOD, _("closed after {n} days", n=days))
    if row["verdict"] == Verdict.FALSE:
        return Status(Tone.SILENT, _("false alarm, not closed"))
    days = (view.as_of - row["raised_on"]).days
    tone = LEVEL_TONES[Level(row["level"])]
    if row["verdict"] is None:
        return Status(tone, _("not verified for {n} days", n=days))
    return Status(tone, _("open for {n} days", n=days))
