"""Warnings about one kind of problem in many units (W18), which depend on findings of all units."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, func, select
from sqlmodel import col

from data.facts import kept_facts
from models.days import FOREVER, Span, year_from
from models.kept import KeptFact
from models.rectification import Action, Finding, RectificationEvent
from models.rules.fact import Fact
from models.rules.warning import (
    MEASURES,
    SAME_KIND,
    Rules,
    SameKind,
    same_kind_in_many_units,
)


def by_unit(connection: Connection, rules: Rules) -> dict[str, list[Fact]]:
    """The warnings by unit, derived from the stored findings."""
    if SAME_KIND not in rules.thresholds:
        return {}
    # Most kinds occur in few units: their findings need not be read.
    in_many_units = (
        select(col(Finding.category))
        .where(col(Finding.category).is_not(None))
        .group_by(col(Finding.category))
        .having(func.count(col(Finding.unit).distinct()) >= rules.thresholds[SAME_KIND])
    )
    voided = (
        select(
            col(RectificationEvent.finding).label("finding"),
            func.min(col(RectificationEvent.on_date)).label("on_date"),
        )
        .where(col(RectificationEvent.action) == Action.VOID)
        .group_by(col(RectificationEvent.finding))
        .subquery()
    )
    findings = (
        select(
            col(Finding.unit),
            col(Finding.code),
            col(Finding.category),
            col(Finding.issued_on),
            voided.c.on_date,
        )
        .outerjoin(voided, voided.c.finding == col(Finding.code))
        .where(col(Finding.category).in_(in_many_units))
    )
    by_category: dict[str, list[SameKind]] = {}
    for unit, code, category, issued_on, voided_on in connection.execute(findings):
        span = year_from(issued_on).and_(Span(issued_on, voided_on or FOREVER))
        if span:
            by_category.setdefault(category, []).append(SameKind(unit, code, span))
    shared: dict[str, list[Fact]] = {}
    for category in sorted(by_category):
        for fact in same_kind_in_many_units(rules, by_category[category]):
            shared.setdefault(fact.unit, []).append(fact)
    return shared


def units_that_differ(connection: Connection, shared: Mapping[str, list[Fact]]) -> set[str]:
    """The units whose stored warnings differ from `shared`, the derived ones by unit."""
    kept: dict[str, Counter[Fact]] = {}
    rule = col(KeptFact.measure).in_(MEASURES) & col(KeptFact.bucket).like(f"%rule={SAME_KIND}")
    for _, fact in kept_facts.facts_where(connection, rule):
        kept.setdefault(fact.unit, Counter())[fact] += 1
    return {
        unit
        for unit in kept.keys() | shared.keys()
        if kept.get(unit, Counter()) != Counter(shared.get(unit, []))
    }
