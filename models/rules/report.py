"""The four kinds of report: due, submitted, late, and their scores."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from models.days import FOREVER, Span, later, until_next, year_from
from models.report import Report, ReportScore
from models.rules.fact import Fact, origin, path

GRADES: tuple[tuple[str, int], ...] = (
    ("EXCELLENT", 9000),
    ("GOOD", 8000),
    ("FAIR", 7000),
    ("PASS", 6000),
    ("FAIL", 0),
)
"""Bands of a report's score: id and lowest score in hundredths, the best first."""


def facts_of_report(
    report: Report, scores: Iterable[ReportScore], weights: Mapping[str, int]
) -> Iterator[Fact]:
    """The facts of one report; `weights` are the dimensions that each reviewer must score."""
    at, window = origin(report.unit, report, Report), year_from(report.due_on)
    submitted = report.submitted_on
    yield from at.fact("report_due", window, 1, report.kind)
    late = Span(later(report.due_on, 1), submitted or FOREVER)
    yield from at.fact("report_late", late, 1, report.kind)
    if submitted is None:
        return
    yield from at.fact("report_in", window.and_(Span(submitted)), 1, report.kind)
    if submitted <= report.due_on:
        yield from at.fact("report_timely", window, 1, report.kind)
    for span, score in score_on_days(scores, weights):
        bucket = path(report.kind, grade(score))
        yield from at.fact("report_score", span.and_(year_from(submitted)), score, bucket)


def grade(score: int) -> str:
    """The grade band of a score in hundredths."""
    return next(name for name, lowest in GRADES if score >= lowest)


def score_on_days(
    scores: Iterable[ReportScore], weights: Mapping[str, int]
) -> Iterator[tuple[Span, int]]:
    """The score in hundredths, for each span of days that has one."""
    totals = sorted(reviewer_totals(scores, weights))
    for span in until_next(sorted({day for day, _ in totals})):
        yield span, agreed([total for done, total in totals if done <= span.starts_on])


def reviewer_totals(
    scores: Iterable[ReportScore], weights: Mapping[str, int]
) -> Iterator[tuple[date, int]]:
    """For each reviewer who scored every dimension: the day that was complete, and the total."""
    for rows in by_reviewer(scores, weights).values():
        yield max(row.scored_on for row in rows), sum(row.points for row in rows)


def by_reviewer(
    scores: Iterable[ReportScore], weights: Mapping[str, int]
) -> dict[str, list[ReportScore]]:
    """By reviewer who scored every dimension, the scores in these dimensions."""
    scores_by_reviewer: dict[str, list[ReportScore]] = {}
    for score in scores:
        if score.dimension in weights:
            scores_by_reviewer.setdefault(score.reviewer, []).append(score)
    return {
        reviewer: rows
        for reviewer, rows in scores_by_reviewer.items()
        if weights.keys() <= {row.dimension for row in rows}
    }


def agreed(totals: Sequence[int]) -> int:
    """The score that follows from the reviewers' totals.

    Of one total, itself; of two, their mean; of more, the mean of the two closest, and of equally
    close pairs the higher mean.
    """
    if len(totals) == 1:
        return totals[0]
    ranked = sorted(totals)
    pairs = zip(ranked, ranked[1:], strict=False)
    low, high = min(pairs, key=lambda pair: (pair[1] - pair[0], -pair[1]))
    return (low + high) // 2
