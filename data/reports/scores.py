"""Scores of reports submitted in the last year, by dimension, grade and reviewer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, cast

from sqlalchemy import Connection, Select, and_, case, false, func, or_, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.figures.units import names
from data.ledgers.rows import key_of_text
from data.reference.lists import current
from data.scope import Scope
from data.store.ordering import by_bytes
from models.days import YEAR
from models.grid import Unit
from models.kept import KeptFact
from models.registry import BY_ID
from models.report import Report, ReportScore
from models.rules import agreement
from models.rules.agreement import Agreement, Leniency
from models.rules.report import by_reviewer

ReportKey = tuple[Any, ...]
"""Unit, year, kind and number of a report."""
KEY: tuple[Any, ...] = (Report.unit, Report.year, Report.kind, Report.number)


@dataclass(frozen=True, slots=True)
class DimensionMean:
    """The scores of a kind of report in one dimension: `marks` scores with the sum `points`.

    `points` are in hundredths; `weight` is the maximum of one score, in points.
    """

    kind: str
    dimension: str
    weight: int
    points: int
    marks: int

    @property
    def mean(self) -> Fraction:
        """The mean of the scores, in points."""
        return Fraction(self.points, 100 * self.marks)


@dataclass(frozen=True, slots=True)
class ScoredReport:
    """A report with its score and each reviewer's total, in hundredths of a point."""

    unit: str
    unit_name: str
    year: int
    kind: str
    number: int
    submitted_on: date
    score: int
    totals: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Reviewers:
    """How far reviewers agree, and how lenient each is.

    `pairs` and `reviewers` are the numbers in all, not only those listed. `names` are the names of
    those reviewers that are units, by code.
    """

    agreements: tuple[Agreement, ...]
    pairs: int
    pairs_enough: int
    leniencies: tuple[Leniency, ...]
    reviewers: int
    names: Mapping[str, str]


def dimensions(connection: Connection, scope: Scope) -> tuple[DimensionMean, ...]:
    """Means by kind and dimension of the rubric, each kind's weakest dimension first."""
    rubric = current(connection).rubric
    keys = col(Report.kind), col(ReportScore.dimension)
    rows = connection.execute(
        _scores(scope, *keys, func.sum(col(ReportScore.points)), func.count()).group_by(*keys)
    )
    means = [
        DimensionMean(kind, dimension, rubric[kind][dimension], int(points), marks)
        for kind, dimension, points, marks in rows
        if dimension in rubric.get(kind, {})
    ]
    return tuple(
        sorted(means, key=lambda mean: (mean.kind, mean.mean / mean.weight, mean.dimension))
    )


def grades(connection: Connection, scope: Scope) -> Mapping[tuple[str, str], int]:
    """By kind and grade, the number of reports counted in the figure `report_grade`."""
    rows = connection.execute(
        select(col(KeptFact.bucket), func.count())
        .where(col(KeptFact.measure) == "report_score", alive(scope.as_of), facts_of_scope(scope))
        .group_by(col(KeptFact.bucket))
        .order_by(by_bytes(KeptFact.bucket))
    )
    counted: dict[tuple[str, str], int] = {}
    for bucket, count in rows:
        kind, _, grade = bucket.partition("/")
        counted[kind, grade] = count
    return counted


def scored(connection: Connection, scope: Scope, most: int) -> tuple[ScoredReport, ...]:
    """At most `most` scored reports, the lowest score first, with each reviewer's total."""
    facts = connection.execute(
        select(col(KeptFact.key), col(KeptFact.value))
        .where(col(KeptFact.measure) == "report_score", alive(scope.as_of), facts_of_scope(scope))
        .order_by(col(KeptFact.value), by_bytes(KeptFact.unit), by_bytes(KeptFact.key))
        .limit(most)
    )
    scores = {key_of_text(BY_ID[Report.id()], key): value for key, value in facts}
    units = sorted({unit for unit, *_ in scores})
    reports = connection.execute(
        select(*map(col, KEY), col(Report.submitted_on)).where(col(Report.unit).in_(units))
    )
    submitted = {tuple(key): day for *key, day in reports}
    given = _totals_of_units(connection, scope, units)
    called = names(connection, units)
    scored_reports = []
    for key, score in scores.items():
        unit, year, kind, number = key
        scored_reports.append(
            ScoredReport(
                unit,
                called.get(unit, ""),
                year,
                kind,
                number,
                submitted[key],
                score,
                given.get(key, {}),
            )
        )
    return tuple(scored_reports)


def _totals_of_units(
    connection: Connection, scope: Scope, units: Sequence[str]
) -> dict[ReportKey, dict[str, int]]:
    """By report of `units`, the totals of the reviewers who scored all dimensions by the day."""
    rubric = current(connection).rubric
    scores: dict[ReportKey, list[ReportScore]] = {}
    columns = [getattr(ReportScore, each.id) for each in BY_ID[ReportScore.id()].columns]
    kept = (
        select(*columns)
        .where(col(ReportScore.unit).in_(units), col(ReportScore.scored_on) <= scope.as_of)
        .order_by(by_bytes(ReportScore.reviewer))
    )
    for row in connection.execute(kept):
        key = (row.unit, row.year, row.kind, row.number)
        scores.setdefault(key, []).append(cast(ReportScore, row))
    return {
        key: {
            reviewer: sum(row.points for row in marks)
            for reviewer, marks in by_reviewer(scores_of_report, rubric.get(key[2], {})).items()
        }
        for key, scores_of_report in scores.items()
    }


def reviewers(connection: Connection, scope: Scope, most: int) -> Reviewers:
    """The pairs that agree least first, and the reviewers whose leniency differs most first."""
    marks = totals(connection, scope)
    pairs = agreement.agreements(marks.values())
    lenient = agreement.leniencies(marks.values())
    shown = sorted(pairs, key=_least_agreed_first)[:most]
    furthest = agreement.furthest(lenient, most)
    mentioned = {each.reviewer for each in furthest}
    mentioned |= {reviewer for pair in shown for reviewer in (pair.one, pair.other)}
    return Reviewers(
        tuple(shown),
        len(pairs),
        sum(pair.enough for pair in pairs),
        tuple(furthest),
        len(lenient),
        names(connection, sorted(mentioned)),
    )


def _least_agreed_first(pair: Agreement) -> tuple[bool, bool, float, int, str, str]:
    kappa = float(pair.kappa) if pair.kappa is not None else 0.0
    return not pair.enough, pair.kappa is None, kappa, -pair.reports, pair.one, pair.other


def totals(connection: Connection, scope: Scope) -> dict[ReportKey, dict[str, int]]:
    """By report submitted in the last year, the totals of its reviewers by the day.

    Only reviewers who scored all dimensions count. The database adds up, because a city has half a
    million scores; `models.rules.report.by_reviewer` states the same rule.
    """
    rubric = current(connection).rubric
    in_rubric = [
        and_(col(Report.kind) == kind, col(ReportScore.dimension).in_(weights))
        for kind, weights in rubric.items()
    ]
    known = func.sum(case((or_(false(), *in_rubric), 1), else_=0))
    keys = *map(col, KEY), col(ReportScore.reviewer)
    rows = connection.execute(
        _scores(scope, *keys, func.sum(col(ReportScore.points)), known)
        .group_by(*keys)
        .order_by(
            by_bytes(Report.unit),
            col(Report.year),
            by_bytes(Report.kind),
            col(Report.number),
            by_bytes(ReportScore.reviewer),
        )
    )
    by_report: dict[ReportKey, dict[str, int]] = {}
    for unit, year, kind, number, reviewer, points, dimensions in rows:
        if reviewer is not None and dimensions == len(rubric.get(kind, ())) > 0:
            by_report.setdefault((unit, year, kind, number), {})[reviewer] = int(points)
    return by_report


def _scores(scope: Scope, *columns: Any) -> Select[Any]:
    """The query for columns of reports submitted in the last year and of their scores by the day.

    A report without scores yields one row with NULLs: with an inner join SQLite would start from
    the scores, of which there are ten times as many.
    """
    same = zip(KEY, (getattr(ReportScore, each.key) for each in KEY), strict=True)
    given = and_(
        *(col(one) == col(other) for one, other in same),
        col(ReportScore.scored_on) <= scope.as_of,
    )
    return (
        select(*columns)
        .select_from(Report)
        .join(Unit, col(Unit.code) == col(Report.unit))
        .outerjoin(ReportScore, given)
        .where(
            scope.holds(),
            col(Report.submitted_on) > scope.as_of - timedelta(YEAR),
            col(Report.submitted_on) <= scope.as_of,
        )
    )
