"""Figures split by group node, by unit and by day."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal, select
from sqlmodel import col

from data.facts import balances
from data.facts.balances import Totals
from data.facts.known_since import in_force, unknown_sources
from data.figures.catalogue import Figure
from data.figures.reading import (
    Readings,
    alive,
    facts_of_scope,
    measures_of,
    needs_buckets,
    readings,
    totals_of_facts,
)
from data.figures.units import UnitLine
from data.scope import Scope
from data.store import bulk
from models.grid import Unit
from models.kept import Balance, KeptFact
from models.rules.fact import NO_UNIT
from models.rules.known import unknown_on
from models.rules.rectification import UNRECTIFIED

COLUMNS: Mapping[str, Any] = {
    "sector": Unit.sector,
    "subdistrict": Unit.subdistrict,
    "kind": Unit.kind,
    "batch": Unit.pilot_batch,
    "unit": Unit.code,
}
"""The kinds of parts into which figures are split, and the column of a unit that names its part."""
PART_OF: Mapping[str, Callable[[UnitLine], str | int | None]] = {
    "sector": lambda unit: unit.sector,
    "subdistrict": lambda unit: unit.subdistrict,
    "kind": lambda unit: unit.kind,
    "batch": lambda unit: unit.batch,
    "unit": lambda unit: unit.code,
}
"""By kind of part, the function that names the part of a unit."""


def by_group(
    connection: Connection,
    scope: Scope,
    kind: str,
    figures: Sequence[Figure],
    *,
    buckets: bool = True,
) -> dict[str, Readings]:
    """By code of the part, the `figures` of each part of `scope` that has at least one fact.

    `kind` is a key of COLUMNS. Figures of the district alone are not split. Without `buckets` each
    figure is read as a whole only, which is several times faster for units.
    """
    shared = [figure for figure in figures if not figure.district]
    unknown = unknown_sources(connection, scope.as_of)
    return {
        code: readings(totals, scope, shared, unknown, oldest, buckets=buckets)
        for code, totals, oldest in totals_by_group(
            connection, scope, kind, figures, buckets=buckets
        )
    }


def totals_by_group(
    connection: Connection,
    scope: Scope,
    kind: str,
    figures: Sequence[Figure],
    *,
    buckets: bool = True,
) -> Iterator[tuple[str, Totals, int | None]]:
    """Of each part of `scope` that has a fact, ordered by code: its code, the totals from which
    `figures` are computed, and the day number of its earliest overdue limit if they need it.

    The arguments are those of `by_group`.
    """
    measures = measures_of(figures)
    if kind != "unit" and scope.whole_district:
        # Listing the nodes uses the index; matching them by a prefix would read every node.
        part = col(COLUMNS[kind])
        codes = connection.scalars(select(part).where(part.is_not(None)).distinct())
        named = col(Balance.node).in_([f"{kind}:{code}" for code in codes])
        totals_by_node = balances.totals_on_day(connection, scope.as_of, named, measures)
        parts = {node.partition(":")[2]: totals for node, totals in totals_by_node.items()}
    else:
        by_bucket = buckets or any(map(needs_buckets, figures))
        parts = _from_facts(connection, scope, kind, measures, by_bucket=by_bucket)
    oldest = _oldest(connection, scope, kind, figures)
    for code, totals in sorted(parts.items()):
        yield code, totals, oldest.get(code)


def by_unit(connection: Connection, scope: Scope, figures: Sequence[Figure]) -> dict[str, Readings]:
    """By unit code, the `figures` of each unit of `scope` that has at least one fact."""
    return by_group(connection, scope, "unit", figures)


def by_day(
    connection: Connection, scope: Scope, days: Iterable[date], figures: Sequence[Figure]
) -> dict[date, Readings]:
    """By day, in the order of `days`, the `figures` of `scope`.

    "Longest overdue" is not computed for past days and reads "—".
    """
    of_days = totals_by_day(connection, scope, days, measures_of(figures))
    since = in_force(connection)
    return {
        day: readings(totals, scope.on(day), figures, unknown_on(since, day))
        for day, totals in of_days.items()
    }


def totals_by_day(
    connection: Connection, scope: Scope, days: Iterable[date], measures: frozenset[str]
) -> dict[date, Totals]:
    """By day, the totals of the facts of `scope` alive on it, by measure and bucket."""
    ordered = sorted(set(days))
    if not ordered:
        return {}
    if scope.node.is_unit or scope.limited:
        return {day: totals_of_facts(connection, scope.on(day), measures) for day in ordered}
    return balances.totals_on_days(connection, str(scope.node), ordered, measures)


def _from_facts(
    connection: Connection, scope: Scope, kind: str, measures: frozenset[str], *, by_bucket: bool
) -> dict[str, Totals]:
    """By part, the totals of the facts of `measures`, counted fact by fact.

    Each measure is asked for alone: to put the facts of all in groups at once takes twice as long.
    """
    of_unit = kind == "unit"
    part = col(KeptFact.unit) if of_unit else col(COLUMNS[kind])
    bucket = col(KeptFact.bucket) if by_bucket else literal("")
    sums_of_measure = (
        select(part, bucket, func.count(), balances.whole_sum(col(KeptFact.value)))
        .where(col(KeptFact.measure) == bindparam("measure"), alive(scope.as_of))
        .group_by(part, *([col(KeptFact.bucket)] if by_bucket else []))
    )
    if of_unit:
        sums_of_measure = sums_of_measure.where(facts_of_scope(scope), part != NO_UNIT)
    else:
        sums_of_measure = sums_of_measure.join(Unit, col(Unit.code) == col(KeptFact.unit)).where(
            scope.holds(), part.is_not(None)
        )
    rows: dict[str, list[tuple[object, ...]]] = {}
    for measure in sorted(measures):
        columns = bulk.fetch_columns(connection, sums_of_measure, {"measure": measure})
        for code, *sums in zip(*columns, strict=True):
            rows.setdefault(str(code), []).append((measure, *sums))
    return {code: balances.summed(sums) for code, sums in rows.items()}


def _oldest(
    connection: Connection, scope: Scope, kind: str, figures: Iterable[Figure]
) -> dict[str, int]:
    """By part, the day number of the earliest due date among its overdue findings.

    Empty unless one of `figures` needs it.
    """
    if not any(figure.id == "overdue_days_max" for figure in figures):
        return {}
    part = col(COLUMNS[kind])
    statement = (
        select(part, func.min(col(KeptFact.value)))
        .join(Unit, col(Unit.code) == col(KeptFact.unit))
        .where(col(KeptFact.measure) == UNRECTIFIED, alive(scope.as_of), scope.holds())
        .group_by(part)
    )
    return {str(code): oldest for code, oldest in connection.execute(statement)}
