"""Audit work: projects, coverage of the 13 + 7 content items, self-checks and cross reviews."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from models.audit import CheckResult, ContentCheck, Project, Source
from models.days import FOREVER, Span, until_next, year_from
from models.grid import Unit
from models.rules.fact import Fact, Origin, origin, path
from models.rules.grid import membership

_WORST_FIRST = list(CheckResult)


def facts_of_project(project: Project) -> Iterator[Fact]:
    """The facts of a project, which runs from start to completion; its plan counts for a year."""
    at, window = origin(project.unit, project, Project), year_from(project.planned_on)
    if project.started_on:
        running = Span(project.started_on, project.completed_on or FOREVER)
        yield from at.fact("project_running", running, 1, project.source)
    yield from at.fact("project_planned", window, 1, project.source)
    if project.completed_on:
        yield from at.fact(
            "project_completed",
            window.and_(Span(project.completed_on)),
            1,
            project.source,
        )


def facts_of_content(
    unit: Unit,
    projects: Iterable[Project],
    checks: Iterable[ContentCheck],
    groups: Mapping[str, str],
) -> Iterator[Fact]:
    """The facts of a unit and each configured item; `groups` maps an item to its group."""
    member = membership(unit)
    sources = {project.code: project.source for project in projects}
    by_item: dict[str, list[ContentCheck]] = {item: [] for item in groups}
    for check in checks:
        if check.item in by_item:
            by_item[check.item].append(check)
    for item, group in groups.items():
        bucket = path(group, item)
        pair = Origin(unit.code, Unit.id(), unit.code)
        yield from pair.fact("content_pair", member, 1, bucket)
        yield from _pair_facts(unit.code, by_item[item], sources, member, bucket)


def _pair_facts(
    unit: str,
    checks: list[ContentCheck],
    sources: Mapping[str, str],
    member: Span,
    bucket: str,
) -> Iterator[Fact]:
    for span, check in latest(checks):
        at = origin(unit, check, ContentCheck)
        yield from at.fact("content_covered", span.and_(member), 1, bucket)
        if check.result == CheckResult.PROBLEM:
            yield from at.fact("content_problem", span.and_(member), 1, bucket)
    own = [check for check in checks if sources[check.project] == Source.SELF_CHECK]
    cross = [check for check in checks if sources[check.project] == Source.CROSS]
    if not own or not cross:
        return
    for own_span, own_check in latest(own):
        if own_check.result != CheckResult.NORMAL:
            continue
        for cross_span, cross_check in latest(cross):
            at = origin(unit, cross_check, ContentCheck)
            both = own_span.and_(cross_span).and_(member)
            yield from at.fact("self_check_compared", both)
            if cross_check.result == CheckResult.PROBLEM:
                yield from at.fact("self_check_untrue", both)


def latest(checks: Iterable[ContentCheck]) -> Iterator[tuple[Span, ContentCheck]]:
    """The check that counts on each day: the latest of the last year; of one day, the worst."""
    by_day = [
        (
            day,
            min(
                todays,
                key=lambda check: (
                    _WORST_FIRST.index(CheckResult(check.result)),
                    check.project,
                ),
            ),
        )
        for day, todays in groupby(sorted(checks, key=_checked_on), key=_checked_on)
    ]
    spans = until_next(day for day, _ in by_day)
    for span, (day, check) in zip(spans, by_day, strict=True):
        yield year_from(day).and_(span), check


def _checked_on(check: ContentCheck) -> date:
    return check.checked_on
