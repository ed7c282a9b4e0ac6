"""Check scores of reports: the report must be submitted, and the reviewer not be its own unit."""

from collections.abc import Iterator
from datetime import date

from data.intake.checks.arriving import Arriving, Placed, sound
from data.intake.checks.prospect import Prospect
from data.intake.checks.reviewers import attached_units
from data.ledgers.rows import Key
from data.workbook.rows import FAULTY, Fault
from models.report import Report, ReportScore
from models.text import N_

REPORT = ReportScore.COMPOSITE[0].columns
"""The columns of a score that together are the key of the report it scores."""

NO_REPORT = N_("There is no such report. Add it to “{ledger}”, or correct the row.")
NOT_SUBMITTED = N_("This report is not submitted yet. Enter its day on “{ledger}” first.")
BEFORE = N_("The report came in on {day} only. Correct one of the two dates.")
STILL_SCORED = N_("This report has scores of {day}, before this. Correct the date or the scores.")
STILL_NEEDED = N_("This report has scores, so it must keep its day. Enter it again.")
OWN_UNIT = N_("A unit may not score its own report. Name another reviewer.")
ATTACHED = N_("This account is attached to the unit of the report. Name another reviewer.")


def scored_reports(prospect: Prospect) -> Iterator[Fault]:
    """A fault for every score without a report submitted by then: at the score or the report."""
    moved = prospect.changes_in("reports", "submitted_on")
    if scores := prospect.arriving.get("report_scores"):
        yield from _of_arriving(prospect, scores, moved)
    if moved:
        yield from _of_kept(prospect, prospect.arriving["reports"], moved)


def _of_arriving(prospect: Prospect, scores: Arriving, moved: dict[Key, Placed]) -> Iterator[Fault]:
    report_of, scored = scores.pick(*REPORT), scores.pick("scored_on")
    rows = list(scores.stated())
    rows += [scores.rows[key] for key in scores.equal if report_of(scores.rows[key][1]) in moved]
    keys = {report_of(values) for _, values in rows}
    submitted = prospect.lookup("reports", keys, ("submitted_on",))
    sheet = prospect.arriving.get("reports")
    label = Report.SHEET
    for placed in rows:
        report, day = report_of(placed[1]), scored(placed[1])
        if not sound(report) or sheet and sheet.lacks_key():
            continue
        if report not in submitted:
            yield scores.fault(placed, REPORT[0], NO_REPORT, ledger=label)
        elif submitted[report] is None:
            yield scores.fault(placed, REPORT[0], NOT_SUBMITTED, ledger=label)
        elif sound((submitted[report], day)) and day < submitted[report]:
            yield scores.fault(placed, "scored_on", BEFORE, day=submitted[report])


def _of_kept(prospect: Prospect, reports: Arriving, moved: dict[Key, Placed]) -> Iterator[Fault]:
    pick = reports.pick("submitted_on")
    units = {key[0] for key in moved}
    earliest: dict[Key, date] = {}
    columns = (*REPORT, "scored_on")
    for _, (*parts, day) in prospect.kept_by("report_scores", "unit", units, columns):
        report = tuple(parts)
        submitted_on = pick(moved[report][1]) if report in moved else FAULTY
        if submitted_on is not FAULTY and (submitted_on is None or day < submitted_on):
            earliest[report] = min(day, earliest.get(report, day))
    for report, day in earliest.items():
        message = STILL_NEEDED if pick(moved[report][1]) is None else STILL_SCORED
        yield reports.fault(moved[report], "submitted_on", message, day=day)


def reviewers(prospect: Prospect) -> Iterator[Fault]:
    """Every reviewer that is the report's own unit, or an account attached to it.

    Any other code is accepted, since outside experts are neither units nor accounts.
    """
    scores = prospect.arriving.get("report_scores")
    if scores is None:
        return
    pick = scores.pick("unit", "reviewer")
    named = {pick(values)[1] for _, values in scores.stated()}
    attached = attached_units(prospect.connection, {each for each in named if sound(each)})
    for placed in scores.stated():
        unit, reviewer = pick(placed[1])
        if not sound(reviewer):
            continue
        if reviewer == unit:
            yield scores.fault(placed, "reviewer", OWN_UNIT)
        elif unit in attached.get(reviewer, ()):
            yield scores.fault(placed, "reviewer", ATTACHED)
