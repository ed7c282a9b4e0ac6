"""Warnings: imported ones, and the conditions of computed ones.

A computed warning is raised on the first day its condition holds and closed on the first day it no
longer does. Thresholds come from the reference list of rules; rules not in it are switched off.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.days import (
    FOREVER,
    Span,
    covered_at_least,
    gaps,
    later,
    overlap,
    union,
    until_next,
    year_from,
)
from models.duty import Appointment, Duty, PostRole
from models.fund import FundFlow, FundProject, Stage
from models.grid import Unit, UnitKind
from models.mechanism import Rating
from models.rectification import Finding, State
from models.report import Report
from models.rules.fact import Fact, Origin, origin, path
from models.rules.fund import Money, steps
from models.rules.grid import membership
from models.rules.history import Stretch
from models.rules.mechanism import Grades, grade_of, in_force
from models.warning import Verdict, WarningSource
from models.warning import Warning as WarningSignal

DISBURSED_PERCENT, SPENT_PERCENT = 30, 20
YEAR_END_DAYS = 90
HEARING = "P2"
"""The duty item 听取内审工作汇报."""
SAME_KIND = "W18"
"""The rule about findings of one kind in many units."""
OPEN, RAISED, DONE = "warning_open", "warning_raised", "warning_done"
MEASURES = (OPEN, RAISED, DONE)
"""The measures of every warning."""


@dataclass(frozen=True)
class Rules:
    """The rules that are switched on, with the threshold and level of each."""

    thresholds: Mapping[str, int]
    levels: Mapping[str, str]

    def raise_(self, rule: str, at: Origin, spans: Iterable[Span]) -> Iterator[Fact]:
        """A warning for each span of days on which the condition holds."""
        for span in union(spans):
            yield from _warning(at, span, self.levels[rule], WarningSource.COMPUTED, rule)


def _warning(at: Origin, span: Span, level: str, source: str, rule: str) -> Iterator[Fact]:
    bucket, raised = (
        path(level, f"source={source}", f"rule={rule}"),
        year_from(span.starts_on),
    )
    yield from at.fact(OPEN, span, 1, bucket)
    yield from at.fact(RAISED, raised, 1, bucket)
    yield from at.fact(DONE, raised.and_(Span(span.ends_on)), 1, bucket)


def facts_of_signal(signal: WarningSignal) -> Iterator[Fact]:
    """The facts of a warning from a unit's own system; it is open until closed or found false."""
    ends = [signal.closed_on or FOREVER]
    if signal.verdict == Verdict.FALSE:
        ends.append(signal.verified_on or FOREVER)
    at = origin(signal.unit, signal, WarningSignal)
    span = Span(signal.raised_on, min(ends))
    yield from _warning(at, span, signal.level, WarningSource.IMPORTED, signal.rule)


def fund_warnings(rules: Rules, project: FundProject, flows: Sequence[FundFlow]) -> Iterator[Fact]:
    """W01 slow disbursement, W02 idle money, W03 beyond what was allowed, W08 year-end spending."""
    at, money = origin(project.unit, project, FundProject), Money(flows)
    if "W01" in rules.thresholds:
        yield from rules.raise_("W01", at, _slow(project, money, rules.thresholds["W01"]))
    if "W02" in rules.thresholds:
        yield from rules.raise_("W02", at, _idle(money, rules.thresholds["W02"]))
    if "W03" in rules.thresholds:
        beyond = steps(
            money.days(),
            lambda day: (
                money.by(day, Stage.SPENT) > money.by(day, Stage.DISBURSED)
                or money.by(day, Stage.DISBURSED) > project.approved
            ),
        )
        yield from rules.raise_("W03", at, (span for span, holds in beyond if holds))
    if "W08" in rules.thresholds:
        # A warning for each year, even if the spans of two years touch.
        for span in _year_end(money, rules.thresholds["W08"]):
            yield from rules.raise_("W08", at, [span])


def _slow(project: FundProject, money: Money, days: int) -> Iterator[Span]:
    if project.approved <= 0:
        return
    starts_on = later(project.approved_on, days)
    slow = steps(
        [project.approved_on, *money.days()],
        lambda day: money.by(day, Stage.DISBURSED) * 100 < project.approved * DISBURSED_PERCENT,
    )
    for span, holds in slow:
        if holds:
            yield span.and_(Span(starts_on))


def _idle(money: Money, days: int) -> Iterator[Span]:
    def holds(day: date) -> bool:
        long_ago = money.by(later(day, -days), Stage.DISBURSED)
        return long_ago > 0 and money.by(day, Stage.SPENT) * 100 < long_ago * SPENT_PERCENT

    for span, idle in steps(money.days(days), holds):
        if idle:
            yield span


def _year_end(money: Money, percent: int) -> Iterator[Span]:
    for year in sorted({day.year for day in money.days()}):
        last = date(year, 12, 31)
        whole = money.between(date(year, 1, 1), last, Stage.SPENT)
        december = money.between(date(year, 12, 1), last, Stage.SPENT)
        if whole > 0 and december * 100 > whole * percent:
            yield Span(last, later(last, YEAR_END_DAYS))


def stale_finding(rules: Rules, finding: Finding, life: Iterable[Stretch]) -> Iterator[Fact]:
    """W15: rectifying without any entry for more than 45 days."""
    if "W15" not in rules.thresholds:
        return
    silent_from = rules.thresholds["W15"] + 1
    spans = (
        stretch.span.and_(Span(later(stretch.standing.last_event_on, silent_from)))
        for stretch in life
        if stretch.standing.state == State.RECTIFYING
    )
    yield from rules.raise_("W15", origin(finding.unit, finding, Finding), spans)


def late_report(rules: Rules, report: Report) -> Iterator[Fact]:
    """W17: a report is past its due date and not submitted."""
    if "W17" in rules.thresholds:
        span = Span(later(report.due_on, 1), report.submitted_on or FOREVER)
        yield from rules.raise_("W17", origin(report.unit, report, Report), [span])


def not_heard(rules: Rules, unit: Unit, duties: Iterable[Duty], known: Span) -> Iterator[Fact]:
    """W19: the principal has not heard a report on internal audit for more than 100 days.

    `known` are the days on which such duties are known in the district.
    """
    if "W19" not in rules.thresholds:
        return
    heard = sorted({duty.done_on for duty in duties if duty.item == HEARING and duty.done_on})
    starts = heard if heard and heard[0] <= unit.enrolled_on else [unit.enrolled_on, *heard]
    silent_from = rules.thresholds["W19"] + 1
    spans = (
        Span(later(span.starts_on, silent_from), span.ends_on).and_(membership(unit)).and_(known)
        for span in until_next(starts)
    )
    yield from rules.raise_("W19", origin(unit.code, unit, Unit), spans)


def grade_drop(
    rules: Rules, unit: Unit, ratings: Sequence[Rating], grades: Grades
) -> Iterator[Fact]:
    """W20: the latest rating is two or more grades below the one before."""
    if "W20" not in rules.thresholds:
        return
    order = {grade: rank for rank, (_, grade) in enumerate(grades)}
    current = {rating.year: span for span, rating in in_force(ratings)}
    ranked = sorted(ratings, key=lambda rating: (rating.rated_on, rating.year))
    spans = [
        current[now.year]
        for before, now in zip(ranked, ranked[1:], strict=False)
        if now.year in current
        and order[grade_of(now, grades)] - order[grade_of(before, grades)]
        >= rules.thresholds["W20"]
    ]
    yield from rules.raise_("W20", origin(unit.code, unit, Unit), spans)


def no_chief_auditor(
    rules: Rules, unit: Unit, appointments: Iterable[Appointment], known: Span
) -> Iterator[Fact]:
    """W21: a state firm without a chief auditor for more than 60 days.

    `known` are the days on which appointments are known in the district.
    """
    if "W21" not in rules.thresholds or unit.kind != UnitKind.SOE:
        return
    in_post = (
        Span(person.from_on, person.until_on or FOREVER)
        for person in appointments
        if person.role == PostRole.CHIEF_AUDITOR
    )
    spans = (
        gap.and_(Span(later(gap.starts_on, rules.thresholds["W21"]))).and_(known)
        for gap in gaps(in_post, membership(unit))
    )
    yield from rules.raise_("W21", origin(unit.code, unit, Unit), spans)


@dataclass(frozen=True, slots=True)
class SameKind:
    """A finding of a category, issued in the last year and required."""

    unit: str
    code: str
    span: Span


def same_kind_in_many_units(rules: Rules, findings: Sequence[SameKind]) -> Iterator[Fact]:
    """W18: findings of one category in three or more units; one warning for each unit.

    A warning refers to the unit's finding that was required on its first day, the earliest issued.
    """
    if SAME_KIND not in rules.thresholds:
        return
    by_unit: dict[str, list[SameKind]] = {}
    for finding in sorted(findings, key=lambda each: (each.span.starts_on, each.code)):
        by_unit.setdefault(finding.unit, []).append(finding)
    affected = {unit: union(each.span for each in own) for unit, own in by_unit.items()}
    many = covered_at_least(rules.thresholds[SAME_KIND], affected.values())
    for unit, spans in affected.items():
        for busy in union(overlap(spans, many)):
            first = next(each for each in by_unit[unit] if busy.starts_on in each.span)
            yield from rules.raise_(SAME_KIND, Origin(unit, Finding.id(), first.code), [busy])
