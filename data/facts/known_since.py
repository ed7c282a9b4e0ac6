"""The day from which each source of figures is known: that of its first row in any unit."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select
from sqlmodel import col

from data.ledgers.belonging import referred_ledger
from data.ledgers.rows import key_ids, table_of
from models.days import FOREVER
from models.declarations import Referred
from models.grid import Unit
from models.kept import KeptFact
from models.registry import BY_ID
from models.rules import known
from models.rules.fact import NO_UNIT
from models.rules.known import JUDGED_WHEN_MISSING, KnownSince, days_known, unknown_on
from models.rules.warning import HEARING


def _first_day(source: str) -> Select[Any]:
    """The query for the day of the first row of `source`, by its ledger's `DATED_BY` column."""
    ledger = BY_ID[known.SOURCES[source]]
    table, dated = table_of(ledger), ledger.DATED_BY
    if isinstance(dated, Referred):
        target = BY_ID[str(referred_ledger(ledger.column(dated.by)))]
        [key] = key_ids(target)
        named = table_of(target)
        first = select(func.min(named.c[dated.column]))
        return first.join_from(table, named, table.c[dated.by] == named.c[key])
    first = select(func.min(table.c[dated]))
    return first.where(table.c.item == HEARING) if source == known.HEARINGS else first


def from_ledgers(connection: Connection) -> KnownSince:
    """By source, the day of its first row, read from the ledgers."""
    days = {source: connection.scalar(_first_day(source)) for source in known.SOURCES}
    return {source: day for source, day in days.items() if day is not None}


def from_facts(connection: Connection) -> KnownSince:
    """By source, the day of its first row, read from stored facts instead of whole ledgers."""
    statement = select(col(KeptFact.bucket), col(KeptFact.starts_on)).where(
        col(KeptFact.unit) == NO_UNIT, col(KeptFact.measure) == known.MEASURE
    )
    return {source: first for source, first in connection.execute(statement)}


def in_force(connection: Connection) -> KnownSince:
    """The first days that apply when figures are read: those stored as facts.

    Facts derived by versions before these days existed have none; then the ledgers are read, until
    the next import derives facts again.
    """
    return from_facts(connection) or from_ledgers(connection)


def unknown_sources(connection: Connection, day: date) -> frozenset[str]:
    """The sources without any row on or before `day` in the whole district."""
    return unknown_on(in_force(connection), day)


def units_that_differ(connection: Connection, since: KnownSince) -> set[str]:
    """The units whose facts change because the first day of a source differs from the stored one.

    A missing row is judged only from the first day on, within the days a unit was in the grid: so
    only units in the grid between the old and the new day can change. The district, which stores
    the days, changes with any of them.
    """
    before = from_facts(connection)
    if before == since:
        return set()
    units = {NO_UNIT}
    for source in JUDGED_WHEN_MISSING:
        first, last = sorted(days_known(each, source).starts_on for each in (before, since))
        between = and_(
            col(Unit.enrolled_on) < last, func.coalesce(col(Unit.withdrawn_on), FOREVER) > first
        )
        if first < last:
            units.update(connection.scalars(select(col(Unit.code)).where(between)))
    return units
