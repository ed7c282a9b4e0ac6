"""Closures that lasted a year and those that did not, by unit, category, source and severity.

A closure is judged one year after it, and counts for a year from then on.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, and_, case, func, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope, looked_up, totals_on
from data.figures.units import names
from data.ledgers.rows import first_part
from data.scope import Scope
from data.store import bulk
from models.audit import Source
from models.kept import KeptFact
from models.rectification import Finding, Severity

JUDGED, HELD = "fix_judged", "fix_held"


@dataclass(frozen=True, slots=True)
class Part:
    """A unit, category, source or severity: the closures judged, and how many lasted a year.

    `name` is empty for a source or severity, whose code is a `Choice` with names of its own.
    """

    code: str
    name: str
    judged: int
    held: int

    @property
    def came_back(self) -> int:
        """The number of closures that did not last."""
        return self.judged - self.held


@dataclass(frozen=True, slots=True)
class CameBack:
    """The units and categories with the most closures that did not last, the worst first.

    `sources` and `severities` are those with a judged closure, in the order of their lists.
    """

    units: tuple[Part, ...]
    categories: tuple[Part, ...]
    sources: tuple[Part, ...]
    severities: tuple[Part, ...]


def came_back(
    connection: Connection, scope: Scope, most: int, units: Iterable[Part] | None = None
) -> CameBack:
    """At most `most` units and categories of `scope` with a closure that did not last a year.

    `units` are those of `scope` with their closures, if they were counted already.
    """
    found = _by_unit(connection, scope) if units is None else units
    worst, by_bucket = _worst(found, most), _by_bucket(connection, scope)
    called = names(connection, [unit.code for unit in worst])
    return CameBack(
        tuple(replace(unit, name=called.get(unit.code, unit.code)) for unit in worst),
        _worst(_by_category(connection, scope), most),
        _listed(by_bucket, "source", Source),
        _listed(by_bucket, "severity", Severity),
    )


def _returned(scope: Scope) -> ColumnElement[bool]:
    """The SQL condition for the closures of `scope` that are judged, and for those that lasted."""
    measures = col(KeptFact.measure).in_((JUDGED, HELD))
    return and_(measures, alive(scope.as_of), facts_of_scope(scope))


COUNTED = tuple(
    func.sum(case((col(KeptFact.measure) == measure, 1), else_=0)) for measure in (JUDGED, HELD)
)
"""The SQL expressions that count the closures judged among facts, and those that lasted."""


def _by_unit(connection: Connection, scope: Scope) -> Iterator[Part]:
    """The units of `scope` with a judged closure."""
    unit = col(KeptFact.unit)
    statement = select(unit, *COUNTED).where(_returned(scope)).group_by(unit)
    for code, judged, held in connection.execute(statement):
        yield Part(code, "", int(judged), int(held))


def _by_bucket(connection: Connection, scope: Scope) -> dict[str, Counter[str]]:
    """By bucket, the number of closures of each measure."""
    by_bucket: dict[str, Counter[str]] = {}
    for (measure, bucket), (count, _) in totals_on(connection, scope, (JUDGED, HELD)).items():
        # A running total may have come back to zero.
        if count:
            by_bucket.setdefault(bucket, Counter())[measure] = count
    return by_bucket


def _by_category(connection: Connection, scope: Scope) -> Iterator[Part]:
    """The categories of findings of `scope` with a judged closure.

    The key of a closure begins with the code of its finding, which is cut off in the database.
    """
    category = col(Finding.category)
    statement = (
        select(category, *COUNTED)
        .select_from(KeptFact)
        .join(Finding, col(Finding.code) == first_part(connection, col(KeptFact.key)))
        .where(looked_up(connection, scope, _returned(scope)), category != "")
        .group_by(category)
    )
    for name, judged, held in zip(*bulk.fetch_columns(connection, statement), strict=True):
        yield Part(str(name), str(name), int(judged), int(held))


def _listed(
    by_bucket: Mapping[str, Counter[str]], dimension: str, choices: Iterable[str]
) -> tuple[Part, ...]:
    counts_by_code = ((str(code), by_bucket.get(f"{dimension}={code}")) for code in choices)
    return tuple(Part(code, "", n[JUDGED], n[HELD]) for code, n in counts_by_code if n)


def _worst(parts: Iterable[Part], most: int) -> tuple[Part, ...]:
    with_some = [part for part in parts if part.came_back]
    ranked = sorted(with_some, key=lambda part: (-part.came_back, -part.judged, part.code))
    return tuple(ranked[:most])
