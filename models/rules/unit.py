"""All facts of one unit: every rule, in the order of the ledgers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from models.audit import ContentCheck, Project
from models.disposal import Disposal
from models.duty import Appointment, Duty, Institution
from models.fund import FundFlow, FundProject
from models.grid import GridElement, Unit
from models.mechanism import Assessment, CrossReview, Guidance, Rating
from models.rectification import Escalation, Finding, RectificationEvent
from models.report import Report, ReportScore
from models.rules.audit import facts_of_content, facts_of_project
from models.rules.disposal import facts_of_disposal
from models.rules.fact import Fact
from models.rules.fund import facts_of_fund
from models.rules.grid import facts_of_duty, facts_of_grid
from models.rules.history import stretches
from models.rules.mechanism import (
    Grades,
    facts_of_assessments,
    facts_of_guidance,
    facts_of_ratings,
    facts_of_review,
)
from models.rules.rectification import facts_of_finding
from models.rules.report import facts_of_report
from models.rules.warning import (
    Rules,
    facts_of_signal,
    fund_warnings,
    grade_drop,
    late_report,
    no_chief_auditor,
    not_heard,
    stale_finding,
)
from models.rules.work import facts_of_training
from models.warning import Warning as WarningSignal
from models.work import Attendance


@dataclass(slots=True)
class UnitRows:
    """Every ledger row that belongs to one unit, with the little it takes from other ledgers."""

    unit: Unit
    elements: list[GridElement] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    institutions: list[Institution] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    scores: dict[tuple[int, str, int], list[ReportScore]] = field(default_factory=dict)
    projects: list[Project] = field(default_factory=list)
    checks: list[ContentCheck] = field(default_factory=list)
    findings: list[tuple[Finding, str]] = field(default_factory=list)
    """Each finding with its source."""
    events: dict[str, list[RectificationEvent]] = field(default_factory=dict)
    escalations: dict[str, list[Escalation]] = field(default_factory=dict)
    reviews: list[CrossReview] = field(default_factory=list)
    guidance: list[Guidance] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    attendance: list[tuple[Attendance, date]] = field(default_factory=list)
    """Each attendance with the day of the training."""
    funds: list[FundProject] = field(default_factory=list)
    flows: dict[str, list[FundFlow]] = field(default_factory=dict)
    disposals: list[Disposal] = field(default_factory=list)
    signals: list[WarningSignal] = field(default_factory=list)


@dataclass(frozen=True)
class Lists:
    """What the reference lists say to the rules."""

    duty_weights: Mapping[str, tuple[str, int]]
    rubric: Mapping[str, Mapping[str, int]]
    item_groups: Mapping[str, str]
    grades: Grades
    warnings: Rules


def facts_of(rows: UnitRows, lists: Lists) -> Iterator[Fact]:
    """Every fact of the unit, but for its lights and for what needs other units' rows (W18)."""
    unit = rows.unit
    yield from facts_of_grid(unit, rows.elements, rows.appointments, rows.institutions)
    yield from not_heard(lists.warnings, unit, rows.duties)
    yield from no_chief_auditor(lists.warnings, unit, rows.appointments)
    for duty in rows.duties:
        if duty.item in lists.duty_weights:
            yield from facts_of_duty(duty, *lists.duty_weights[duty.item])
    for report in rows.reports:
        scores = rows.scores.get((report.year, report.kind, report.number), [])
        yield from facts_of_report(report, scores, lists.rubric.get(report.kind, {}))
        yield from late_report(lists.warnings, report)
    for project in rows.projects:
        yield from facts_of_project(project)
    yield from facts_of_content(unit, rows.projects, rows.checks, lists.item_groups)
    for finding, source in rows.findings:
        events = rows.events.get(finding.code, [])
        pressed = rows.escalations.get(finding.code, [])
        life = stretches(finding, events)
        yield from facts_of_finding(finding, source, life, events, pressed)
        yield from stale_finding(lists.warnings, finding, life)
    yield from _of_mechanisms(rows, lists)
    yield from facts_of_training(unit, rows.attendance)
    for fund in rows.funds:
        flows = rows.flows.get(fund.code, [])
        yield from facts_of_fund(fund, flows)
        yield from fund_warnings(lists.warnings, fund, flows)
    for disposal in rows.disposals:
        yield from facts_of_disposal(disposal)
    for signal in rows.signals:
        yield from facts_of_signal(signal)


def _of_mechanisms(rows: UnitRows, lists: Lists) -> Iterator[Fact]:
    for review in rows.reviews:
        yield from facts_of_review(review)
    yield from facts_of_guidance(rows.unit, rows.guidance)
    yield from facts_of_ratings(rows.unit, rows.ratings, lists.grades)
    yield from grade_drop(lists.warnings, rows.unit, rows.ratings, lists.grades)
    yield from facts_of_assessments(rows.unit, rows.assessments)


def first_heard_on(rows: UnitRows) -> date | None:
    """The first day on which anything came in from the unit; None while it is silent."""
    days = [
        *(row.met_on for row in rows.elements),
        *(row.from_on for row in rows.appointments),
        *(row.submitted_on for row in rows.reports if row.submitted_on),
        *(row.done_on for row in rows.duties if row.done_on),
        *(row.on_date for events in rows.events.values() for row in events),
    ]
    return min(days, default=None)
