"""The figures of rectification before and after an import that has not been made yet.

Only the findings that the import touches are derived again, in memory; nothing is written and no
writer has to wait.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlmodel import col

from data.facts import kept_facts
from data.facts.balances import Totals
from data.facts.known_since import in_force
from data.figures.catalogue import catalogue
from data.figures.reading import Reading, alive, measures_of, readings, totals_on
from data.intake.checks.prospect import Prospect
from data.ledgers.rows import by_column, ids
from data.nodes import DISTRICT, parse
from data.reference.lists import References
from data.scope import everything
from data.store.batches import batches
from models.audit import Source
from models.kept import KeptFact
from models.rectification import Finding, RectificationEvent
from models.rules.fact import Fact
from models.rules.history import stretches
from models.rules.known import FINDINGS, unknown_on
from models.rules.rectification import facts_of_finding

SHOWN = ("required", "unrectified", "due_rect_rate", "amount_required", "amount_rectified")
"""What is to be rectified, overdue, due and done, and the money of both sides."""
AT_ONCE = 5_000


class BeforeAndAfter(NamedTuple):
    """One figure of the district on the day of an import, before and after it."""

    before: Reading
    after: Reading


def figures_ahead(
    connection: Connection, prospect: Prospect, *, day: date, references: References
) -> Iterator[BeforeAndAfter]:
    """The figures `SHOWN` of the whole district on `day`, before and after the import.

    Empty for an import that touches neither findings nor their events.
    """
    codes = _touched_findings(prospect)
    if not codes:
        return
    figures = [catalogue(references)[each] for each in SHOWN]
    measures = measures_of(figures)
    scope = everything(parse(DISTRICT), day)
    before = totals_on(connection, scope)
    gone = _kept_facts(connection, codes, measures, day)
    come = (
        fact
        for fact in _facts_ahead(prospect, codes)
        if fact.measure in measures and day in fact.span
    )
    after = _moved(before, gone, come)
    since = in_force(connection)
    known = unknown_on(since, day)
    first = min([*_first_issues(prospect), *([since[FINDINGS]] if FINDINGS in since else [])])
    known_after = unknown_on({**since, FINDINGS: first}, day)
    told = readings(before, scope, figures, known)
    tells = readings(after, scope, figures, known_after)
    for figure in figures:
        yield BeforeAndAfter(told[figure.id], tells[figure.id])


def _touched_findings(prospect: Prospect) -> set[str]:
    """The codes of findings that are new or change, or whose events do."""
    codes: set[str] = set()
    if findings := prospect.arriving.get(Finding.id()):
        codes |= {key for key, _ in findings.touched()}
    if events := prospect.arriving.get(RectificationEvent.id()):
        finding_of = events.pick("finding")
        codes |= {finding_of(values) for _, (_, values) in events.touched()}
        codes |= {finding_of(kept) for kept in events.before.values()}
    return codes


def _first_issues(prospect: Prospect) -> Iterator[date]:
    yield date.max
    if findings := prospect.arriving.get(Finding.id()):
        issued_on = findings.pick("issued_on")
        for _, (_, values) in findings.touched():
            yield issued_on(values)


def _kept_facts(
    connection: Connection, codes: Iterable[str], measures: Iterable[str], day: date
) -> Iterator[Fact]:
    for batch in batches(codes, AT_ONCE):
        condition = (
            (col(KeptFact.ledger) == Finding.id())
            & col(KeptFact.key).in_(batch)
            & col(KeptFact.measure).in_(list(measures))
            & alive(day)
        )
        for _, fact in kept_facts.facts_where(connection, condition):
            yield fact


def _facts_ahead(prospect: Prospect, codes: set[str]) -> Iterator[Fact]:
    """The facts of the findings `codes` after the import, without facts of their sources."""
    findings_by_code: Mapping[Any, Any] = prospect.lookup(Finding.id(), codes, ids(Finding))
    order = ids(RectificationEvent)
    events: dict[str, list[RectificationEvent]] = {}
    for values in prospect.all_by(RectificationEvent.id(), "finding", codes, order):
        event = RectificationEvent.model_construct(**by_column(RectificationEvent, values))
        events.setdefault(event.finding, []).append(event)
    for code, values in findings_by_code.items():
        finding = Finding.model_construct(**by_column(Finding, values))
        history = events.get(code, [])
        life = stretches(finding, history)
        yield from facts_of_finding(finding, Source.OTHER, life, history, ())


def _moved(before: Totals, gone: Iterable[Fact], come: Iterable[Fact]) -> Totals:
    """`before` with the old facts removed and the new ones added, for the whole district only."""
    after = {name: both for name, both in before.items() if name[1] == ""}
    for sign, facts in ((-1, gone), (1, come)):
        for fact in facts:
            count, total = after.get((fact.measure, ""), (0, 0))
            after[fact.measure, ""] = (count + sign, total + sign * fact.value)
    return after
