"""Derive all facts of one unit: every rule, in the order of the ledgers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from models.audit import ContentCheck, Project, Source
from models.declarations import Referred
from models.disposal import Disposal
from models.duty import Appointment, Duty, Institution
from models.fund import FundFlow, FundProject
from models.grid import GridElement, Unit
from models.ledger import Ledger
from models.mechanism import Assessment, CrossReview, Guidance, Rating
from models.rectification import Escalation, Finding, RectificationEvent
from models.report import Report, ReportScore
from models.rules.audit import facts_of_content, facts_of_project
from models.rules.disposal import facts_of_disposal
from models.rules.fact import Fact
from models.rules.fund import facts_of_fund
from models.rules.grid import facts_of_duty, facts_of_grid
from models.rules.history import stretches
from models.rules.known import APPOINTMENTS, HEARINGS, KnownSince, days_known
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

[SOURCE] = Finding.BORROWS
[HELD_ON] = Attendance.BORROWS
Row = TypeVar("Row", bound=Ledger)


@dataclass(slots=True)
class UnitRows:
    """A unit and, by ledger, every row that counts for it (`Column.owner`).

    Rows also have the attributes that their ledger borrows (`Ledger.BORROWS`).
    """

    unit: Unit
    _by_ledger: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, ledger: type[Ledger], row: Any) -> None:
        """Add a row of `ledger`."""
        self._by_ledger.setdefault(ledger.id(), []).append(row)

    def of(self, ledger: type[Row]) -> list[Row]:
        """The rows of `ledger`, in no particular order."""
        return self._by_ledger.get(ledger.id(), [])


def borrowed(row: Ledger, referred: Referred) -> Any:
    """The value that `row` borrows; None if its reference is empty."""
    return getattr(row, borrowed_name(referred))


def borrowed_name(referred: Referred) -> str:
    """The attribute under which a row holds what it borrows."""
    return f"{referred.by}_{referred.column}"


def grouped(rows: Iterable[Row], *columns: str) -> dict[Any, list[Row]]:
    """`rows` by their value in a column, or by the tuple of values in several."""
    key_of = attrgetter(*columns)
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(key_of(row), []).append(row)
    return groups


@dataclass(frozen=True)
class Lists:
    """The reference lists that the rules read."""

    duty_weights: Mapping[str, tuple[str, int]]
    rubric: Mapping[str, Mapping[str, int]]
    item_groups: Mapping[str, str]
    grades: Grades
    warnings: Rules


Rule = Callable[[UnitRows, Lists], Iterator[Fact]]
"""A function that derives facts from the rows of one unit."""


def facts_of(rows: UnitRows, lists: Lists, since: KnownSince) -> Iterator[Fact]:
    """Every fact derived from the rows of one unit, except its lights and warning W18.

    Those need more: lights all other facts, W18 the rows of other units. `since` gives the first
    day of each source; W19 and W21 are not raised before it.
    """
    for rule in RULES:
        yield from rule(rows, lists)
    heard, appointed = days_known(since, HEARINGS), days_known(since, APPOINTMENTS)
    yield from not_heard(lists.warnings, rows.unit, rows.of(Duty), heard)
    yield from no_chief_auditor(lists.warnings, rows.unit, rows.of(Appointment), appointed)


def _of_net(rows: UnitRows, lists: Lists) -> Iterator[Fact]:
    appointments, institutions = rows.of(Appointment), rows.of(Institution)
    yield from facts_of_grid(rows.unit, rows.of(GridElement), appointments, institutions)
    for duty in rows.of(Duty):
        if duty.item in lists.duty_weights:
            yield from facts_of_duty(duty, *lists.duty_weights[duty.item])


def _of_reports(rows: UnitRows, lists: Lists) -> Iterator[Fact]:
    scores = grouped(rows.of(ReportScore), "year", "kind", "number")
    for report in rows.of(Report):
        own = scores.get((report.year, report.kind, report.number), [])
        yield from facts_of_report(report, own, lists.rubric.get(report.kind, {}))
        yield from late_report(lists.warnings, report)


def _of_audit(rows: UnitRows, lists: Lists) -> Iterator[Fact]:
    projects = rows.of(Project)
    for project in projects:
        yield from facts_of_project(project)
    yield from facts_of_content(rows.unit, projects, rows.of(ContentCheck), lists.item_groups)


def _of_findings(rows: UnitRows, lists: Lists) -> Iterator[Fact]:
    events = grouped(rows.of(RectificationEvent), "finding")
    escalations = grouped(rows.of(Escalation), "finding")
    repeats = grouped(rows.of(Finding), "repeat_of")
    for finding in rows.of(Finding):
        source = borrowed(finding, SOURCE) or Source.OTHER
        history = events.get(finding.code, [])
        pressed = escalations.get(finding.code, [])
        life = stretches(finding, history)
        again = [each.issued_on for each in repeats.get(finding.code, [])]
        yield from facts_of_finding(finding, source, life, history, pressed, again)
        yield from stale_finding(lists.warnings, finding, life)


def _of_mechanisms(rows: UnitRows, lists: Lists) -> Iterator[Fact]:
    ratings = rows.of(Rating)
    for review in rows.of(CrossReview):
        yield from facts_of_review(review)
    yield from facts_of_guidance(rows.unit, rows.of(Guidance))
    yield from facts_of_ratings(rows.unit, ratings, lists.grades)
    yield from grade_drop(lists.warnings, rows.unit, ratings, lists.grades)
    yield from facts_of_assessments(rows.unit, rows.of(Assessment))


def _of_trainings(rows: UnitRows, _lists: Lists) -> Iterator[Fact]:
    attended = [(row, borrowed(row, HELD_ON)) for row in rows.of(Attendance)]
    yield from facts_of_training(rows.unit, attended)


def _of_money(rows: UnitRows, lists: Lists) -> Iterator[Fact]:
    flows = grouped(rows.of(FundFlow), "project")
    for fund in rows.of(FundProject):
        own = flows.get(fund.code, [])
        yield from facts_of_fund(fund, own)
        yield from fund_warnings(lists.warnings, fund, own)
    for disposal in rows.of(Disposal):
        yield from facts_of_disposal(disposal)


def _of_signals(rows: UnitRows, _lists: Lists) -> Iterator[Fact]:
    for signal in rows.of(WarningSignal):
        yield from facts_of_signal(signal)


RULES: list[Rule] = [
    _of_net,
    _of_reports,
    _of_audit,
    _of_findings,
    _of_mechanisms,
    _of_trainings,
    _of_money,
    _of_signals,
]
"""All rules, in the order of the ledgers."""


def first_heard_on(rows: UnitRows) -> date | None:
    """The day of the unit's first entry; None if there is none."""
    days = [
        *(row.met_on for row in rows.of(GridElement)),
        *(row.from_on for row in rows.of(Appointment)),
        *(row.submitted_on for row in rows.of(Report) if row.submitted_on),
        *(row.done_on for row in rows.of(Duty) if row.done_on),
        *(row.on_date for row in rows.of(RectificationEvent)),
    ]
    return min(days, default=None)
